import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevOrder, DevOrderLine, DevShop } from "../../../../test/dev-store/shop/state.ts";
import { changeFirstOffers } from "../../../../test/fixtures/first-offers.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../../test/fixtures/pinned-pair-shop.ts";
import { smallOrder } from "../../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../../test/fixtures/wired-app.ts";
import { gid } from "../../../domain/ids.ts";
import { DISCOUNT_NAMES } from "../../../domain/offers/discount-names.ts";
import { runJob } from "../../../jobs/run-job.ts";
import { syncOrder } from "../../orders/sync-order.ts";
import { readHome } from "../../shop/read-home.ts";
import { findOverchargedOrders } from "./overcharged-orders.ts";

const DAY_MS = 86_400_000;
const INSTALLED = Date.parse("2026-11-01T12:00:00Z");
const START = Date.parse("2026-11-20T12:20:00Z");
/** A tenth of 19.99, off each of both. */
const OFF = 200;
const OURS = DISCOUNT_NAMES.en["bought-together"];

let now = INSTALLED;
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(() => now));
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000 }, app.context);
  await app.drain();
  // The first call makes the tables.
  await app.context.events.move(new Date(now));
});
afterAll(() => app.close());
beforeEach(async () => {
  now = START;
  shop.orders.clear();
  await sql("DELETE FROM attributions; DELETE FROM order_lines; DELETE FROM orders; DELETE FROM notices");
  await sql("UPDATE offers SET updated_at = created_at");
  await sql("UPDATE offer_entries SET at = $1", new Date(INSTALLED));
});

const sql = (text: string, ...values: unknown[]) => app.context.database.pool.query(text, values);

let last = 1000;
/** An order of the tea and of the cup, which came through the tea's set, with so much off each. */
async function placed(offEach: number, change: Partial<DevOrder> = {}, cup: Partial<DevOrderLine> = {}) {
  const id = String(++last);
  const made = smallOrder(id, [TEA, CUP], now - 2 * DAY_MS);
  const discounts = offEach === 0 ? [] : [{ title: OURS, amountMinor: offEach }];
  Object.assign(made.lines[0]!, { discounts });
  Object.assign(made.lines[1]!, { discounts, properties: { _tsuide: `bt-1-${TEA}/product` }, ...cup });
  shop.orders.set(id, { ...made, ...change });
  await syncOrder(app.shop, gid("Order", id), app.context);
  return id;
}
/** `promised`: how many orders were compared. */
const find = async () => {
  const { counts, ...found } = await findOverchargedOrders(app.shop, app.context);
  return { promised: [...counts.values()].reduce((sum, { promised }) => sum + promised, 0), ...found };
};
const names = async () => (await find()).overcharged.map(({ name }) => name);
const watch = () => runJob("watch-shop", { shop: app.shop }, app.context);
const notices = async () =>
  (await readHome(app.shop, app.context)).notices.filter(({ code }) => code === "overcharged");

test("an order that got what was promised is compared, and one that got a cent less is found", async () => {
  await placed(OFF);
  expect(await find()).toEqual({ promised: 1, overcharged: [], isWhole: true });
  const id = await placed(OFF - 1);
  const found = { name: `#${id}`, currency: "USD", promisedMinor: 2 * OFF, takenMinor: 2 * OFF - 2 };
  expect(await find()).toMatchObject({ promised: 2, overcharged: [found] });
  // More than promised is nobody's loss.
  await placed(OFF + 50);
  expect(await find()).toMatchObject({ promised: 3, overcharged: [found] });
});

test("single orders are no notice; several are, with both amounts, until orders are right again", async () => {
  for (let order = 0; order < 4; order++) await placed(OFF);
  await placed(0);
  await watch();
  expect(await notices()).toEqual([]);
  for (let order = 0; order < 3; order++) await placed(0);
  await watch();
  const charged = { order: String(last), name: `#${last}`, promisedMinor: 2 * OFF, takenMinor: 0, currency: "USD" };
  expect(await notices()).toMatchObject([{ isForMerchant: true, details: { count: 4, of: 8 } }]);
  expect((await notices())[0]!.details.charged).toHaveLength(3);
  expect((await notices())[0]!.details.charged).toContainEqual(charged);
  now += 8 * DAY_MS;
  await placed(OFF);
  await watch();
  expect(await notices()).toEqual([]);
});

test("what staff or shoppers did themselves is no fault", async () => {
  const plan = { id: "1", name: "Monthly" } as DevOrderLine["sellingPlan"];
  await placed(0, { edited: true });
  await placed(0, {}, { sellingPlan: plan });
  // A code for shipping that does not combine with ours.
  await placed(0, {
    shippingMinor: 500,
    shippingDiscounts: [{ amountMinor: 500, title: "SHIP", code: "SHIP" }],
  });
  await placed(0, {}, { discounts: [{ title: "WELCOME", amountMinor: 100, code: "WELCOME" }] });
  await placed(0, {}, { discounts: [{ title: "Summer sale", amountMinor: 100 }] });
  await placed(0, { sourceName: "pos" });
  await placed(0, { test: true });
  await placed(0, { cancelledAt: now });
  expect(await find()).toEqual({ promised: 0, overcharged: [], isWhole: true });
  expect(await names()).toEqual([]);
});

test("nothing is promised to what came through no offer, or without the rest of the set", async () => {
  await placed(0, {}, { properties: {} });
  const made = smallOrder("1", [CUP], now - 2 * DAY_MS);
  Object.assign(made.lines[0]!, { properties: { _tsuide: `bt-1-${TEA}/product` } });
  shop.orders.set("1", made);
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  expect(await find()).toMatchObject({ promised: 0, overcharged: [] });
});

test("offers that changed since shortly before the order are not compared", async () => {
  const id = await placed(0);
  expect(await names()).toEqual([`#${id}`]);
  await sql("UPDATE offers SET updated_at = $1 WHERE number = 1", new Date(now - 2 * DAY_MS - 3_600_000));
  expect(await find()).toMatchObject({ promised: 0, overcharged: [] });
  await sql("UPDATE offers SET updated_at = created_at");
  await sql("UPDATE offer_entries SET at = $1", new Date(now - DAY_MS));
  expect(await find()).toMatchObject({ promised: 0, overcharged: [] });
});

test("offers for some shoppers promise nothing that an order can prove", async () => {
  await placed(0);
  await sql(`UPDATE offer_entries SET value = jsonb_set(value::jsonb, '{tests}', '"!b"')::text WHERE offer_number = 1`);
  expect(await find()).toMatchObject({ promised: 0, overcharged: [] });
  await sql(`UPDATE offer_entries SET value = (value::jsonb - 'tests')::text WHERE offer_number = 1`);
  expect(await find()).toMatchObject({ promised: 1 });
});

test("orders that Shopify no longer has are left out", async () => {
  const id = await placed(0);
  shop.orders.delete(id);
  expect(await find()).toEqual({ promised: 0, overcharged: [], isWhole: true });
});

test("where all orders are charged too much, they are found, more than Shopify answers for at once", async () => {
  for (let order = 0; order < 45; order++) await placed(0);
  expect((await find()).overcharged).toHaveLength(45);
});
