import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { bundlePixel, findPixel, type PixelExtension } from "../../../test/dev-store/pixel/pixel-extension.ts";
import type { EventBatch, SentEvent } from "../src/domain.ts";
import type { Consent, PixelApi, PixelEvent, PixelStorage } from "../src/shopify-pixel.ts";
import { PATIENT } from "../../../test/patience.ts";

/* The built pixel in a sandbox that has what Shopify's strict sandbox has, and nothing of a page. */

const START = Date.parse("2026-11-20T12:00:00Z");
/** Shopify's limit on the uploaded script (Shopify CLI 4.8.2, web_pixel_extension). */
const LARGEST_BYTES = 128 * 1024;

let extension: PixelExtension;
let code: string;
beforeAll(async () => {
  extension = findPixel(join(import.meta.dirname, "..", ".."))!;
  code = await bundlePixel(extension);
});

let now: number;
let made: number;
let kept: Map<string, string>;
/** What the browser keeps beyond the visit, and its cart's cookie. */
let local: Map<string, string>;
let cart: string;
beforeEach(() => {
  now = START;
  made = 0;
  kept = new Map();
  local = new Map();
  cart = "";
});

const storageOf = (texts: Map<string, string>): PixelStorage => ({
  getItem: async (key) => texts.get(key) ?? null,
  setItem: async (key, value) => void texts.set(key, value),
  removeItem: async (key) => void texts.delete(key),
});

interface Answer {
  status: number;
  retryAfter?: string;
}

