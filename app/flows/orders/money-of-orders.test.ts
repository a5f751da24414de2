import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallProduct } from "../../../test/fixtures/small-shop.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../test/fixtures/pinned-pair-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import { bareNumber, gid } from "../../domain/ids.ts";
import { countedOrder } from "../../domain/baskets/basket-of-order.ts";
import { inShop, streamInShop } from "../../persistence/database/in-shop.ts";
import { marginSince, streamCustomerOrders } from "../../persistence/customers/customer-orders.ts";
import { findOrder } from "../../persistence/orders/orders.ts";
import { readHome } from "../shop/read-home.ts";
import { refreshShop } from "../shop/refresh-shop.ts";
import { beginImport } from "./start-import.ts";
import { syncOrder } from "./sync-order.ts";

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
    "orders, order_lines, refund_lines, baskets, basket_news, associations, attributions, order_sales, sales_totals, first_orders";
  await app.context.database.pool.query(`TRUNCATE ${tables}`);
});

const server = () => app.store.shops.get(shop.domain)!;
const headline = async () => (await readHome(app.shop, app.context)).headline;
const synced = async (id: string) => syncOrder(app.shop, gid("Order", id), app.context);

async function importAll(): Promise<void> {
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, new Date(NOW)));
  await app.drain();
}

/** An order of tea and of cups that came through tea's offer. */
function offeredOrder(id: string, change: Partial<DevOrder> = {}, cups = 1): DevOrder {
  const made = { ...smallOrder(id, [TEA, CUP], NOW - HOUR), ...change };
  Object.assign(made.lines[1]!, {
    properties: { _tsuide: `bt-${TEA}/product` },
    quantity: cups,
    currentQuantity: cups,
  });
  shop.orders.set(id, made);
  return made;
}

async function customerRevenue(): Promise<number[]> {
  return streamInShop(app.context.database, app.shop, async (tx) => {
    const revenue: number[] = [];
    for await (const { order } of streamCustomerOrders(tx, shop.currency)) revenue.push(order.revenueMinor);
    return revenue;
  });
}

test("money given back without naming a line lowers the order, its offers and what its customer is worth", async () => {
  offeredOrder("1");
  server().refund("1", [], 1001);
  await synced("1");
  expect(await headline()).toMatchObject({
    totalRevenue: { amountMinor: 2 * 1999 - 1001 },
    // Largest remainder: the first of two equal lines bears the odd cent.
    attributedRevenue: { amountMinor: 1999 - 500 },
    refunded: { amountMinor: 500 },
  });
  expect(await customerRevenue()).toEqual([2 * 1999 - 1001]);
});

test("an import takes the same off as a webhook does", async () => {
  offeredOrder("1");
  server().refund("1", [{ lineId: "10", quantity: 1 }], 700);
  await importAll();
  const imported = await headline();
  await synced("1");
  expect(await headline()).toEqual(imported);
  expect(imported).toMatchObject({
    totalRevenue: { amountMinor: 1999 - 700 },
    attributedRevenue: { amountMinor: 1999 - 700 },
  });
});

test("units edited away and units refunded on one line are both gone, and an order without any left is none", async () => {
  offeredOrder("1", {}, 2);
  server().refund("1", [{ lineId: "11", quantity: 1 }]);
  await synced("1");
  expect(await headline()).toMatchObject({ attributedOrders: 1, attributedRevenue: { amountMinor: 1999 } });
  server().edit("1", [{ lineId: "11", quantity: 0 }]);
  await synced("1");
  expect(await headline()).toMatchObject({
    attributedOrders: 0,
    attributedLines: 0,
    attributedRevenue: { amountMinor: 0 },
    totalRevenue: { amountMinor: 1999 },
  });
});

test("an order whose payment was voided is no sale anywhere", async () => {
  offeredOrder("1", { financialStatus: "VOIDED" });
  await synced("1");
  expect(await headline()).toMatchObject({ orders: 0, attributedOrders: 0, totalRevenue: { amountMinor: 0 } });
  expect(await customerRevenue()).toEqual([]);
  const order = await inShop(app.context.database, app.shop, (tx) => findOrder(tx, gid("Order", "1")));
  expect(countedOrder(order!)).toEqual({ products: [], leftOut: ["cancelled-order", "cancelled-order"] });
});

