import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { assignedArms } from "../../app/domain/measurement/experiments/assigned-arms.ts";
import { SLOTS } from "../../app/domain/measurement/experiments/slot.ts";
import { PATIENT } from "../patience.ts";
import { betweenRivals, PRODUCT, publishRivals, useSplitShop, withoutSet } from "./split-shop.ts";
import { seen } from "./theme-looks.ts";

/* Who is shown which offers, decided in a real browser before anything is painted, and counted by the built pixel. */

const shop = useSplitShop();

const exposures = () =>
  shop.events().flatMap((event) => (event.kind === "exposed" ? [[event.experiment, event.arm]] : []));
const armsInCart = async () => {
  const cart = await shop.visitor.page.request.get(`${shop.browser.origin}/cart.js`);
  return ((await cart.json()) as { attributes: Record<string, string> }).attributes._tsuide_arms;
};
const shownSets = () =>
  shop.visitor.page
    .locator("tsuide-set:visible")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-claim")));

test("a shopper of the holdout is never painted an offer, on any page, and is counted", async () => {
  shop.publishSplit(SLOTS);
  await shop.consent();
  // Shopify says late whether the shopper may be counted: the first page is what all are shown.
  await shop.visitor.open(PRODUCT);
  await seen(() => shop.keptUnit()).toMatch(/^v:\w{2,30}$/);
  expect(await shop.shownWidgets()).toContain("tsuide-set");
  await vi.waitFor(() => expect(shop.kinds()).toContain("seen"), PATIENT);
  expect(exposures()).toEqual([]);
  shop.batches.length = 0;

  await shop.visitor.open(PRODUCT);
  await vi.waitFor(() => expect(exposures()).toEqual([[0, 0]]), PATIENT);
  await shop.visitor.page.waitForTimeout(500);
  expect(await shop.noted()).toEqual({ painted: [], shift: 0 });
  expect(shop.kinds().filter((kind) => kind === "shown" || kind === "seen")).toEqual([]);
  const folder = join(import.meta.dirname, "../../.data/pictures");
  mkdirSync(folder, { recursive: true });
  await shop.visitor.page.screenshot({ path: join(folder, "split-holdout.png"), fullPage: true });

  await shop.add(8);
  for (const path of ["/cart", "/", "/collections/all"]) {
    await shop.visitor.open(path);
    await shop.visitor.page.waitForTimeout(300);
    expect((await shop.noted()).painted).toEqual([]);
  }
  await seen(armsInCart).toBe("0.0");
});

test("a shopper who is shown offers stays so and is counted, with the same unit in the cart", async () => {
  const split = shop.publishSplit(1);
  await shop.consent();
  await shop.visitor.open("/");
  await seen(() => shop.keptUnit()).toMatch(/^v:/);
  const unit = (await shop.keptUnit())!;
  expect(assignedArms(split, unit)).toEqual([[0, 1]]);
  await shop.visitor.open(PRODUCT);
  await vi.waitFor(() => expect(exposures()).toEqual([[0, 1]]), PATIENT);
  await vi.waitFor(() => expect(shop.kinds()).toContain("shown"), PATIENT);
  expect(await shop.shownWidgets()).toContain("tsuide-set");
  await shop.add(8);
  await shop.visitor.open("/cart");
  expect(await shop.keptUnit()).toBe(unit);
  await seen(armsInCart).toBe("0.1");
  await vi.waitFor(
    () =>
      expect(exposures()).toEqual([
        [0, 1],
        [0, 1],
      ]),
    PATIENT,
  );
});

test("without consent nothing is kept and nothing sent; a cart is assigned, and goes on as it was with consent", async () => {
  shop.publishSplit(SLOTS);
  await shop.visitor.open(PRODUCT);
  await shop.visitor.open(PRODUCT);
  expect(await shop.shownWidgets()).toContain("tsuide-set");
  await shop.add(1);
  await shop.visitor.open(PRODUCT);
  await shop.visitor.page.waitForTimeout(500);
  expect(await shop.noted()).toEqual({ painted: [], shift: 0 });
  expect([await shop.keptUnit(), shop.batches]).toEqual([null, []]);

  const privacy = (analytics: boolean) =>
    shop.visitor.page.evaluate((allowed) => {
      interface Privacy {
        customerPrivacy: { setTrackingConsent(consent: object): void };
        loadFeatures(features: object[], loaded: () => void): void;
      }
      const { Shopify } = window as unknown as { Shopify: Privacy };
      const decide = () => Shopify.customerPrivacy.setTrackingConsent({ analytics: allowed });
      Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], decide);
    }, analytics);
  await privacy(true);
  const cart = (await shop.visitor.context.cookies()).find(({ name }) => name === "cart")!;
  await seen(() => shop.keptUnit()).toBe(`c:${decodeURIComponent(cart.value).split("?")[0]}`);
  await vi.waitFor(() => expect(exposures()).toEqual([[0, 0]]), PATIENT);
  await privacy(false);
  await seen(() => shop.keptUnit()).toBeNull();
});

