import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain } from "../../domain/ids.ts";
import { openDatabase, type Database } from "../database/database.ts";
import { inShop, type ShopTransaction } from "../database/in-shop.ts";
import { saveShopSettings } from "../settings/settings.ts";
import { noteHoldout, readHoldout, readSplit } from "./experiments.ts";

const TEA = shopDomain("tea.myshopify.com");
const BOOKS = shopDomain("books.myshopify.com");
let made: TestDatabase;
let database: Database;

beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(made.url);
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

const inside = <T>(work: (tx: ShopTransaction) => Promise<T>, shop = TEA) => inShop(database, shop, work);

test("a shop's split has a salt of its own that stays, and holds out 5 % until staff say otherwise", async () => {
  const first = await inside(readSplit);
  expect(first).toMatchObject({ holdoutSlots: 500, experiments: [] });
  expect(first.shopSalt).toMatch(/^[0-9a-f]{32}$/);
  expect(await inside(readSplit)).toEqual(first);
  expect((await inside(readSplit, BOOKS)).shopSalt).not.toBe(first.shopSalt);
  const at = new Date("2026-11-20T00:00:00Z");
  const later = new Date("2026-11-21T00:00:00Z");
  await inside((tx) => saveShopSettings(tx, { holdoutPercent: 10 }));
  expect(await inside((tx) => noteHoldout(tx, at))).toEqual({ changed: true });
  expect(await inside((tx) => noteHoldout(tx, later))).toEqual({ changed: false });
  expect(await inside(readSplit)).toEqual({ ...first, holdoutSlots: 1000 });
  expect(await inside(readHoldout)).toMatchObject({ percent: 10, since: at });
  expect(await inside(readHoldout, BOOKS)).toMatchObject({ percent: 5, since: null });
});

test("experiments that run split shoppers by their arms, and no others do", async () => {
  const content = { name: "", compares: "nothing", offers: [7], weights: [3, 1], sharePercent: 50 };
  const times = { createdAt: new Date(), updatedAt: new Date(), startedAt: new Date() };
  const place = { layer: "e1", rangeFrom: 0, rangeTo: 5000, ...times };
  await inside(async (tx) => {
    for (const [number, status] of [
      [1, "running"],
      [2, "draft"],
      [3, "ended"],
    ] as const) {
      await tx.db.experiment.create({ data: { shop: TEA, number, status, name: "", content, ...place } });
    }
  });
  expect((await inside(readSplit)).experiments).toEqual([
    {
      id: "1",
      layer: "e1",
      range: { from: 0, to: 5000 },
      arms: [
        { name: "7", weight: 3, hides: [] },
        { name: "", weight: 1, hides: [7] },
      ],
    },
  ]);
  expect((await inside(readSplit, BOOKS)).experiments).toEqual([]);
});
