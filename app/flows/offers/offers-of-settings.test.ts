import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain, type ShopDomain } from "../../domain/ids.ts";
import { openDatabase, type Database } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { makeFirstOffers, readOfferTerms, saveOfferTerms } from "./offer-terms.ts";

const MIGRATION = readFileSync(
  join(import.meta.dirname, "../../../prisma/migrations/20261128124000_offers_of_settings/migration.sql"),
  "utf8",
);
const NOW = new Date("2026-11-28T00:00:00Z");
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

async function shopWith(name: string, chosen: object | null): Promise<ShopDomain> {
  const shop = shopDomain(`${name}.myshopify.com`);
  await database.pool.query(
    `INSERT INTO shops (domain, shopify_id, name, currency, currencies, timezone, installation_id, all_orders, installed_at)
     VALUES ($1, 'x', 'x', 'USD', '{USD}', 'UTC', 'x', true, now())`,
    [shop],
  );
  if (chosen !== null) await database.pool.query("INSERT INTO settings (shop, chosen) VALUES ($1, $2)", [shop, chosen]);
  return shop;
}

const terms = (shop: ShopDomain) => inShop(database, shop, readOfferTerms);
const offers = (shop: ShopDomain) => inShop(database, shop, (tx) => readOffers(tx));

test("what shops had set for sets and goal becomes two offers that say the same, made once", async () => {
  const set = { setDiscountBasisPoints: 1500, setSize: 2, mode: "review", goalAmounts: { USD: 7500, JPY: 8000 } };
  const chosen = { ...set, goalEnabled: true, paused: true };
  const [whole, off, fresh] = [
    await shopWith("whole", chosen),
    await shopWith("off", { ...chosen, setDiscountBasisPoints: 0, goalEnabled: false }),
    await shopWith("fresh", null),
  ];
  await database.pool.query(MIGRATION);
  await database.pool.query(MIGRATION);
  expect((await terms(whole)).terms).toEqual({ ...set, goalEnabled: true });
  expect((await terms(off)).terms).toEqual({ ...set, setDiscountBasisPoints: 0, goalEnabled: false });
  const first = { setDiscountBasisPoints: 0, setSize: 3, mode: "automatic", goalEnabled: false, goalAmounts: {} };
  expect((await terms(fresh)).terms).toEqual(first);
  for (const shop of [whole, off, fresh]) {
    expect((await offers(shop)).map(({ number, type, fault }) => [number, type, fault])).toEqual([
      [1, "bought-together", null],
      [2, "goal", null],
    ]);
  }
  // Made by the migration or at install, the offers of a new shop are the same.
  const installed = await shopWith("installed", null);
  await inShop(database, installed, (tx) => makeFirstOffers(tx, NOW));
  expect((await offers(installed)).map(({ offer }) => offer)).toEqual((await offers(fresh)).map(({ offer }) => offer));
});

test("an install makes the first offers once", async () => {
  const shop = await shopWith("twice", null);
  for (let time = 0; time < 2; time++) await inShop(database, shop, (tx) => makeFirstOffers(tx, NOW));
  expect((await offers(shop)).map(({ type, status }) => `${type} ${status}`)).toEqual([
    "bought-together active",
    "goal draft",
  ]);
});

test("saving the settings page changes only the offer whose terms changed", async () => {
  const shop = await shopWith("page", null);
  await inShop(database, shop, (tx) => makeFirstOffers(tx, NOW));
  const save = (changes: object) =>
    inShop(database, shop, async (tx) => saveOfferTerms(tx, { ...(await readOfferTerms(tx)).terms, ...changes }, NOW));
  const states = async () => (await offers(shop)).map(({ version, status }) => `${version} ${status}`);
  await save({});
  expect(await states()).toEqual(["1 active", "1 draft"]);
  await save({ setDiscountBasisPoints: 1000 });
  await save({ goalEnabled: true, goalAmounts: { USD: 100 } });
  expect(await states()).toEqual(["2 active", "2 active"]);
  await save({ goalEnabled: false });
  expect(await states()).toEqual(["2 active", "3 paused"]);
  expect(await terms(shop)).toMatchObject({ terms: { setDiscountBasisPoints: 1000, goalEnabled: false }, version: 5 });
});
