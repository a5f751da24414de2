import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain, type ShopDomain } from "../../domain/ids.ts";
import { openDatabase, type Database } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { makeFirstOffers } from "./make-first-offers.ts";

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

const offers = (shop: ShopDomain) => inShop(database, shop, (tx) => readOffers(tx));

/** What the sections of the settings said before there were offers, read from the offers. */
async function terms(shop: ShopDomain): Promise<object> {
  const [set, goal] = (await offers(shop)).map(({ offer }) => offer!);
  return {
    ...{ reward: set!.reward, mode: set!.mode, setSize: (set!.config as { setSize: number }).setSize },
    ...{ goal: goal!.status, amounts: (goal!.config as { amounts: object }).amounts },
  };
}

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
  const amounts = { USD: 7500, JPY: 8000 };
  const percent = { kind: "percent", basisPoints: 1500 };
  expect(await terms(whole)).toEqual({ reward: percent, mode: "review", setSize: 2, goal: "active", amounts });
  expect(await terms(off)).toEqual({ reward: null, mode: "review", setSize: 2, goal: "draft", amounts });
  expect(await terms(fresh)).toEqual({ reward: null, mode: "automatic", setSize: 3, goal: "draft", amounts: {} });
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
