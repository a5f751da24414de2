import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevDiscountAllocation, DevShop } from "../../../test/dev-store/shop/state.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../test/fixtures/pinned-pair-shop.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { attributedMinor } from "../../domain/measurement/figures.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { markSharedNames, readDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { addUpSales } from "../orders/add-up-sales.ts";
import { beginImport } from "../orders/start-import.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { readUnknownDiscounts } from "../orders/read-unknown-discounts.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(NOW));
});
afterAll(() => app.close());
beforeEach(async () => {
  shop.orders.clear();
  const tables =
    "orders, order_lines, refund_lines, baskets, basket_news, associations, attributions, offer_discounts, order_sales, sales_totals";
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
    unknown: total.earned.discountUnknownOrders,
    groups: Object.fromEntries(groups.map(({ key, earned }) => [key, earned.discountMinor])),
  };
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
  expect(await figures()).toEqual({ cost: 390, unknown: 0, groups: { "bt-1": 390 } });
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
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, new Date(NOW)));
  await app.drain();
  const imported = await figures();
  expect(imported).toEqual({ cost: 690, unknown: 0, groups: { "bt-1": 690 } });
  for (const id of ["2", "1", "2"]) await sync(id);
  expect(await figures()).toEqual(imported);
});

test("the title that staff gave the discount is known as ours, and a title that another discount has is not", async () => {
  const names = await inShop(app.context.database, app.shop, readDiscountNames);
  const own = names.find(({ kind }) => kind === null)!;
  expect(names).toContainEqual({ name: "ついで買い割引", kind: "bought-together", since: 0, isShared: false });
  order("1", [[{ title: own.name, amountMinor: 40 }], [OURS]]);
  await sync("1");
  expect(await figures()).toEqual({ cost: 340, unknown: 0, groups: { "bt-1": 300 } });
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