test("an offer that an arm does not show is not painted anywhere, and the others are", async () => {
  shop.publishSplit(0, [withoutSet()]);
  await shop.consent();
  await shop.visitor.open("/");
  await seen(() => shop.keptUnit()).toMatch(/^v:/);
  await shop.visitor.open(PRODUCT);
  await vi.waitFor(() => expect(exposures()).toEqual([[3, 1]]), PATIENT);
  await vi.waitFor(() => expect(shop.kinds()).toContain("shown"), PATIENT);
  await vi.waitFor(async () => expect((await shop.noted()).painted).toContain("tsuide-breaks"), PATIENT);
  const { painted, shift } = await shop.noted();
  expect([painted.includes("tsuide-set"), shift]).toEqual([false, 0]);
  expect(JSON.stringify(shop.events())).not.toContain("bt-1-");

  await shop.add(8);
  await shop.visitor.open("/cart");
  expect(await shop.visitor.page.locator("tsuide-cart [data-item]").count()).toBeGreaterThan(0);
  expect(await shop.visitor.page.locator("tsuide-cart :is([data-item],h2):visible").count()).toBe(0);
  expect(await shop.visitor.page.locator("tsuide-goal:visible").count()).toBeGreaterThan(0);
});

test("of two offers that are compared each arm is painted its own, on the product page and in the cart", async () => {
  publishRivals(shop.browser.shop);
  for (const [weights, hidden, claim] of [
    [[1_000_000, 1], "bt-21-", "bt-1-"],
    [[1, 1_000_000], "bt-1-", "bt-21-"],
  ] as const) {
    shop.publishSplit(0, [betweenRivals(weights)]);
    const shopper = await shop.browser.visitor();
    await shop.consent(shopper);
    await shopper.open("/");
    await seen(() => shop.keptUnit(shopper)).toMatch(/^v:/);
    await shopper.open(PRODUCT);
    const claims = (selector: string, attribute: string) =>
      shopper.page
        .locator(`${selector}:visible`)
        .evaluateAll((all, name) => all.map((one) => one.getAttribute(name)), attribute);
    expect(await claims("tsuide-set", "data-claim")).toEqual([`${claim}8001/product`]);
    await shop.add(8, shopper);
    await shopper.open("/cart");
    expect(await shopper.page.locator("tsuide-cart:visible").count()).toBe(1);
    const rows = await shopper.page
      .locator("tsuide-cart [data-item]:visible")
      .evaluateAll((all) => all.map((one) => one.querySelector<HTMLInputElement>("[name*=_tsuide]")!.value));
    expect([rows.length > 0, rows.every((row) => row.startsWith(claim)), rows.join().includes(hidden)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(shopper.errors).toEqual([]);
    await shopper.close();
  }
});

test("where discounts differ, a cart names its arm before anything is shown, and a filled one changes no more", async () => {
  publishRivals(shop.browser.shop);
  shop.publishSplit(0, [{ ...betweenRivals(), byArm: true }]);
  await shop.consent();

  // Whoever fills a cart before they are split is shown, and gets, what the control gets, until that cart is bought.
  await shop.visitor.open("/");
  await seen(() => shop.keptUnit()).toMatch(/^v:/);
  await shop.add(1);
  await shop.visitor.open(PRODUCT);
  await shop.visitor.page.waitForTimeout(500);
  expect([await shownSets(), await armsInCart()]).toEqual([["bt-1-8001/product"], undefined]);
  await shop.visitor.page.request.post(`${shop.browser.origin}/cart/clear.js`, { data: {} });

  // An empty cart is given its arm by a page that shows none of what is compared, and moves nothing.
  await shop.visitor.open(PRODUCT);
  await seen(armsInCart).toBe("3.1");
  expect(await shownSets()).toEqual([]);
  expect(await shop.shownWidgets()).toContain("tsuide-breaks");
  expect((await shop.noted()).painted).not.toContain("tsuide-set");

  await shop.visitor.open(PRODUCT);
  expect(await shownSets()).toEqual(["bt-21-8001/product"]);
  expect(await shop.noted()).toMatchObject({ shift: 0 });
  await shop.add(1);
  // The cart decides, whoever the browser says that this is.
  await shop.visitor.page.evaluate(() => localStorage.setItem("tsuide", "v:another"));
  await shop.visitor.open(PRODUCT);
  expect([await shownSets(), await armsInCart()]).toEqual([["bt-21-8001/product"], "3.1"]);
});

test("a page from before the cart was given its arm is loaded again", async () => {
  publishRivals(shop.browser.shop);
  shop.publishSplit(0, [{ ...betweenRivals(), byArm: true }]);
  await shop.consent();
  await shop.visitor.open(PRODUCT);
  await seen(() => shop.keptUnit()).toMatch(/^v:/);
  expect(await shownSets()).toEqual(["bt-1-8001/product"]);
  const other = await shop.visitor.context.newPage();
  await other.goto(shop.browser.origin + PRODUCT);
  await seen(armsInCart).toBe("3.1");
  await seen(shownSets).toEqual(["bt-21-8001/product"]);
});

test("without JavaScript everything is shown", async () => {
  shop.publishSplit(SLOTS, [withoutSet()]);
  const plain = await shop.browser.visitor({ javaScriptEnabled: false });
  await plain.page.goto(shop.browser.origin + PRODUCT);
  expect(await plain.page.locator("tsuide-set:visible").count()).toBe(1);
  await plain.close();
});
