import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevDiscountAllocation, DevShop } from "../../../test/dev-store/shop/state.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../test/fixtures/pinned-pair-shop.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { attributedMinor, givenMinor } from "../../domain/measurement/figures.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { saveHoldoutOrders } from "../../persistence/measurement/holdout-rows.ts";
import { markSharedNames, readDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { shippingOfShown } from "../../persistence/measurement/roi-costs.ts";
import { addUpSales } from "../orders/add-up-sales.ts";
import { beginImport } from "../orders/start-import.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { readUnknownDiscounts } from "../orders/read-unknown-discounts.ts";

const MIGRATION = readFileSync(
  join(import.meta.dirname, "../../../prisma/migrations/20261201100000_shipping_given/migration.sql"),
  "utf8",
);
const NOW = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(NOW));
  await app.context.database.pool.query("UPDATE offers SET status = 'active' WHERE type = 'goal'");
});
afterAll(() => app.close());
beforeEach(async () => {
  shop.orders.clear();
  const tables =
    "orders, order_lines, refund_lines, baskets, basket_news, associations, attributions, offer_discounts, offer_shipping, order_sales, sales_totals, holdout_orders";
  await app.context.database.pool.query(`TRUNCATE ${tables}`);
});

/** An order of tea and of three cups that came through tea's offer. */
function order(id: string, discounts: readonly DevDiscountAllocation[][]): void {
  const made = smallOrder(id, [TEA, CUP], NOW);
  Object.assign(made.lines[0]!, { discounts: discounts[0] ?? [] });
  Object.assign(made.lines[1]!, {
    ...{
      properties: { _tsuide: `bt-1-${TEA}/product` },
      quantity: 3,
      currentQuantity: 3,
      discounts: discounts[1] ?? [],
    },
  });
  shop.orders.set(id, made);
}

const sync = (id: string) => syncOrder(app.shop, gid("Order", id), app.context);

async function figures(by: "offer" | "surface" | "product" | "day" = "offer") {
  const period = { from: new Date(NOW - HOUR), to: new Date(NOW + HOUR), timezone: "UTC", currency: "USD" };
  const { total, groups } = await inShop(app.context.database, app.shop, (tx) => readFigures(tx, { ...period, by }));
  return {
    cost: total.earned.discountMinor,
    shipping: total.earned.shippingMinor,
    unknown: total.earned.discountUnknownOrders,
    groups: Object.fromEntries(groups.map(({ key, earned }) => [key, givenMinor(earned)])),
  };
}

const FREE = { title: "Free shipping", amountMinor: 500 };
/** Has an order sent for 12.00 before discounts. */
function ship(id: string, shippingDiscounts: DevDiscountAllocation[]): void {
  Object.assign(shop.orders.get(id)!, { shippingMinor: 1200, shippingDiscounts });
}

const OURS = { title: "Bought together", amountMinor: 300 };

test("only what our own discount took off is a cost, of a code and of other discounts nothing", async () => {
  const code = { title: "Bought together", amountMinor: 50, code: "BOUGHT" };
  order("1", [
    [OURS, code],
    [
      { ...OURS, amountMinor: 90 },
      { title: "Summer sale", amountMinor: 70 },
    ],
  ]);
  await sync("1");
  expect(await figures()).toEqual({ cost: 390, shipping: 0, unknown: 0, groups: { "bt-1": 390 } });
  // Tea was in the cart already: it came from no surface.
  expect((await figures("surface")).groups).toEqual({ product: 90 });
  expect((await figures("product")).groups).toEqual({ [TEA]: 300, [CUP]: 90 });
});

test("what else was in an order with an offer is assisted, and no line is both assisted and attributed", async () => {
  order("1", [[], [OURS]]);
  shop.orders.set("2", smallOrder("2", [TEA], NOW));
  for (const id of ["1", "2"]) await sync(id);
  const period = { from: new Date(NOW - HOUR), to: new Date(NOW + HOUR), timezone: "UTC", currency: "USD" };
  const { total } = await inShop(app.context.database, app.shop, (tx) => readFigures(tx, { ...period, by: "day" }));
  for (const by of ["offer", "surface"] as const) {
    const assisted = await inShop(app.context.database, app.shop, (tx) => readAssisted(tx, period, by));
    expect(assisted.total).toMatchObject({ orders: 1, throughMinor: 1999, usedMinor: 0, seenMinor: 0 });
    expect(assisted.groups).toMatchObject([{ orders: 1, minor: 1999 }]);
    expect(total.sold.netMinor).toBe(attributedMinor(total.earned) + 1999 + 1999);
  }
});

