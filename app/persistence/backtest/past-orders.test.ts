import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { orderAccount } from "../../domain/orders/order-account.ts";
import type { OrderLine } from "../../domain/orders/order.ts";
import { type Database, openDatabase } from "../database/database.ts";
import { inShop, streamInShop } from "../database/in-shop.ts";
import { saveFetchedOrders } from "../orders/save-orders.ts";
import { saveShop } from "../shop/shops.ts";
import { readOrderRanges, readPastOrders } from "./past-orders.ts";

const SHOP = shopDomain("tea.myshopify.com");
const AT = Date.UTC(2026, 8, 1);
const NO_COSTS = { variants: new Float64Array(), costs: new Float64Array() };

let server: TestDatabase;
let database: Database;

function line(id: number, changes: Partial<OrderLine> = {}): OrderLine {
  return {
    ...{ id: gid("LineItem", id), productId: gid("Product", 7), variantId: gid("ProductVariant", 70), title: "Tea" },
    ...{ quantity: 3, currentQuantity: 3, isGiftCard: false, unitPriceMinor: 1_000, discountMinor: 300, taxMinor: 245 },
    ...{ groupId: null, offer: null, ...changes },
  };
}

function order(id: number, lines: OrderLine[], changes: Partial<FetchedOrder["order"]> = {}): FetchedOrder {
  return {
    order: {
      ...{ id: gid("Order", id), name: `#${id}`, createdAt: AT, processedAt: AT, updatedAt: AT, cancelledAt: null },
      ...{ test: false, currency: "JPY", presentmentCurrency: "JPY", channel: "pos", channelSource: "pos" },
      ...{ customerKey: null, netMinor: 0, refundedMinor: 0, taxesIncluded: true, ...changes },
    },
    ...{ lines, refunds: [] },
  };
}

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url);
  const facts = { shopifyId: "1", name: "Tea", currency: "JPY", currencies: ["JPY"], timezone: "Asia/Tokyo" };
  // One unit was given back, one an edit took off; the order's other line was edited away.
  const changed = order(2, [line(20, { currentQuantity: 1 }), line(21, { currentQuantity: 0 })], {
    refundedWithoutLinesMinor: 100,
  });
  const refund = { refundId: "9", lineId: gid("LineItem", 20), quantity: 1, subtotalMinor: 900, createdAt: AT };
  await inShop(database, SHOP, async (tx) => {
    await saveShop(tx, { ...facts, installationId: "1", allOrders: true, givesCredit: false }, new Date(AT));
    await saveFetchedOrders(tx, [
      order(1, [line(10), line(11, { groupId: "gid://shopify/LineItemGroup/1" as never })]),
      { ...changed, refunds: [refund] },
      order(3, [line(30)], { test: true }),
      order(4, [line(40)], { cancelledAt: AT }),
      order(5, [line(50)], {
        ...{ presentmentCurrency: "USD", processedAt: AT + 1_234, taxesIncluded: false },
        ...{ channel: "online", channelSource: "web" },
      }),
      order(6, [line(60)], { currency: "EUR" }),
    ]);
  });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

async function read(ordersOfRange: number) {
  const ranges = await inShop(database, SHOP, (tx) => readOrderRanges(tx, ordersOfRange));
  const given = { currency: "JPY", costs: NO_COSTS };
  return Promise.all(
    ranges.map((range) => streamInShop(database, SHOP, (tx) => readPastOrders(tx, range, given), { asOfNow: true })),
  );
}

test("reads each order that counts, with what it was paid in", async () => {
  const [orders] = await read(10);
  expect([...orders!.ids]).toEqual([1n, 2n, 5n, 6n]);
  expect([...orders!.paidIn].map((place) => orders!.currencies[place])).toEqual(["JPY", "JPY", "USD", ""]);
  expect([...orders!.counter]).toEqual([1, 1, 0, 1]);
  expect([...orders!.at]).toEqual([AT, AT, AT + 1_234, AT]);
});

test("reads lines as orders' accounts have them", async () => {
  const [{ lines, firstLine }] = (await read(10)) as [Awaited<ReturnType<typeof read>>[0]];
  const accounted = [line(20, { currentQuantity: 1 }), line(21, { currentQuantity: 0 })];
  const refunds = new Map([[gid("LineItem", 20) as string, { units: 1, minor: 900 }]]);
  const [account] = orderAccount(accounted, refunds, 100);
  const at = firstLine[1]!;
  // The line that was edited away was not bought.
  expect(firstLine[2]! - at).toBe(1);
  expect(lines.sold[at]).toBe(2);
  expect(lines.kept[at]).toBe(account!.kept);
  expect(lines.net[at]).toBe(account!.netMinor - account!.netTaxMinor);
});

test("leaves taxes out of what was paid, and a component of a bundle is no product", async () => {
  const [{ lines, firstLine }] = (await read(10)) as [Awaited<ReturnType<typeof read>>[0]];
  expect(lines.net[0]).toBe(2_700 - 245);
  expect(lines.netOfTax[0]).toBeCloseTo(1 - 245 / 2_700, 12);
  expect([...lines.product.subarray(0, 2)]).toEqual([7, 0]);
  const untaxed = firstLine[2]!;
  expect([lines.net[untaxed], lines.netOfTax[untaxed], lines.kept[untaxed]]).toEqual([2_700, 1, 3]);
});

test("reads the same in any ranges", async () => {
  const [whole] = await read(10);
  const parts = await read(1);
  expect(parts.flatMap((part) => [...part.ids])).toEqual([...whole!.ids]);
  const soldOf = ({ lines, firstLine }: typeof whole & object) => [...lines.sold.subarray(0, firstLine.at(-1))];
  expect(parts.flatMap(soldOf)).toEqual(soldOf(whole!));
});
