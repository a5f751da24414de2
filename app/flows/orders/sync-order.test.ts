import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevOrder, DevOrderLine, DevShop } from "../../../test/dev-store/shop/state.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../test/fixtures/pinned-pair-shop.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { readAssociations, readBasketCounts } from "../../persistence/mining/counts/associations.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { findOrder } from "../../persistence/orders/orders.ts";
import { chooseCompanion } from "../offers/choose-companion.ts";
import { readHome } from "../shop/read-home.ts";
import { syncOrder } from "./sync-order.ts";
import { syncProduct } from "../catalogue/sync-product.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(NOW));
});
afterAll(() => app.close());
beforeEach(async () => {
  shop.orders.clear();
  for (const table of [
    "orders",
    "order_lines",
    "refund_lines",
    "baskets",
    "basket_news",
    "associations",
    "attributions",
  ]) {
    await app.context.database.pool.query(`TRUNCATE ${table}`);
  }
});

function line(id: string, productId: string, changes: Partial<DevOrderLine> = {}): DevOrderLine {
  return {
    ...{ id, productId, variantId: `9${productId}`, title: `Product ${productId}`, sku: "", quantity: 1 },
    ...{ currentQuantity: 1, unitPriceMinor: 1999, discounts: [], isGiftCard: false, requiresShipping: true },
    ...{ properties: {}, sellingPlan: null, group: null },
    ...changes,
  };
}

function order(id: string, lines: DevOrderLine[], changes: Partial<DevOrder> = {}): DevOrder {
  const made: DevOrder = { ...smallOrder(id, [], NOW - 3_600_000), lines, ...changes };
  shop.orders.set(id, made);
  return made;
}

const id = (number: string) => gid("Order", number);
const offered = { _tsuide: `bt-${TEA}/product` };
const stored = (number: string) => inShop(app.context.database, app.shop, (tx) => findOrder(tx, id(number)));
const headline = async () => (await readHome(app.shop, app.context)).headline;

test("an order that no import brought is taken in by its webhook's job", async () => {
  order("1", [line("11", TEA), line("12", CUP)]);
  expect(await syncOrder(app.shop, id("1"), app.context)).toEqual({ code: "stored" });
  expect((await stored("1"))?.lines.map(({ productId }) => productId)).toEqual([
    gid("Product", TEA),
    gid("Product", CUP),
  ]);
});

test("the same order fetched twice counts once", async () => {
  order("1", [line("11", TEA), line("12", CUP, { properties: offered })]);
  await syncOrder(app.shop, id("1"), app.context);
  const once = await headline();
  await syncOrder(app.shop, id("1"), app.context);
  expect(await headline()).toEqual(once);
  expect(once).toMatchObject({ orders: 1, attributedLines: 1, attributedRevenue: { amountMinor: 1999 } });
});

test("an older version never overwrites a newer one", async () => {
  const newer = order("1", [line("11", TEA)], { name: "#new" });
  await syncOrder(app.shop, id("1"), app.context);
  shop.orders.set("1", { ...newer, name: "#old", updatedAt: newer.updatedAt - 5_000, lines: [line("12", CUP)] });
  expect(await syncOrder(app.shop, id("1"), app.context)).toEqual({ code: "older-than-stored" });
  expect(await stored("1")).toMatchObject({ name: "#new", lines: [{ productId: gid("Product", TEA) }] });
});

test("attributed revenue is net of discounts, and a refund takes it off to the smallest unit", async () => {
  const lines = [
    line("11", TEA),
    line("12", CUP, {
      ...{ quantity: 3, currentQuantity: 3, properties: offered },
      discounts: [{ amountMinor: 601, title: "Bought together" }],
    }),
  ];
  const made = order("1", lines);
  await syncOrder(app.shop, id("1"), app.context);
  expect((await headline()).attributedRevenue.amountMinor).toBe(3 * 1999 - 601);
  const refunded = line("12", CUP, { ...lines[1], currentQuantity: 2 });
  const refunds = [{ id: "7", createdAt: NOW, lines: [{ lineId: "12", quantity: 1, subtotalMinor: 1799 }] }];
  shop.orders.set("1", { ...made, updatedAt: made.updatedAt + 1000, lines: [lines[0]!, refunded], refunds });
  await syncOrder(app.shop, id("1"), app.context);
  expect(await headline()).toMatchObject({
    attributedRevenue: { amountMinor: 3 * 1999 - 601 - 1799 },
    refunded: { amountMinor: 1799 },
  });
});

