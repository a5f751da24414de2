import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import { saveBaskets } from "../../../../test/fixtures/save-baskets.ts";
import { shopDomain } from "../../../domain/ids.ts";
import { BasketTableBuilder } from "../../../domain/baskets/basket-table.ts";
import { readBasketTable } from "./basket-tables.ts";
import type { BasketRow } from "./baskets.ts";
import { openDatabase, type Database } from "../../database/database.ts";
import { streamInShop } from "../../database/in-shop.ts";

const SHOP = shopDomain("baskets.myshopify.com");

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url);
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const id = fc.oneof(
  fc.integer({ min: 1, max: 300 }).map(String),
  fc.constantFrom("99", "1000", "4294967295", "4294967296", "9007199254740993", "9223372036854775807"),
);
const basket: fc.Arbitrary<BasketRow> = fc.record({
  orderId: id,
  at: fc.integer({ min: -1, max: 3 }).map((n) => 946_684_800_000 + n * 86_400_000),
  customerKey: fc.option(fc.constantFrom("b", "a", "é", "B")),
  channel: fc.constant("online"),
  products: fc.uniqueArray(id, { minLength: 1, maxLength: 6 }),
});

test("the table read is the one that is built from the same lines", async () => {
  const baskets = fc.uniqueArray(basket, { selector: ({ orderId }) => orderId, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(baskets, async (rows) => {
      const builder = new BasketTableBuilder();
      for (const { orderId, customerKey, at, products } of rows) {
        for (const product of products) builder.add(orderId, customerKey, at, product);
      }
      await database.pool.query("TRUNCATE baskets");
      const read = await streamInShop(database, SHOP, async (tx) => {
        await saveBaskets(tx, rows);
        return readBasketTable(tx);
      });
      expect(read).toEqual(builder.build());
    }),
    { numRuns: 40 },
  );
});

test("no more than the shop's own baskets are read, however many there are", async () => {
  await database.pool.query("TRUNCATE baskets");
  const rows = Array.from({ length: 5_000 }, (_, n) => ({
    ...{ orderId: String(n + 1), at: n * 1000, customerKey: `c${n % 700}`, channel: "online" },
    products: Array.from({ length: 1 + (n % 9) }, (_, step) => String(1000 + ((n * 7 + step) % 4000))),
  }));
  const other = shopDomain("other.myshopify.com");
  await streamInShop(database, other, (tx) => saveBaskets(tx, rows.slice(0, 10)));
  const read = await streamInShop(database, SHOP, async (tx) => {
    await saveBaskets(tx, rows);
    return readBasketTable(tx);
  });
  expect(read.at.length).toBe(5_000);
  expect(read.items.length).toBe(rows.reduce((sum, { products }) => sum + products.length, 0));
});