/** Starts the pixel; timers run when the test says so, and requests are answered as it says. */
function startPixel(options: { settings?: object; consent?: Consent } = {}) {
  const timers: { at: number; run: () => void }[] = [];
  const requests: { address: string; keepalive: boolean; batch: EventBatch }[] = [];
  const answers: (Answer | "lost")[] = [];
  const heard = new Map<string, (event: PixelEvent) => void>();
  let collect: ((event: { customerPrivacy: Consent }) => void) | undefined;
  const fetch = async (address: string, { body, keepalive }: { body: string; keepalive: boolean }) => {
    requests.push({ address, keepalive, batch: JSON.parse(body) as EventBatch });
    const answer = answers.shift() ?? { status: 202 };
    if (answer === "lost") throw new TypeError("Failed to fetch");
    const { status, retryAfter } = answer;
    return {
      ok: status < 300,
      status,
      headers: new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
    };
  };
  class FixedDate extends Date {
    static override now = () => now;
  }
  const api: PixelApi = {
    analytics: { subscribe: (name, callback) => void heard.set(name, callback) },
    browser: {
      sessionStorage: storageOf(kept),
      localStorage: storageOf(local),
      cookie: { get: async (name) => (name === "cart" ? cart : "") },
    },
    init: options.consent === undefined ? {} : { customerPrivacy: options.consent },
    settings: { token: "the-token", endpoint: "https://app.test/events", ...options.settings },
    customerPrivacy: { subscribe: (_, callback) => void (collect = callback) },
  };
  const random = Object.assign(Object.create(Math) as Math, { random: () => 0.5 });
  runInNewContext(code, {
    fetch,
    setTimeout: (run: () => void, wait: number) => timers.push({ at: now + wait, run }),
    ...{ Date: FixedDate, Math: random, URL },
    shopify: {
      extend: (point: string, pixel: (given: PixelApi) => void) => point === "WebPixel::Render" && pixel(api),
    },
  });
  return {
    heard,
    requests,
    answers,
    /** What the visitor decides in the banner. */
    decide: (analyticsProcessingAllowed: boolean) => collect?.({ customerPrivacy: { analyticsProcessingAllowed } }),
    /** An event as Shopify gives it to a pixel. */
    emit(name: string, given: Partial<PixelEvent> = {}) {
      const id = `sh-${made++}`;
      heard.get(name)?.({ id, name, timestamp: new Date(now).toISOString(), clientId: "browser-1", ...given });
    },
    /** Lets time pass, and what is due happen. */
    async pass(milliseconds: number) {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const next = timers.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = end;
      await settle();
    },
    sent: (): SentEvent[] => requests.flatMap(({ batch }) => batch.events),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const seen = (...claims: unknown[]) => ({ customData: { claims } });

test("its manifest asks for analytics and nothing else, and it is within Shopify's limit", () => {
  expect(extension.purposes).toEqual(["analytics"]);
  expect(extension.settings).toEqual(["token", "endpoint"]);
  expect(Buffer.byteLength(code)).toBeLessThan(LARGEST_BYTES);
});

test("sends what widgets publish, an event for each offer, together with what Shopify says, in one request", async () => {
  const pixel = startPixel();
  pixel.emit("page_viewed");
  pixel.emit("tsuide:seen", seen("bt-1-42/product", "up-2-42/product"));
  await pixel.pass(1_000);
  expect(pixel.requests.length).toBe(1);
  expect(pixel.requests[0]).toMatchObject({ address: "https://app.test/events", keepalive: true });
  expect(pixel.requests[0]!.batch).toMatchObject({ v: 1, token: "the-token" });
  expect(pixel.sent()).toEqual([
    { id: "sh-0", at: START, visitor: "browser-1", kind: "page-viewed" },
    { id: "sh-1:0", at: START, visitor: "browser-1", kind: "seen", claim: "bt-1-42/product" },
    { id: "sh-1:1", at: START, visitor: "browser-1", kind: "seen", claim: "up-2-42/product" },
  ]);
});

test("reads products of pages, cart and checkout, in the shapes that Shopify gives them", async () => {
  const pixel = startPixel();
  const product = { id: "7001" };
  pixel.emit("product_viewed", { data: { productVariant: { id: "1", product } } });
  pixel.emit("product_added_to_cart", { data: { cartLine: { merchandise: { product }, quantity: 2 } } });
  pixel.emit("product_removed_from_cart", { data: { cartLine: { merchandise: { product }, quantity: 1 } } });
  pixel.emit("cart_viewed", { data: { cart: null } });
  pixel.emit("checkout_started", { data: { checkout: {} } });
  const lines = [product, { id: "gid://shopify/Product/7002" }, product, null].map((one) => ({
    variant: { product: one },
  }));
  pixel.emit("checkout_completed", { data: { checkout: { token: "t", order: { id: "9" }, lineItems: lines } } });
  await pixel.pass(1_000);
  expect(pixel.sent().map((event) => [event.kind, "product" in event ? event.product : undefined])).toEqual([
    ["product-viewed", "7001"],
    ["product-added", "7001"],
    ["product-removed", "7001"],
    ["cart-viewed", undefined],
    ["checkout-started", undefined],
    ["checkout-completed", undefined],
    ["product-bought", "7001"],
    ["product-bought", "7002"],
  ]);
  expect(pixel.sent()[5]).toEqual({
    ...{ id: "sh-5", at: START, visitor: "browser-1" },
    ...{ kind: "checkout-completed", order: "9" },
  });
  expect(JSON.stringify(pixel.requests).match(/order/g)).toHaveLength(1);
});

test("sends each arm that a page was shown by, as an event of its own", async () => {
  const pixel = startPixel();
  const arms = [[0, 1], [3, 0], [3, 1], [4], [5, -1], [6, 1.5], ["7", 1], null, [2_000_000, 0]];
  pixel.emit("tsuide:exposed", { customData: { arms } });
  pixel.emit("tsuide:exposed", { customData: { arms: "3,1" } });
  pixel.emit("tsuide:exposed", { customData: { arms: [[3, 1]] }, clientId: "" });
  await pixel.pass(1_000);
  expect(pixel.sent()).toEqual([
    { id: "sh-0:x0", at: START, visitor: "browser-1", kind: "exposed", experiment: 0, arm: 1 },
    { id: "sh-0:x3", at: START, visitor: "browser-1", kind: "exposed", experiment: 3, arm: 0 },
  ]);
});

test("a checkout whose order has no number yet is sent without it", async () => {
  const pixel = startPixel();
  pixel.emit("checkout_completed", { data: { checkout: { token: "t", order: null } } });
  await pixel.pass(1_000);
  expect(pixel.sent()).toEqual([{ id: "sh-0", at: START, visitor: "browser-1", kind: "checkout-completed" }]);
});

test("what is often followed by another page is sent at once, with what waits", async () => {
  const pixel = startPixel();
  pixel.emit("page_viewed");
  pixel.emit("tsuide:clicked", seen("bt-1-42/product"));
  await pixel.pass(0);
  expect(pixel.requests.map(({ batch }) => batch.events.map(({ kind }) => kind))).toEqual([["page-viewed", "clicked"]]);
  await pixel.pass(60_000);
  expect(pixel.requests.length).toBe(1);
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "bt-1-42/product"],
  ["no list", { claims: "bt-1-42/product" }],
  ["a list of other things", { claims: [1, null, {}, "x".repeat(100)] }],
])("a page that publishes %s sends nothing and breaks nothing", async (_, customData) => {
  const pixel = startPixel();
  pixel.emit("tsuide:seen", { customData });
  pixel.emit("product_viewed", { data: customData });
  await pixel.pass(1_000);
  expect(pixel.sent().filter(({ kind }) => kind === "seen")).toEqual([]);
});

test("an event without a usable id or time is left out, and a browser without a name stays nameless", async () => {
  const pixel = startPixel();
  pixel.emit("page_viewed", { id: "<id>" });
  pixel.emit("page_viewed", { timestamp: "soon" });
  pixel.emit("page_viewed", { clientId: "a b" });
  await pixel.pass(1_000);
  expect(pixel.sent()).toEqual([{ id: "sh-2", at: START, kind: "page-viewed" }]);
});

test("without consent nothing is sent and nothing is stored, and after it events are sent", async () => {
  const pixel = startPixel({ consent: { analyticsProcessingAllowed: false } });
  pixel.emit("page_viewed");
  await pixel.pass(5_000);
  expect([pixel.requests, [...kept]]).toEqual([[], []]);
  pixel.decide(true);
  pixel.emit("page_viewed");
  await pixel.pass(5_000);
  expect(pixel.sent().map(({ id }) => id)).toEqual(["sh-1"]);
});

test("when consent is withdrawn, what waits is thrown away and nothing more is sent", async () => {
  const pixel = startPixel({ consent: { analyticsProcessingAllowed: true } });
  pixel.answers.push("lost");
  pixel.emit("page_viewed");
  await pixel.pass(300);
  expect(kept.size).toBe(1);
  pixel.emit("page_viewed");
  pixel.decide(false);
  pixel.emit("page_viewed");
  await pixel.pass(600_000);
  expect(pixel.requests.length).toBe(1);
  expect(kept.size).toBe(0);
});

test("what could not be sent is tried again with growing pauses, with the same ids", async () => {
  const pixel = startPixel();
  pixel.answers.push("lost", { status: 503 }, { status: 429, retryAfter: "30" });
  pixel.emit("page_viewed");
  const sentAfter = async (milliseconds: number) => {
    await pixel.pass(milliseconds);
    return pixel.requests.length;
  };
  expect(await sentAfter(250)).toBe(1);
  expect([await sentAfter(999), await sentAfter(1)]).toEqual([1, 2]);
  expect([await sentAfter(1_999), await sentAfter(1)]).toEqual([2, 3]);
  expect([await sentAfter(29_999), await sentAfter(1)]).toEqual([3, 4]);
  expect(new Set(pixel.sent().map(({ id }) => id))).toEqual(new Set(["sh-0"]));
  expect(await sentAfter(600_000)).toBe(4);
});

test("what a page could not send is sent by the visit's next page, once", async () => {
  const first = startPixel();
  first.answers.push("lost");
  first.emit("tsuide:clicked", seen("bt-1-42/product"));
  await first.pass(300);
  const second = startPixel();
  await second.pass(300);
  expect(second.sent().map(({ id }) => id)).toEqual(["sh-0:0"]);
  const third = startPixel();
  await third.pass(300);
  expect(third.sent()).toEqual([]);
});

test("many events go in several requests, each within the limits of the endpoint and of keepalive", async () => {
  const pixel = startPixel();
  for (let n = 0; n < 150; n++) pixel.emit("page_viewed", { clientId: "b".repeat(100) });
  await pixel.pass(5_000);
  expect(pixel.sent().length).toBe(150);
  for (const { batch } of pixel.requests) {
    expect(batch.events.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(batch).length).toBeLessThan(20_000);
  }
});

test("a long time without a network keeps the latest events only, and none that came too long ago", async () => {
  const pixel = startPixel();
  pixel.answers.push(...Array.from({ length: 10_000 }, () => "lost" as const));
  for (let n = 0; n < 300; n++) pixel.emit("page_viewed");
  await pixel.pass(60_000);
  expect((JSON.parse(kept.get("tsuide-events")!) as unknown[]).length).toBe(200);
  await pixel.pass(49 * 3_600_000);
  pixel.answers.length = 0;
  const before = pixel.requests.length;
  pixel.emit("cart_viewed");
  await pixel.pass(120_000);
  expect(pixel.requests.slice(before).flatMap(({ batch }) => batch.events.map(({ kind }) => kind))).toEqual([
    "cart-viewed",
  ]);
});

test("a batch that is refused is not sent again, and after a token that is no longer valid nothing is", async () => {
  const pixel = startPixel();
  pixel.answers.push({ status: 400 }, { status: 401 });
  for (let n = 0; n < 3; n++) {
    pixel.emit("page_viewed");
    await pixel.pass(60_000);
  }
  expect(pixel.requests.length).toBe(2);
});

test("without settings it does nothing", async () => {
  const pixel = startPixel({ settings: { token: "" } });
  pixel.emit("page_viewed");
  await pixel.pass(1_000);
  expect([pixel.requests.length, pixel.heard.size]).toEqual([0, 0]);
});

test("storage that refuses breaks nothing", async () => {
  kept = { get: () => undefined, set: vi.fn(() => Promise.reject(new Error("full"))), delete: () => false } as never;
  const pixel = startPixel();
  pixel.answers.push("lost");
  pixel.emit("page_viewed");
  await pixel.pass(5_000);
  expect(pixel.requests.length).toBe(2);
});

test("sends what a buyer chose on the thank-you page, and nothing that is no choice", async () => {
  const pixel = startPixel();
  const answer = { order: "gid://shopify/OrderIdentity/77", claim: "bt-1-42/cart", question: "helpful", answer: "no" };
  const wrong = [
    ...[
      { ...answer, answer: "perhaps" },
      { ...answer, question: "comment" },
      { ...answer, order: "none" },
    ],
    ...[{ ...answer, claim: "x".repeat(81) }, { ...answer, claim: 1 }, null, "answered"],
  ];
  for (const customData of [answer, ...wrong]) pixel.emit("tsuide:answered", { customData });
  await pixel.pass(1000);
  expect(pixel.sent().map(({ id: _, at: __, visitor: ___, ...sent }) => sent)).toEqual([
    { kind: "answered", claim: "bt-1-42/cart", order: "77", question: "helpful", answer: "no" },
  ]);
});

test("keeps what the visitor is split by, and forgets it without consent", async () => {
  const { decide } = startPixel();
  await vi.waitFor(() => expect(local.get("tsuide")).toMatch(/^v:[a-z0-9]{2,30}$/), PATIENT);
  const unit = local.get("tsuide");
  startPixel();
  await new Promise((resolve) => setTimeout(resolve));
  expect(local.get("tsuide")).toBe(unit);
  decide(false);
  await vi.waitFor(() => expect(local.size).toBe(0), PATIENT);
  cart = "Z2NwLXVz.1?key=secret";
  decide(true);
  await vi.waitFor(() => expect(local.get("tsuide")).toBe("c:Z2NwLXVz.1"), PATIENT);
});

test("keeps nothing for a visitor who does not allow analytics", async () => {
  local.set("tsuide", "v:1");
  startPixel({ consent: { analyticsProcessingAllowed: false } });
  await vi.waitFor(() => expect(local.size).toBe(0), PATIENT);
});

/** A page as Shopify describes it to a pixel. */
const page = (path: string, { width = 390, height = 844, userAgent = "" } = {}) => ({
  context: {
    document: { location: { href: `https://tea.example${path}` } },
    navigator: { userAgent },
    window: { innerWidth: width, innerHeight: height, screen: { width, height } },
  },
});
const begun = (sent: readonly SentEvent[]) =>
  sent.flatMap((event) => (event.kind === "visit-started" ? [event.visit] : []));

test("a visit begins with its first page, and what is seen and added in it carries its device and campaign", async () => {
  const pixel = startPixel();
  const secret = "&email=ann@example.com&gclid=9";
  pixel.emit(
    "page_viewed",
    page(`/products/tea?utm_source=%20Letter%20&utm_medium=EMAIL&utm_campaign=Spring${secret}#top`),
  );
  pixel.emit("page_viewed", page("/collections/all"));
  for (const kind of ["shown", "seen", "clicked", "added"]) pixel.emit(`tsuide:${kind}`, seen("bt-1-42/product"));
  await pixel.pass(1_000);
  const visit = { device: "phone", source: "letter", medium: "email", campaign: "spring" };
  expect(pixel.sent().map((event) => [event.kind, "visit" in event ? event.visit : null])).toEqual([
    ...[
      ["visit-started", visit],
      ["page-viewed", null],
      ["page-viewed", null],
    ],
    ...[
      ["shown", null],
      ["seen", visit],
      ["clicked", null],
      ["added", visit],
    ],
  ]);
  expect(pixel.sent()[0]!.id).toBe("sh-0:v");
  expect(JSON.stringify([pixel.requests, ...local])).not.toMatch(/example|gclid|products|top/);
});

test("a visit goes on in other tabs, and ends after half an hour without a page or with another campaign", async () => {
  const visitsOf = async (...paths: [path: string, minutesLater: number][]) => {
    const visits: unknown[] = [];
    for (const [path, minutes] of paths) {
      now += minutes * 60_000;
      const pixel = startPixel();
      pixel.emit("page_viewed", page(path));
      await pixel.pass(1_000);
      visits.push(begun(pixel.sent())[0]?.campaign ?? begun(pixel.sent()).length);
    }
    return visits;
  };
  const spring = "/?utm_campaign=spring";
  expect(await visitsOf([spring, 0], ["/products/tea", 20], [spring, 20], ["/cart", 29])).toEqual(["spring", 0, 0, 0]);
  expect(await visitsOf(["/cart", 31], ["/?utm_campaign=summer", 1], ["/", 1])).toEqual([1, "summer", 0]);
});

test("no visit begins in checkout nor on an account page, and a known one goes on there", async () => {
  const pixel = startPixel();
  for (const path of ["/checkouts/cn/abc", "/ja/account/orders", "/1234/orders/77"])
    pixel.emit("page_viewed", page(path));
  pixel.emit("page_viewed", page("/", { width: 1440, height: 900 }));
  pixel.emit("page_viewed", page("/checkouts/cn/abc?utm_campaign=autumn"));
  pixel.emit("tsuide:seen", seen("bt-1-42/checkout"));
  await pixel.pass(1_000);
  expect(begun(pixel.sent())).toEqual([{ device: "desktop" }]);
  expect(pixel.sent().at(-1)).toMatchObject({ kind: "seen", visit: { device: "desktop" } });
});

test.each([
  ["phone", { width: 844, height: 390, userAgent: "Mozilla/5.0 (Linux; Android 16; Pixel 10)" }],
  ["tablet", { width: 1024, height: 1366, userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari" }],
  ["tablet", { width: 1280, height: 800, userAgent: "Mozilla/5.0 (Linux; Android 16; SM-X910)" }],
  ["desktop", { width: 1366, height: 768, userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" }],
  ["desktop", { width: 1080, height: 1920, userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)" }],
  [undefined, { width: 0, height: 0, userAgent: "Mozilla/5.0" }],
])("tells a %s by its screen", async (device, shape) => {
  const pixel = startPixel();
  pixel.emit("page_viewed", page("/", shape));
  await pixel.pass(1_000);
  expect(begun(pixel.sent())).toEqual([device === undefined ? {} : { device }]);
});

test("a visit is forgotten without consent, and what another script kept begins none", async () => {
  local.set("tsuide-visit", '{"at":"soon"}');
  const pixel = startPixel();
  pixel.emit("page_viewed", page("/?utm_campaign=spring"));
  await pixel.pass(1_000);
  expect(begun(pixel.sent())).toEqual([{ device: "phone", campaign: "spring" }]);
  expect(local.has("tsuide-visit")).toBe(true);
  pixel.decide(false);
  await pixel.pass(1_000);
  expect(local.has("tsuide-visit")).toBe(false);
});