test.each([
  [true, 1999 * 2, 1999 * 2 - 2 * 182, 182],
  [false, 1999 * 2, 1999 * 2, 0],
])("customers are worth what they paid before taxes (included: %s)", async (included, net, before, lineTax) => {
  offeredOrder("1", { taxes: { included, basisPoints: 1_000 } });
  await synced("1");
  expect((await headline()).totalRevenue.amountMinor).toBe(net);
  expect(await customerRevenue()).toEqual([before]);
  const { rows } = await app.context.database.pool.query("SELECT net_tax_minor::int AS tax FROM attributions");
  expect(rows).toEqual([{ tax: lineTax }]);
});

test("the margin is of what is left before taxes, half of it where goods cost half of that", async () => {
  shop.products.set("103", smallProduct("103"));
  const variant = shop.products.get("103")!.variants[0]!;
  Object.assign(variant, { priceMinor: 1100, costMinor: 500 });
  const order = smallOrder("1", ["103"], NOW - HOUR);
  Object.assign(order.lines[0]!, { unitPriceMinor: 1100, quantity: 2, currentQuantity: 2 });
  shop.orders.set("1", { ...order, taxes: { included: true, basisPoints: 1_000 } });
  await importAll();
  const period = { from: new Date(NOW - 24 * HOUR), to: new Date(NOW) };
  const margin = await streamInShop(app.context.database, app.shop, (tx) => marginSince(tx, "USD", period));
  expect(margin).toEqual({ marginShare: 0.5, knownShare: 1 });
});

test("a refund of more lines than one page holds is read to its end", async () => {
  const many = Array.from({ length: 320 }, (_, n) => String(2_000 + n));
  for (const id of many) shop.products.set(id, smallProduct(id));
  const order = { ...smallOrder("1", many, NOW - HOUR) };
  shop.orders.set("1", order);
  server().refund(
    "1",
    order.lines.map(({ id }) => ({ lineId: id, quantity: 1 })),
  );
  const fetched = await app.context.gateway.order(app.shop, gid("Order", "1"));
  expect(fetched?.refunds.map(({ lineId }) => bareNumber(lineId))).toEqual(order.lines.map(({ id }) => id));
  expect(fetched?.lines.length).toBe(320);
});

test("every variant and every collection of a product is read, however many there are", async () => {
  const [variant] = smallProduct("200").variants;
  const variants = Array.from({ length: 600 }, (_, n) => ({ ...variant!, id: String(90_000 + n), title: `V${n}` }));
  shop.collections = Array.from({ length: 260 }, (_, n) => ({ id: String(500 + n), handle: `c${n}`, title: `C${n}` }));
  const collectionIds = shop.collections.map(({ id }) => id);
  shop.products.set("200", smallProduct("200", { variants, collectionIds }));
  const fetched = await app.context.gateway.product(app.shop, gid("Product", "200"), "USD");
  expect([fetched?.variants.length, fetched?.memberships.length]).toEqual([600, 260]);
});

test("amounts of a currency that the shop has left are never added to those of its own", async () => {
  offeredOrder("1");
  await synced("1");
  shop.currency = "JPY";
  await refreshShop(app.shop, app.context);
  offeredOrder("2", { currency: "JPY", presentmentCurrency: "JPY" });
  await importAll();
  expect(await headline()).toMatchObject({
    orders: 1,
    otherCurrency: 1,
    totalRevenue: { amountMinor: 2 * 1999, currency: "JPY" },
    attributedRevenue: { amountMinor: 1999, currency: "JPY" },
  });
  expect((await readHome(app.shop, app.context)).recent.map(({ revenue }) => revenue.currency).sort()).toEqual([
    "JPY",
    "USD",
  ]);
  // Read with the currency that it was sold in, not with the shop's of today.
  const { rows } = await app.context.database.pool.query(
    "SELECT unit_price_minor::int AS price FROM order_lines WHERE order_id = 1 ORDER BY line_id",
  );
  expect(rows).toEqual([{ price: 1999 }, { price: 1999 }]);
});
