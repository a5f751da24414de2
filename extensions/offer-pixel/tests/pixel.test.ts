import { beforeEach, expect, test, vi } from "vitest";
import { code, extension, seen, START, VisitorsBrowser } from "./visitors-browser.ts";

let browser: VisitorsBrowser;
beforeEach(() => void (browser = new VisitorsBrowser()));

/** Shopify's limit on the uploaded script (Shopify CLI 4.8.2, web_pixel_extension). */
const LARGEST_BYTES = 128 * 1024;

test("its manifest asks for analytics and nothing else, and it is within Shopify's limit", () => {
  expect(extension.purposes).toEqual(["analytics"]);
  expect(extension.settings).toEqual(["token", "endpoint"]);
  expect(Buffer.byteLength(code)).toBeLessThan(LARGEST_BYTES);
});

test("sends what widgets publish, an event for each offer, together with what Shopify says, in one request", async () => {
  const pixel = browser.openPage();
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
  const pixel = browser.openPage();
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
  const pixel = browser.openPage();
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
  const pixel = browser.openPage();
  pixel.emit("checkout_completed", { data: { checkout: { token: "t", order: null } } });
  await pixel.pass(1_000);
  expect(pixel.sent()).toEqual([{ id: "sh-0", at: START, visitor: "browser-1", kind: "checkout-completed" }]);
});

test("what is often followed by another page is sent at once, with what waits", async () => {
  const pixel = browser.openPage();
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
  const pixel = browser.openPage();
  pixel.emit("tsuide:seen", { customData });
  pixel.emit("product_viewed", { data: customData });
  await pixel.pass(1_000);
  expect(pixel.sent().filter(({ kind }) => kind === "seen")).toEqual([]);
});

test("an event without a usable id or time is left out, and a browser without a name stays nameless", async () => {
  const pixel = browser.openPage();
  pixel.emit("page_viewed", { id: "<id>" });
  pixel.emit("page_viewed", { timestamp: "soon" });
  pixel.emit("page_viewed", { clientId: "a b" });
  await pixel.pass(1_000);
  expect(pixel.sent()).toEqual([{ id: "sh-2", at: START, kind: "page-viewed" }]);
});

test("without consent nothing is sent and nothing is stored, and after it events are sent", async () => {
  const pixel = browser.openPage({ consent: { analyticsProcessingAllowed: false } });
  pixel.emit("page_viewed");
  await pixel.pass(5_000);
  expect([pixel.requests, [...browser.session]]).toEqual([[], []]);
  pixel.decide(true);
  pixel.emit("page_viewed");
  await pixel.pass(5_000);
  expect(pixel.sent().map(({ id }) => id)).toEqual(["sh-1"]);
});

test("when consent is withdrawn, what waits is thrown away and nothing more is sent", async () => {
  const pixel = browser.openPage({ consent: { analyticsProcessingAllowed: true } });
  pixel.answers.push("lost");
  pixel.emit("page_viewed");
  await pixel.pass(300);
  expect(browser.session.size).toBe(1);
  pixel.emit("page_viewed");
  pixel.decide(false);
  pixel.emit("page_viewed");
  await pixel.pass(600_000);
  expect(pixel.requests.length).toBe(1);
  expect(browser.session.size).toBe(0);
});

test("what could not be sent is tried again with growing pauses, with the same ids", async () => {
  const pixel = browser.openPage();
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
  const first = browser.openPage();
  first.answers.push("lost");
  first.emit("tsuide:clicked", seen("bt-1-42/product"));
  await first.pass(300);
  const second = browser.openPage();
  await second.pass(300);
  expect(second.sent().map(({ id }) => id)).toEqual(["sh-0:0"]);
  const third = browser.openPage();
  await third.pass(300);
  expect(third.sent()).toEqual([]);
});

test("many events go in several requests, each within the limits of the endpoint and of keepalive", async () => {
  const pixel = browser.openPage();
  for (let n = 0; n < 150; n++) pixel.emit("page_viewed", { clientId: "b".repeat(100) });
  await pixel.pass(5_000);
  expect(pixel.sent().length).toBe(150);
  for (const { batch } of pixel.requests) {
    expect(batch.events.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(batch).length).toBeLessThan(20_000);
  }
});

test("a long time without a network keeps the latest events only, and none that came too long ago", async () => {
  const pixel = browser.openPage();
  pixel.answers.push(...Array.from({ length: 10_000 }, () => "lost" as const));
  for (let n = 0; n < 300; n++) pixel.emit("page_viewed");
  await pixel.pass(60_000);
  expect((JSON.parse(browser.session.get("tsuide-events")!) as unknown[]).length).toBe(200);
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
  const pixel = browser.openPage();
  pixel.answers.push({ status: 400 }, { status: 401 });
  for (let n = 0; n < 3; n++) {
    pixel.emit("page_viewed");
    await pixel.pass(60_000);
  }
  expect(pixel.requests.length).toBe(2);
});

test("without settings it does nothing", async () => {
  const pixel = browser.openPage({ settings: { token: "" } });
  pixel.emit("page_viewed");
  await pixel.pass(1_000);
  expect([pixel.requests.length, pixel.heard.size]).toEqual([0, 0]);
});

test("storage that refuses breaks nothing", async () => {
  browser.session = {
    get: () => undefined,
    set: vi.fn(() => Promise.reject(new Error("full"))),
    delete: () => false,
  } as never;
  const pixel = browser.openPage();
  pixel.answers.push("lost");
  pixel.emit("page_viewed");
  await pixel.pass(5_000);
  expect(pixel.requests.length).toBe(2);
});

test("sends what a buyer chose on the thank-you page, and nothing that is no choice", async () => {
  const pixel = browser.openPage();
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