test("quantity breaks earn the units after the first, by our own discount and by nothing that a buyer writes", async () => {
  const three = (id: string, discounts: DevDiscountAllocation[], properties = {}) => {
    const made = smallOrder(id, [TEA], NOW);
    Object.assign(made.lines[0]!, { quantity: 3, currentQuantity: 3, discounts, properties });
    shop.orders.set(id, made);
  };
  const claim = { _tsuide: `qb-1-${TEA}/product` };
  three("1", [{ title: "Quantity discount", amountMinor: 600 }]);
  three("2", [{ title: "Summer sale", amountMinor: 600 }], claim);
  three("3", [], claim);
  for (const id of ["3", "1", "2", "1"]) await sync(id);
  const { rows } = await app.context.database.pool.query<object>(
    `SELECT order_id::int AS "order", kept_units AS units, revenue_minor::int AS revenue, offer_key AS key FROM attributions`,
  );
  expect(rows).toEqual([{ order: 1, units: 2, revenue: ((3 * 1999 - 600) * 2) / 3, key: "qb" }]);
});

test("units that were refunded or edited away cost nothing", async () => {
  order("1", [[], [{ ...OURS, amountMinor: 100 }]]);
  const server = app.store.shops.get(shop.domain)!;
  server.refund("1", [{ lineId: "11", quantity: 1 }]);
  server.edit("1", [{ lineId: "11", quantity: 1 }]);
  await sync("1");
  expect((await figures()).cost).toBe(33);
});

test("an import reads the same costs as a webhook", async () => {
  order("1", [[OURS], [{ ...OURS, amountMinor: 90 }]]);
  order("2", [[OURS]]);
  shop.orders.get("2")!.lines[1]!.properties = {};
  ship("2", [FREE]);
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, new Date(NOW)));
  await app.drain();
  const imported = await figures();
  expect(imported).toEqual({ cost: 690, shipping: 500, unknown: 0, groups: { "bt-1": 690, "goal-2": 500 } });
  for (const id of ["2", "1", "2"]) await sync(id);
  expect(await figures()).toEqual(imported);
});

test("the title that staff gave the discount is known as ours, and a title that another discount has is not", async () => {
  const names = await inShop(app.context.database, app.shop, readDiscountNames);
  const own = names.find(({ kind }) => kind === null)!;
  expect(names).toContainEqual({ name: "ついで買い割引", kind: "bought-together", since: 0, isShared: false });
  order("1", [[{ title: own.name, amountMinor: 40 }], [OURS]]);
  await sync("1");
  expect(await figures()).toEqual({ cost: 340, shipping: 0, unknown: 0, groups: { "bt-1": 300 } });
  await inShop(app.context.database, app.shop, (tx) => markSharedNames(tx, [own.name]));
  await sync("1");
  expect((await figures()).cost).toBe(300);
});

test("orders that were stored before discounts were read are said to be unknown, and read again at night", async () => {
  order("1", [[OURS]]);
  await sync("1");
  await app.context.database.pool.query("UPDATE order_lines SET automatic_discounts = NULL");
  await app.context.database.pool.query("TRUNCATE offer_discounts");
  await addUpSales(app.shop, app.context);
  expect(await figures("day")).toMatchObject({ cost: 0, unknown: 1 });
  await inShop(app.context.database, app.shop, (tx) => readUnknownDiscounts(tx, new Date(NOW)));
  await app.drain();
  expect(await figures("day")).toMatchObject({ cost: 300, unknown: 0 });
});

test("what our discounts took off shipping is a cost of its own, of a code and of other discounts nothing", async () => {
  const others = [
    { title: "Free shipping", amountMinor: 90, code: "SHIP" },
    { title: "Summer post", amountMinor: 70 },
  ];
  order("1", [[], [{ ...OURS, amountMinor: 90 }]]);
  ship("1", [FREE, ...others]);
  shop.orders.set("2", smallOrder("2", [TEA], NOW));
  ship("2", [{ ...FREE, title: "送料無料" }]);
  order("3", [[], []]);
  ship("3", [{ title: "Bought together", amountMinor: 200 }]);
  for (const id of ["1", "2", "3"]) await sync(id);
  const wanted = { cost: 90, shipping: 1200, unknown: 0, groups: { "bt-1": 290, "goal-2": 1000 } };
  expect(await figures()).toEqual(wanted);
  // It is of no product and of no surface.
  expect((await figures("product")).groups).toEqual({ [CUP]: 90 });
  expect((await figures("surface")).groups).toEqual({ product: 90 });
  for (const id of ["3", "2", "1", "2"]) await sync(id);
  expect(await figures()).toEqual(wanted);
  const { rows } = await app.context.database.pool.query<object>(
    "SELECT order_id::int AS id, offer_discount_minor::int AS minor FROM order_sales ORDER BY 1",
  );
  expect(rows).toEqual([
    { id: 1, minor: 590 },
    { id: 2, minor: 500 },
    { id: 3, minor: 200 },
  ]);
});

