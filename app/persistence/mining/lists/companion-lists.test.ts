import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import { gid, shopDomain } from "../../../domain/ids.ts";
import type { LearntCompanion, LearntList } from "../../../domain/mining/lists/learnt-lists.ts";
import { readCatalogueItems } from "../../catalogue/catalogue-items.ts";
import {
  deleteCompanionLists,
  deleteCompanionListsExcept,
  readCompanionLists,
  saveCompanionLists,
} from "./companion-lists.ts";
import { openDatabase, type Database } from "../../database/database.ts";
import { inShop } from "../../database/in-shop.ts";
import { saveShop } from "../../shop/shops.ts";

const SHOP = shopDomain("lists.myshopify.com");

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url);
  await inShop(database, SHOP, (tx) =>
    saveShop(
      tx,
      {
        ...{ shopifyId: "gid://shopify/Shop/1", name: "Lists", currency: "USD", currencies: ["USD"], timezone: "UTC" },
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
beforeEach(() => inShop(database, SHOP, deleteCompanionLists));

function companion(item: string, change: Partial<LearntCompanion> = {}): LearntCompanion {
  return {
    ...{ item, weight: 0.25, placedBy: "page", rank: 1, confidenceRank: 3, recentTogether: 4 },
    ...{ from: [], viewed: null, insteadOf: null, season: null, nearIdenticalTo: null },
    ...change,
  };
}
const list = (item: string, companions: readonly LearntCompanion[]): LearntList => ({
  ...{ item, ranker: "neighbour-ridge", cartRanker: "blend", recentOrders: 12, companions },
});
const save = (lists: readonly LearntList[]) => inShop(database, SHOP, (tx) => saveCompanionLists(tx, lists));

const season = { months: [12, 1], together: 30, togetherInSeason: 28, years: 2, boost: 2.5, rest: 0.25 };
const EVERYTHING = list("1", [
  companion("9", { weight: 0 }),
  companion("2", { placedBy: "cart", rank: 7, season }),
  companion("3", { insteadOf: "switching" }),
  companion("6", { nearIdenticalTo: "2" }),
  companion("7", { placedBy: "viewed", viewed: { viewers: 90, viewed: 40, thenBought: 3 } }),
  companion("4", { placedBy: "similar", confidenceRank: null, from: [{ item: "5", similarity: 0.625 }] }),
]);

test("keeps what put every entry into its list, in the list's order", async () => {
  await save([EVERYTHING, list("2", [])]);
  const stored = await inShop(database, SHOP, (tx) => readCompanionLists(tx));
  expect(stored.get(gid("Product", "1"))).toEqual(EVERYTHING);
  expect(stored.get(gid("Product", "2"))).toEqual(list("2", []));
  const some = await inShop(database, SHOP, (tx) => readCompanionLists(tx, [gid("Product", "2")]));
  expect([...some.keys()]).toEqual([gid("Product", "2")]);
});

test("writes only what differs from what is stored", async () => {
  expect(await save([EVERYTHING, list("2", [companion("1")])])).toBe(2);
  expect(await save([EVERYTHING, list("2", [companion("1")])])).toBe(0);
  expect(await save([EVERYTHING, list("2", [companion("1", { season })])])).toBe(1);
});

test("deletes the lists of products that have none any more", async () => {
  await save(["1", "2", "3"].map((item) => list(item, [companion("9")])));
  expect(await inShop(database, SHOP, (tx) => deleteCompanionListsExcept(tx, ["2", "7"]))).toBe(2);
  expect([...(await inShop(database, SHOP, (tx) => readCompanionLists(tx))).keys()]).toEqual([gid("Product", "2")]);
});

test("reads the catalogue as it can be compared: cheapest price, margin, collections, and what was sent back", async () => {
  const { pool } = database;
  await pool.query(`INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, updated_at, deleted_at)
    VALUES ('${SHOP}', 1, 'Mug', 'mug', 'Kiln', 'Mugs', '{blue}', 'active', false, now(), NULL),
      ('${SHOP}', 2, 'Card', 'card', '', '', '{}', 'active', true, now(), NULL),
      ('${SHOP}', 3, 'Gone', 'gone', '', '', '{}', 'active', false, now(), now()),
      ('${SHOP}', 4, 'Bare', 'bare', '', '', '{}', 'draft', false, now(), NULL)`);
  await pool.query(`INSERT INTO variants (shop, variant_id, product_id, title, price_minor, cost_minor, available, version)
    VALUES ('${SHOP}', 11, 1, 'L', 3000, 100, true, now()), ('${SHOP}', 12, 1, 'S', 2000, 500, true, now())`);
  await pool.query(
    `INSERT INTO collection_members (shop, product_id, collection_id) VALUES ('${SHOP}', 1, 8), ('${SHOP}', 1, 7)`,
  );
  await pool.query(`INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency, presentment_currency, channel, net_minor, refunded_minor)
    VALUES ('${SHOP}', 1, '#1', now(), now(), now(), false, 'USD', 'USD', 'online', 0, 0), ('${SHOP}', 2, '#2', now(), now(), now(), true, 'USD', 'USD', 'online', 0, 0)`);
  await pool.query(`INSERT INTO order_lines (shop, line_id, order_id, product_id, title, quantity, current_quantity, is_gift_card, unit_price_minor, discount_minor, version)
    VALUES ('${SHOP}', 1, 1, 1, 'Mug', 4, 3, false, 2000, 0, now()), ('${SHOP}', 2, 2, 1, 'Mug', 50, 50, false, 2000, 0, now())`);
  await pool.query(`INSERT INTO refund_lines (shop, refund_id, line_id, order_id, quantity, subtotal_minor, created_at)
    VALUES ('${SHOP}', 1, 1, 1, 1, 2000, now())`);
  const items = await inShop(database, SHOP, readCatalogueItems);
  expect(items).toMatchObject([
    {
      ...{ id: "1", title: "Mug", kind: "Mugs", vendor: "Kiln", tags: ["blue"], collections: ["7", "8"] },
      ...{ priceMinor: 2000, refundedShare: 0.25, marginShare: 0.75 },
    },
    { id: "4", collections: [], priceMinor: null, refundedShare: null, marginShare: null },
  ]);
});
