import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { emptyShop } from "../../../../test/dev-store/shop/empty-shop.ts";
import { wireApp, type WiredApp } from "../../../../test/fixtures/wired-app.ts";
import { gid } from "../../../domain/ids.ts";
import { readActivity } from "../../activity/read-activity.ts";
import { hideUpgrade, setUpgradeCap, showUpgrade } from "./choose-upgrades.ts";
import { findUpgrades } from "./find-upgrades.ts";
import { excludeProduct } from "../../offers/exclude-product.ts";
import { installShop } from "../../shop/install-shop.ts";
import { readUpgrades } from "./read-upgrades.ts";
import { uninstallShop } from "../../shop/uninstall-shop.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const PLAIN = gid("Product", 1);
const FINE = gid("Product", 2);
/** Names of things that have nothing to do with each other. */
const words = [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => letter.repeat(4));
const SOAP_SMALL = gid("ProductVariant", 60);
const SOAP_LARGE = gid("ProductVariant", 61);

let app: WiredApp;

/** Kettles of 25 prices, a soap in two sizes, other things, and customers of whom some move on to the fine kettle. */
async function stockShop(): Promise<void> {
  const { pool } = app.context.database;
  await pool.query(
    "TRUNCATE products, variants, baskets, upgrades, upgrade_runs, hidden_upgrades, approved_upgrades, settings",
  );
  const kettles = [
    "Plain Kettle 0.8 L",
    "Fine Kettle 1.2 L",
    ...Array.from({ length: 23 }, (_, n) => `${words[n]} Kettle`),
  ];
  const products = [
    ...kettles.map((title, n) => ({ id: n + 1, title, kind: "Kettles", tags: n === 1 ? ["quiet"] : [] })),
    { id: 50, title: "Soap", kind: "Soaps", tags: [] },
    ...words.map((word, n) => ({ id: 70 + n, title: word, kind: word, tags: [] })),
  ];
  const variants = [
    ...kettles.map((_, n) => ({
      id: 100 + n,
      product: n + 1,
      title: "Default Title",
      price: n === 1 ? 1400 : 1000 + 20 * n,
    })),
    { id: 60, product: 50, title: "250 ml / Rose", price: 1000 },
    { id: 61, product: 50, title: "500 ml / Rose", price: 1800 },
  ];
  const baskets = Array.from({ length: 200 }, (_, n) =>
    (n < 30 ? [1, 2] : [1 + (n % 25), 1 + ((n * 7) % 25)]).map((product, later) => ({
      ...{ id: n * 2 + later, customer: `c${n}`, product },
      at: new Date(NOW - 86_400_000 * (300 - n - 40 * later)),
    })),
  ).flat();
  await pool.query(
    `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, published_at,
       updated_at)
     SELECT $1, p.id, p.title, 'a-thing', 'Kiln', p.kind, ARRAY(SELECT json_array_elements_text(p.tags)), 'active', false,
       now(), now() FROM json_to_recordset($2) AS p(id bigint, title text, kind text, tags json)`,
    [app.shop, JSON.stringify(products)],
  );
  await pool.query(
    `INSERT INTO variants (shop, variant_id, product_id, title, price_minor, available, version)
     SELECT $1, v.id, v.product, v.title, v.price, true, now()
     FROM json_to_recordset($2) AS v(id bigint, product bigint, title text, price bigint)`,
    [app.shop, JSON.stringify(variants)],
  );
  await pool.query(
    `INSERT INTO baskets (shop, order_id, at, customer_key, channel, products)
     SELECT $1, b.id, b.at, b.customer, 'online', ARRAY[b.product]
     FROM json_to_recordset($2) AS b(id bigint, at timestamptz, customer text, product bigint)`,
    [app.shop, JSON.stringify(baskets)],
  );
}

beforeAll(async () => {
  const shop = emptyShop({
    ...{
      domain: "kettles.myshopify.com",
      name: "Kettles",
      currency: "USD",
      locale: "en" as const,
      timezone: "Asia/Tokyo",
    },
  });
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
});
beforeEach(stockShop);
afterAll(() => app.close());

const everything = { search: "", page: 1, filter: "all" } as const;
const plainKettle = async () =>
  (await readUpgrades(app.shop, { ...everything, search: "plain kettle" }, app.context)).rows[0]!;
const storedRows = async () =>
  (await app.context.database.pool.query("SELECT product_id, moved, found FROM upgrades ORDER BY product_id")).rows;

