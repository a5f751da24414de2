import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import { gid, shopDomain, type ShopDomain } from "../../../domain/ids.ts";
import type { LearntSegmentList } from "../../../domain/mining/segments/segment.ts";
import { openDatabase, type Database } from "../../database/database.ts";
import { inShop, streamInShop } from "../../database/in-shop.ts";
import { deleteSegmentListsExcept, readSegmentLists, readSegmentsInUse, saveSegmentLists } from "./segment-lists.ts";

const SHOP = shopDomain("segments.myshopify.com");
const [TEA, CUP] = [gid("Product", "1"), gid("Product", "2")];

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

const EURO: LearntSegmentList = {
  ...{ product: "1", by: "market", is: "EUR", place: 1 },
  companions: [
    { item: "7000000000001", weight: 0.1 + 0.2 },
    { item: "3", weight: 0 },
  ],
};
const NEW: LearntSegmentList = {
  ...{ product: "1", by: "customer", is: "new", place: 0 },
  companions: [{ item: "3", weight: 0.5 }],
};
const NEW_CUP: LearntSegmentList = { ...NEW, product: "2" };

const store = (lists: readonly LearntSegmentList[], shop: ShopDomain = SHOP) =>
  streamInShop(database, shop, async (tx) => [
    await saveSegmentLists(tx, lists),
    await deleteSegmentListsExcept(tx, lists),
  ]);
const read = (shop = SHOP) => inShop(database, shop, (tx) => readSegmentLists(tx, [TEA, CUP]));
const listOf = ({ by, is, companions }: LearntSegmentList) => ({ by, is, companions });

test("gives back what was stored, each product's segments in the order in which they are to be tried", async () => {
  expect(await store([EURO, NEW, NEW_CUP])).toEqual([3, 0]);
  expect(await read()).toEqual(
    new Map([
      [TEA, [listOf(NEW), listOf(EURO)]],
      [CUP, [listOf(NEW)]],
    ]),
  );
  expect(await inShop(database, SHOP, readSegmentsInUse)).toEqual([
    { by: "customer", is: "new" },
    { by: "market", is: "EUR" },
  ]);
});

test("writes only what changed, and takes away what is no more", async () => {
  await store([EURO, NEW, NEW_CUP]);
  expect(await store([{ ...EURO, place: 0 }, NEW_CUP])).toEqual([1, 1]);
  expect((await read()).get(TEA)).toEqual([listOf(EURO)]);
  expect(await store([])).toEqual([0, 2]);
  expect(await read()).toEqual(new Map());
  expect(await inShop(database, SHOP, readSegmentsInUse)).toEqual([]);
});

test("keeps one shop's lists from another's", async () => {
  const other = shopDomain("other.myshopify.com");
  await store([EURO]);
  await store([NEW], other);
  expect((await read()).get(TEA)).toEqual([listOf(EURO)]);
  expect((await read(other)).get(TEA)).toEqual([listOf(NEW)]);
});