test("shipping stays given when all is sent back, and costs nothing once the order is cancelled", async () => {
  order("1", [[], []]);
  ship("1", [FREE]);
  const server = app.store.shops.get(shop.domain)!;
  const back = [
    { lineId: "10", quantity: 1 },
    { lineId: "11", quantity: 3 },
  ];
  server.refund("1", back);
  await sync("1");
  expect(await figures()).toMatchObject({ cost: 0, shipping: 500 });
  server.cancel("1");
  await sync("1");
  expect(await figures()).toMatchObject({ cost: 0, shipping: 0, groups: {} });
});

test("shipping that was free before the shop had a goal is not ours, and is not asked about", async () => {
  const made = smallOrder("1", [TEA], NOW - DAY_MS);
  shop.orders.set("1", made);
  ship("1", [FREE]);
  await sync("1");
  const rows = async (sql: string) => (await app.context.database.pool.query(sql)).rows;
  expect(await rows("SELECT shipping_discounts AS taken FROM orders")).toEqual([{ taken: [["Free shipping", 500]] }]);
  expect(await rows("SELECT * FROM offer_shipping")).toEqual([]);
  await app.context.database.pool.query("UPDATE orders SET shipping_discounts = NULL");
  await addUpSales(app.shop, app.context);
  expect(await rows("SELECT discounts_unknown AS unknown FROM order_sales")).toEqual([{ unknown: false }]);
});

test("orders that were stored before shipping was read are said to be unknown, and read again at night", async () => {
  order("1", [[OURS]]);
  ship("1", [FREE]);
  order("2", [[]]);
  for (const line of shop.orders.get("2")!.lines) line.requiresShipping = false;
  for (const id of ["1", "2"]) await sync(id);
  await app.context.database.pool.query("UPDATE orders SET shipping_discounts = NULL");
  await app.context.database.pool.query("TRUNCATE offer_shipping");
  await addUpSales(app.shop, app.context);
  // Nothing of the other order is sent.
  expect(await figures("day")).toMatchObject({ cost: 300, shipping: 0, unknown: 1 });
  await inShop(app.context.database, app.shop, (tx) => readUnknownDiscounts(tx, new Date(NOW)));
  await app.drain();
  expect(await figures("day")).toMatchObject({ cost: 300, shipping: 500, unknown: 0 });
});

test("orders of before the update are unknown from the start", async () => {
  order("1", [[OURS]]);
  shop.orders.set("2", smallOrder("2", [TEA], NOW - DAY_MS));
  for (const id of ["1", "2"]) await sync(id);
  const { pool } = app.context.database;
  await pool.query("UPDATE orders SET shipping_discounts = NULL");
  await pool.query(MIGRATION.slice(MIGRATION.indexOf("-- Orders that are stored already")));
  expect(await figures("day")).toMatchObject({ unknown: 1 });
  await addUpSales(app.shop, app.context);
  expect(await figures("day")).toMatchObject({ unknown: 1 });
});

test("for incremental revenue only the shipping of visitors who were shown offers counts", async () => {
  for (const id of ["1", "2", "3"]) {
    order(id, [[], []]);
    ship(id, [{ ...FREE, amountMinor: 100 * Number(id) }]);
    await sync(id);
  }
  const period = { from: new Date(NOW - HOUR), to: new Date(NOW + HOUR), currency: "USD" };
  const given = await inShop(app.context.database, app.shop, async (tx) => {
    const heldOut = (order: string, arm: number) => ({ order, unit: `u${order}`, arm, exposedAt: NOW });
    await saveHoldoutOrders(tx, [heldOut("1", 1), heldOut("2", 0)], []);
    return [await shippingOfShown(tx, period), await shippingOfShown(tx, { ...period, currency: "EUR" })];
  });
  expect(given).toEqual([100, 0]);
});