test("says that nothing was looked for, then what was found: what customers moved on to first, with the difference", async () => {
  expect(await readUpgrades(app.shop, everything, app.context)).toMatchObject({
    status: "never",
    foundAt: null,
    total: 0,
  });
  const outcome = await findUpgrades(app.shop, app.context);
  const view = await readUpgrades(app.shop, everything, app.context);
  expect(outcome).toEqual({ code: "found", baskets: 400, products: view.total });
  expect(view).toMatchObject({ status: "done", capPercent: 150, page: 1, orders: 400, timezone: "Asia/Tokyo" });
  expect(view.foundAt).toBe("2026-11-20T12:00:00.000Z");
  const [first] = view.rows;
  expect(first).toMatchObject({ productId: PLAIN, price: { amountMinor: 1000, currency: "USD" } });
  expect(first!.candidates[0]).toMatchObject({
    ...{ productId: FINE, basis: "moved", hidden: false, available: true },
    price: { amountMinor: 1400, currency: "USD" },
    difference: { amountMinor: 400, currency: "USD" },
    differences: [
      { code: "size", measure: "volume", times: 1.5 },
      { code: "benefit", tag: "quiet" },
    ],
  });
  const { thenCustomers, expectedThenCustomers } = first!.candidates[0]!;
  expect(thenCustomers).toBeGreaterThanOrEqual(30);
  expect(expectedThenCustomers).toBeLessThan(thenCustomers);
});

test("the same orders give the same rows, in whatever order they came", async () => {
  await findUpgrades(app.shop, app.context);
  const before = await storedRows();
  expect(before.length).toBeGreaterThan(5);
  await app.context.database.pool.query(
    "CREATE TEMP TABLE IF NOT EXISTS turned AS SELECT * FROM baskets ORDER BY order_id DESC; DELETE FROM baskets; INSERT INTO baskets SELECT * FROM turned",
  );
  await findUpgrades(app.shop, app.context);
  expect(await storedRows()).toEqual(before);
});

test("what somebody hides stays hidden through the next run, until it is taken back", async () => {
  await findUpgrades(app.shop, app.context);
  expect(await hideUpgrade(app.shop, PLAIN, [FINE], app.context)).toEqual({ code: "ok" });
  expect(await hideUpgrade(app.shop, PLAIN, [FINE], app.context)).toEqual({ code: "ok" });
  await findUpgrades(app.shop, app.context);
  const { candidates } = await plainKettle();
  expect(candidates.filter(({ hidden }) => hidden).map(({ productId }) => productId)).toEqual([FINE]);
  const hidden = await readUpgrades(app.shop, { ...everything, filter: "hidden" }, app.context);
  expect(hidden.rows.map(({ productId }) => productId)).toEqual([PLAIN]);
  expect(await showUpgrade(app.shop, PLAIN, [FINE], app.context)).toEqual({ code: "ok" });
  expect((await plainKettle()).candidates[0]).toMatchObject({ productId: FINE, hidden: false });
  expect((await readUpgrades(app.shop, { ...everything, filter: "hidden" }, app.context)).total).toBe(0);
});

test("a product that is excluded from all recommendations is no upgrade, and has none, until it is allowed again", async () => {
  await findUpgrades(app.shop, app.context);
  const before = (await plainKettle()).candidates.length;
  await excludeProduct(app.shop, FINE, { asTrigger: false, asCompanion: true }, app.context);
  expect((await plainKettle()).candidates.map(({ productId }) => productId)).not.toContain(FINE);
  expect((await plainKettle()).candidates.length).toBe(before - 1);
  await excludeProduct(app.shop, PLAIN, { asTrigger: true, asCompanion: false }, app.context);
  expect(await plainKettle()).toBe(undefined);
  for (const product of [PLAIN, FINE]) {
    await excludeProduct(app.shop, product, { asTrigger: false, asCompanion: false }, app.context);
  }
  expect((await plainKettle()).candidates.length).toBe(before);
});

test("refuses what cannot be hidden and a cap that caps nothing, and changes nothing", async () => {
  expect(await hideUpgrade(app.shop, PLAIN, [PLAIN], app.context)).toEqual({ code: "same-product" });
  expect(await hideUpgrade(app.shop, gid("Product", 999), [FINE], app.context)).toEqual({ code: "unknown-product" });
  for (const percent of [100, 0, -5, 1001, 150.5, NaN, Infinity]) {
    expect(await setUpgradeCap(app.shop, percent, app.context)).toEqual({ code: "invalid" });
  }
  expect(await readUpgrades(app.shop, everything, app.context)).toMatchObject({ capPercent: 150 });
});

