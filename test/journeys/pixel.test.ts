import { beforeAll, expect, test, vi } from "vitest";
import type { EventBatch } from "../../extensions/offer-pixel/src/domain.ts";
import { publishEveryWidget } from "../fixtures/every-widget.ts";
import { openThemeBrowser, type ThemeBrowser, type ThemeVisitor } from "../fixtures/theme-browser.ts";
import { PATIENT } from "../patience.ts";

/* The built pixel in the dev store's sandbox, a worker of the browser, beside the real widgets. */

const ENDPOINT = "https://app.tsuide.test/events";

let browser: ThemeBrowser;
beforeAll(async () => {
  browser = await openThemeBrowser({ webPixel: { id: "1", settings: { token: "the-token", endpoint: ENDPOINT } } });
  publishEveryWidget(browser.shop);
  browser.shop.installation.installed = true;
});

/** What the visitor's pixel sends. */
async function listen(visitor: ThemeVisitor): Promise<EventBatch[]> {
  const batches: EventBatch[] = [];
  await visitor.context.route(ENDPOINT, async (route) => {
    batches.push(route.request().postDataJSON() as EventBatch);
    await route.fulfill({ status: 202, headers: { "access-control-allow-origin": "*" }, json: {} });
  });
  return batches;
}

const kindsIn = (batches: readonly EventBatch[]) => batches.flatMap(({ events }) => events.map(({ kind }) => kind));
const browserName = async ({ context }: ThemeVisitor) =>
  (await context.cookies()).find(({ name }) => name === "_shopify_y")?.value;

test("without consent nothing is sent and the browser has no name; with it, what was seen and done is sent", async () => {
  const visitor = await browser.visitor();
  const batches = await listen(visitor);
  await visitor.open("/products/green-tea");
  await visitor.page.locator("tsuide-set").scrollIntoViewIfNeeded();
  await visitor.page.waitForTimeout(1_000);
  expect([batches, await browserName(visitor)]).toEqual([[], undefined]);

  await visitor.page.evaluate(() => {
    const { customerPrivacy } = (
      window as unknown as { Shopify: { customerPrivacy?: { setTrackingConsent(c: object): void } } }
    ).Shopify;
    if (customerPrivacy) customerPrivacy.setTrackingConsent({ analytics: true });
    else document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: { analyticsAllowed: true } }));
  });
  await vi.waitFor(
    () => expect(kindsIn(batches)).toEqual(expect.arrayContaining(["page-viewed", "product-viewed", "shown", "seen"])),
    PATIENT,
  );
  expect(await browserName(visitor)).toMatch(/^[\w-]+$/);

  await visitor.page.locator("tsuide-set [data-add]").click();
  await vi.waitFor(
    () => expect(kindsIn(batches)).toEqual(expect.arrayContaining(["clicked", "added", "product-added"])),
    PATIENT,
  );
  const events = batches.flatMap((batch) => batch.events);
  expect(events.filter(({ kind }) => kind === "added")).toMatchObject([{ claim: "bt-1-8001/product" }]);
  expect(new Set(batches.map(({ token }) => token))).toEqual(new Set(["the-token"]));
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(new Set(events.map(({ visitor }) => visitor))).toEqual(new Set([await browserName(visitor)]));
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

test("when consent is withdrawn nothing more is sent", async () => {
  const visitor = await browser.visitor();
  const batches = await listen(visitor);
  await visitor.context.addCookies([{ name: "_tracking_consent", value: "granted", url: browser.origin }]);
  await visitor.open("/products/green-tea");
  await vi.waitFor(() => expect(kindsIn(batches)).toContain("page-viewed"), PATIENT);
  await visitor.page.evaluate(() =>
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: { analyticsAllowed: false } })),
  );
  await visitor.page.waitForTimeout(500);
  const before = batches.length;
  await visitor.page.locator("tsuide-set [data-add]").click();
  await visitor.page.waitForTimeout(1_500);
  expect(batches.length).toBe(before);
  await visitor.close();
});
