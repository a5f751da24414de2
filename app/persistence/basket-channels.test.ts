import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { shopDomain } from "../domain/ids.ts";
import { readBasketTable } from "./basket-tables.ts";
import { readBasketChannels, saveBaskets } from "./baskets.ts";
import { openDatabase, type Database } from "./database.ts";
import { inShop, streamInShop } from "./in-shop.ts";

const SHOP = shopDomain("channels.myshopify.com");
const NOON = Date.parse("2026-11-20T12:00:00Z");

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

test("names the channel of each order of the basket table, orders of the same moment too", async () => {
  // Numbers of different lengths at one time: as text, 10 comes before 9.
  const channelOf = { "9": "pos", "10": "online", "101": "draft", "2": "other", "77": "pos" };
  const baskets = Object.entries(channelOf).map(([orderId, channel]) => ({
    ...{ orderId, channel, customerKey: null, products: [orderId] },
    at: orderId === "77" ? NOON - 1 : NOON,
  }));
  await inShop(database, SHOP, (tx) => saveBaskets(tx, baskets));
  const { table, channels } = await streamInShop(database, SHOP, async (tx) => ({
    table: await readBasketTable(tx),
    channels: await readBasketChannels(tx),
  }));
  // Each basket holds one product, of its order's number.
  const orders = Array.from(table.items, (item) => table.itemIds[item]!);
  expect(channels).toEqual(orders.map((order) => channelOf[order as keyof typeof channelOf]));
});