test("a higher cap finds more, larger variants of the same product among them, and a lower one holds at once", async () => {
  await findUpgrades(app.shop, app.context);
  const soap = async () => (await readUpgrades(app.shop, { ...everything, search: "soap" }, app.context)).rows;
  expect(await soap()).toEqual([]);
  expect(await setUpgradeCap(app.shop, 200, app.context)).toEqual({ code: "saved" });
  await findUpgrades(app.shop, app.context);
  expect((await soap())[0]!.variants).toMatchObject([
    {
      candidates: [`${SOAP_SMALL}>${SOAP_LARGE}`],
      option: "",
      from: "250 ml",
      to: "500 ml",
      difference: { amountMinor: 800 },
      better: { times: 2 },
    },
  ]);
  expect(await hideUpgrade(app.shop, gid("Product", 50), [SOAP_LARGE], app.context)).toEqual({ code: "ok" });
  expect((await soap())[0]!.variants).toMatchObject([{ hidden: true }]);
  const logged = async () => (await readActivity(app.shop, 1, app.context)).rows[0]!;
  expect(await logged()).toMatchObject({
    kind: "upgrade-hidden",
    other: null,
    step: { from: null, to: "500 ml / Rose" },
  });
  await showUpgrade(app.shop, gid("Product", 50), [`${SOAP_SMALL}>${SOAP_LARGE}`], app.context);
  expect((await soap())[0]!.variants).toMatchObject([{ hidden: false }]);
  expect(await logged()).toMatchObject({ kind: "upgrade-shown", step: { from: "250 ml / Rose", to: "500 ml / Rose" } });
  await setUpgradeCap(app.shop, 110, app.context);
  for (const { price, candidates } of (await readUpgrades(app.shop, everything, app.context)).rows) {
    for (const one of candidates) expect(one.price.amountMinor).toBeLessThanOrEqual(price!.amountMinor * 1.1);
  }
});

test("prices are today's: what is no dearer any more, or gone, is not suggested", async () => {
  const { pool } = app.context.database;
  await findUpgrades(app.shop, app.context);
  const suggested = async () => (await plainKettle()).candidates.map(({ productId }) => productId);
  expect(await suggested()).toContain(FINE);
  await pool.query("UPDATE variants SET price_minor = 900 WHERE product_id = 2");
  expect(await suggested()).not.toContain(FINE);
  await pool.query("UPDATE variants SET price_minor = 1400 WHERE product_id = 2");
  expect(await suggested()).toContain(FINE);
  await pool.query("UPDATE products SET deleted_at = now() WHERE product_id = 2");
  expect(await suggested()).not.toContain(FINE);
});

test("pages beyond the end, words that match nothing and rows that cannot be read break nothing", async () => {
  await findUpgrades(app.shop, app.context);
  const { pageCount } = await readUpgrades(app.shop, everything, app.context);
  expect((await readUpgrades(app.shop, { ...everything, page: 1_000_000 }, app.context)).page).toBe(pageCount);
  expect(await readUpgrades(app.shop, { ...everything, search: "%_'; --" }, app.context)).toMatchObject({
    total: 0,
    rows: [],
  });
  await app.context.database.pool.query("UPDATE upgrades SET found = '{\"candidates\": 3}'");
  for (const row of (await readUpgrades(app.shop, everything, app.context)).rows) {
    expect(row).toMatchObject({ candidates: [], variants: [] });
  }
});

test("an empty shop has none, and a shop that left is left alone", async () => {
  await app.context.database.pool.query("TRUNCATE products, variants, baskets");
  expect(await findUpgrades(app.shop, app.context)).toEqual({ code: "found", baskets: 0, products: 0 });
  await hideUpgrade(app.shop, PLAIN, [FINE], app.context);
  await uninstallShop(app.shop, app.context);
  expect(await findUpgrades(app.shop, app.context)).toEqual({ code: "unknown-shop" });
  for (const table of ["upgrades", "upgrade_runs", "hidden_upgrades", "approved_upgrades"]) {
    expect((await app.context.database.pool.query(`SELECT 1 FROM ${table}`)).rowCount).toBe(0);
  }
});
