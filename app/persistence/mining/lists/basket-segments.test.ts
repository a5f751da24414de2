import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import { saveBaskets } from "../../../../test/fixtures/save-baskets.ts";
import { shopDomain } from "../../../domain/ids.ts";
import { readOrderFacts } from "./basket-segments.ts";
import { readBasketTable } from "../counts/basket-tables.ts";
import { openDatabase, type Database } from "../../database/database.ts";
import { inShop, streamInShop } from "../../database/in-shop.ts";
import { runSql } from "../../database/run-sql.ts";
import { saveShop } from "../../shop/shops.ts";

const SHOP = shopDomain("facts.myshopify.com");
const NOON = Date.parse("2026-11-20T12:00:00Z");

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url);
  await inShop(database, SHOP, (tx) =>
    saveShop(
      tx,
      {
        ...{ shopifyId: "gid://shopify/Shop/1", name: "Facts", currency: "USD", currencies: ["USD"], timezone: "UTC" },
        ...{ installationId: "gid://shopify/AppInstallation/1", allOrders: true, givesCredit: false },
      },
      new Date(0),
    ),
  );
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const ORDER = `INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency,
    presentment_currency, channel, net_minor, refunded_minor)
  VALUES ($1, $2::bigint, '', now(), now(), now(), false, $3, $4, 'online', $5::bigint, 0)`;

test("names channel, currency and revenue of each order of the basket table, orders of the same moment too", async () => {
  // Numbers of different lengths at one time: as text, 10 comes before 9.
  const known: Record<string, [channel: string, currency: string | null, revenueMinor: number]> = {
    "9": ["pos", "USD", 900],
    "10": ["online", "EUR", 1000],
    // In a currency that the shop does not sell in any more.
    "101": ["draft", "GBP", NaN],
    // Its order is not stored.
    "2": ["other", null, NaN],
    "77": ["pos", "JPY", 7700],
  };
  const baskets = Object.entries(known).map(([orderId, [channel]]) => ({
    ...{ orderId, channel, customerKey: null, products: [orderId] },
    at: orderId === "77" ? NOON - 1 : NOON,
  }));
  await inShop(database, SHOP, async (tx) => {
    await saveBaskets(tx, baskets);
    for (const [id, [, paidIn, minor]] of Object.entries(known)) {
      if (paidIn === null) continue;
      const revenue = Number.isNaN(minor) ? "500" : String(minor);
      await runSql(tx, ORDER, SHOP, id, Number.isNaN(minor) ? "GBP" : "USD", paidIn, revenue);
    }
  });
  const { table, facts } = await streamInShop(database, SHOP, async (tx) => ({
    table: await readBasketTable(tx),
    facts: await readOrderFacts(tx),
  }));
  // Each basket holds one product, of its order's number.
  const orders = Array.from(table.items, (item) => table.itemIds[item]!);
  expect(facts.channel).toEqual(orders.map((order) => known[order]![0]));
  expect(facts.currency).toEqual(orders.map((order) => known[order]![1]));
  expect([...facts.revenueMinor]).toEqual(orders.map((order) => known[order]![2]));
});