test("what a buyer writes into the line property earns nothing unless the shop has that offer", async () => {
  const claims = ["bt-999/product", "bt-101/moon", "<script>", `bt-${CUP}/product`, "x".repeat(500)];
  order(
    "1",
    claims.map((claim, index) => line(`2${index}`, CUP, { properties: { _tsuide: claim } })),
  );
  await syncOrder(app.shop, id("1"), app.context);
  expect((await headline()).attributedLines).toBe(0);
});

test.each([
  ["a cancelled order", { cancelledAt: NOW }],
  ["a test order", { test: true }],
])("%s earns nothing and is no basket", async (_, changes: Partial<DevOrder>) => {
  order("1", [line("11", TEA), line("12", CUP, { properties: offered })], changes);
  await syncOrder(app.shop, id("1"), app.context);
  expect(await headline()).toMatchObject({ orders: 0, attributedLines: 0 });
  expect((await app.context.database.pool.query("SELECT 1 FROM baskets")).rowCount).toBe(0);
});

test("an order paid in another currency is counted in the shop's own", async () => {
  const yen = { presentmentCurrency: "JPY", presentmentRate: 150 };
  order("1", [line("11", TEA), line("12", CUP, { properties: offered })], yen);
  await syncOrder(app.shop, id("1"), app.context);
  expect(await headline()).toMatchObject({ attributedRevenue: { amountMinor: 1999, currency: "USD" } });
});

test("an order that Shopify no longer has leaves nothing behind", async () => {
  order("1", [line("11", TEA), line("12", CUP, { properties: offered })]);
  await syncOrder(app.shop, id("1"), app.context);
  shop.orders.delete("1");
  expect(await syncOrder(app.shop, id("1"), app.context)).toEqual({ code: "deleted" });
  for (const table of ["orders", "order_lines", "baskets", "associations", "attributions"]) {
    expect((await app.context.database.pool.query(`SELECT 1 FROM ${table}`)).rowCount).toBe(0);
  }
  expect((await inShop(app.context.database, app.shop, (tx) => readBasketCounts(tx))).size).toBe(0);
});

test("an order of hundreds of products is counted at once, as any other", async () => {
  const many = Array.from({ length: 300 }, (_, n) => String(2000 + n));
  for (const product of many) shop.products.set(product, { ...shop.products.get(TEA)!, id: product });
  order(
    "1",
    many.map((product, n) => line(String(5000 + n), product)),
  );
  await syncOrder(app.shop, id("1"), app.context);
  order("2", [line("21", TEA), line("22", CUP)]);
  await syncOrder(app.shop, id("2"), app.context);
  const counted = () => inShop(app.context.database, app.shop, (tx) => readBasketCounts(tx));
  const before = await counted();
  expect(before.size).toBe(302);
  await app.drain();
  expect(await counted()).toEqual(before);
});

test("a pin of a pair that was met too rarely to be kept shows its counts at once", async () => {
  const others = Array.from({ length: 120 }, (_, n) => String(2000 + n));
  for (const one of others) shop.products.set(one, { ...shop.products.get(TEA)!, id: one });
  order(
    "1",
    [TEA, ...others].map((product, n) => line(String(5000 + n), product)),
  );
  await syncOrder(app.shop, id("1"), app.context);
  await app.drain();
  const [tea, rarest] = [gid("Product", TEA), gid("Product", others.at(-1)!)];
  const togetherWith = async (companion: string) => {
    const row = (await inShop(app.context.database, app.shop, (tx) => readAssociations(tx, [tea]))).get(tea);
    return row?.companions.find(({ productId }) => productId === companion)?.together ?? null;
  };
  expect(await togetherWith(others[0]!)).toBe(1);
  expect(await togetherWith(others.at(-1)!)).toBeNull();
  await syncProduct(app.shop, rarest, app.context);
  expect(await chooseCompanion(app.shop, { trigger: tea, companion: rarest, kind: "pin" }, app.context)).toEqual({
    code: "ok",
  });
  expect(await togetherWith(others.at(-1)!)).toBe(1);
});

test("a customer is stored as a pseudonym alone", async () => {
  order("1", [line("11", TEA)], { customerId: "8877665544" });
  await syncOrder(app.shop, id("1"), app.context);
  const { rows } = await app.context.database.pool.query<{ text: string }>("SELECT o::text AS text FROM orders o");
  expect(rows[0]?.text).not.toContain("8877665544");
  expect((await stored("1"))?.customerKey).toMatch(/^[\w-]{22}$/);
});
