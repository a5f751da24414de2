import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers } from "../../../test/fixtures/first-offers.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { shopDomain } from "../../domain/ids.ts";
import { installShop } from "./install-shop.ts";
import { readHome } from "./read-home.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
/** The clock moves with every look at it: what is published is published after it was learnt. */
let now = NOW;
const FEW = shopDomain("few.myshopify.com");
const MANY = shopDomain("many.myshopify.com");
const DAY = 86_400_000;

let app: WiredApp;

/** A cup and its saucer in every third order, and single products in the others. */
function shopWith(domain: string, count: number) {
  const orders = Array.from({ length: count }, (_, at) =>
    smallOrder(String(at + 1), at % 3 === 0 ? ["101", "102"] : [at % 2 === 0 ? "103" : "104"], NOW - (at + 1) * DAY),
  );
  return smallShop(["101", "102", "103", "104"], { domain, orders: new Map(orders.map((one) => [one.id, one])) });
}

beforeAll(async () => {
  app = await wireApp([shopWith(FEW, 10), shopWith(MANY, 300)], { now: () => (now += 500) });
  for (const domain of [FEW, MANY]) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

test("a shop of ten orders is set up, and sees how many more orders it takes and what to pin", async () => {
  const { setup, offers, fewOrders, mining } = await readHome(FEW, app.context);
  expect(setup).toMatchObject({ imported: true, mined: true, published: true });
  expect(offers).toMatchObject({ withEvidence: 0, shown: 0 });
  expect(mining.orders).toBe(10);
  // Four of ten orders hold the pair; a pair takes at least five.
  expect(fewOrders?.ordersMissing).toBeGreaterThanOrEqual(3);
  expect(fewOrders?.ordersMissing).toBeLessThan(200);
  expect(fewOrders?.bestSellers[0]).toMatchObject({ orders: 4 });
});

test("evidence is counted apart from what is published: nothing is shown in manual mode, and evidence stays", async () => {
  expect(await readHome(MANY, app.context)).toMatchObject({ offers: { withEvidence: 2, shown: 2 }, fewOrders: null });
  await changeFirstOffers(MANY, { mode: "manual" }, app.context);
  await app.drain();
  const { offers, setup, fewOrders } = await readHome(MANY, app.context);
  expect(offers).toMatchObject({ withEvidence: 2, shown: 0, mode: "manual" });
  expect(setup).toMatchObject({ mined: true, published: true });
  expect(fewOrders).toBeNull();
});
