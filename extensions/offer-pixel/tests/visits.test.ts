import { beforeEach, expect, test, vi } from "vitest";
import { PATIENT } from "../../../test/patience.ts";
import type { SentEvent } from "../src/domain.ts";
import { seen, VisitorsBrowser } from "./visitors-browser.ts";

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

let browser: VisitorsBrowser;
beforeEach(() => void (browser = new VisitorsBrowser()));

test("keeps what the visitor is split by, and forgets it without consent", async () => {
  const { decide } = browser.openPage();
  await vi.waitFor(() => expect(browser.local.get("tsuide")).toMatch(/^v:[a-z0-9]{2,30}$/), PATIENT);
  const unit = browser.local.get("tsuide");
  browser.openPage();
  await new Promise((resolve) => setTimeout(resolve));
  expect(browser.local.get("tsuide")).toBe(unit);
  decide(false);
  await vi.waitFor(() => expect(browser.local.size).toBe(0), PATIENT);
  browser.cart = "Z2NwLXVz.1?key=secret";
  decide(true);
  await vi.waitFor(() => expect(browser.local.get("tsuide")).toBe("c:Z2NwLXVz.1"), PATIENT);
});

test("keeps nothing for a visitor who does not allow analytics", async () => {
  browser.local.set("tsuide", "v:1");
  browser.openPage({ consent: { analyticsProcessingAllowed: false } });
  await vi.waitFor(() => expect(browser.local.size).toBe(0), PATIENT);
});

test("a visit begins with its first page, and what is seen and added in it carries its device and campaign", async () => {
  const pixel = browser.openPage();
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
  expect(JSON.stringify([pixel.requests, ...browser.local])).not.toMatch(/example|gclid|products|top/);
});

test("a visit goes on in other tabs, and ends after half an hour without a page or with another campaign", async () => {
  const visitsOf = async (...paths: [path: string, minutesLater: number][]) => {
    const visits: unknown[] = [];
    for (const [path, minutes] of paths) {
      browser.now += minutes * 60_000;
      const pixel = browser.openPage();
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
  const pixel = browser.openPage();
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
  const pixel = browser.openPage();
  pixel.emit("page_viewed", page("/", shape));
  await pixel.pass(1_000);
  expect(begun(pixel.sent())).toEqual([device === undefined ? {} : { device }]);
});

test("a visit is forgotten without consent, and what another script kept begins none", async () => {
  browser.local.set("tsuide-visit", '{"at":"soon"}');
  const pixel = browser.openPage();
  pixel.emit("page_viewed", page("/?utm_campaign=spring"));
  await pixel.pass(1_000);
  expect(begun(pixel.sent())).toEqual([{ device: "phone", campaign: "spring" }]);
  expect(browser.local.get("tsuide-visit")).toMatch(/^\d+&device=phone&utm_campaign=spring$/);
  pixel.decide(false);
  await pixel.pass(1_000);
  expect(browser.local.has("tsuide-visit")).toBe(false);
});
