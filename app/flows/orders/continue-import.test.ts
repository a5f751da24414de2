import { afterEach, beforeEach, expect, test } from "vitest";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { TransportFailed } from "../../shopify/client/errors.ts";
import { continueImport } from "./continue-import.ts";
import { installShop } from "../shop/install-shop.ts";
import { readHome } from "../shop/read-home.ts";
import { readImport } from "./read-import.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { beginImport, startImport } from "./start-import.ts";
import { syncOrder } from "./sync-order.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let shop: DevShop;

/** How far the clock goes on each time that it is looked at: Shopify's bucket fills with time. */
let tick = 0;
let elapsed = 0;

beforeEach(async () => {
  tick = 0;
  elapsed = 0;
  shop = generateShop({ locale: "ja", seed: 3, now: NOW, orders: 1_500 });
  app = await wireApp([shop], { now: () => NOW + (elapsed += tick) });
  await app.signIn();
  await installShop(app.shop, app.context);
  await startImport(app.shop, app.context);
});
afterEach(() => app.close());

const lines = () => [...shop.orders.values()].reduce((sum, order) => sum + order.lines.length, 0);

/** Takes the import as far as it goes, waiting for the dev store in between. */
async function goOn(): Promise<void> {
  for (let round = 0; round < 10; round++) {
    await continueImport(app.shop, app.context);
    await app.store.settled();
  }
}

async function count(table: string): Promise<number> {
  const { rows } = await app.context.database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]!.n;
}

test("an import that is killed half-way goes on where it was and counts nothing twice", async () => {
  const { gateway } = app.context;
  const bulkLines = gateway.bulkLines.bind(gateway);
  let batches = 0;
  gateway.bulkLines = async function* (...args) {
    for await (const batch of bulkLines(...args)) {
      if (++batches === 3 || batches === 5) throw new TransportFailed("killed");
      yield batch;
    }
  };
  let kills = 0;
  for (let round = 0; round < 12 && (await readImport(app.shop, app.context))?.status !== "done"; round++) {
    await continueImport(app.shop, app.context).catch((error: unknown) => {
      expect(error).toBeInstanceOf(TransportFailed);
      kills++;
    });
    await app.store.settled();
  }
  expect(kills).toBe(2);
  const progress = await readImport(app.shop, app.context);
  expect(progress).toMatchObject({ status: "done", ordersStored: shop.orders.size, linesStored: lines() });
  expect([await count("orders"), await count("order_lines")]).toEqual([shop.orders.size, lines()]);
});

test("PostgreSQL knows of an import's rows before the import ends", async () => {
  // -1 as long as nobody has counted.
  const known = `SELECT relname, reltuples::int AS rows FROM pg_class WHERE relname IN ('orders', 'order_lines', 'order_sales')`;
  const { pool } = app.context.database;
  expect((await pool.query(known)).rows.map(({ rows }) => rows)).toEqual([-1, -1, -1]);
  await goOn();
  const { rows } = await pool.query<{ relname: string; rows: number }>(known);
  for (const one of rows) expect(one.rows, one.relname).toBeGreaterThan(500);
});

test("an order that changes while its history is imported is taken in at once, and stays as it is now", async () => {
  const { gateway } = app.context;
  const bulkLines = gateway.bulkLines.bind(gateway);
  const newest = [...shop.orders.values()].at(-1)!;
  let outcome: unknown;
  gateway.bulkLines = async function* (...args) {
    for await (const batch of bulkLines(...args)) {
      yield batch;
      const { rowCount } = await app.context.database.pool.query("SELECT 1 FROM order_lines LIMIT 1");
      if (outcome !== undefined || rowCount === 0) continue;
      shop.orders.set(newest.id, { ...newest, name: "#changed", updatedAt: newest.updatedAt + 1000 });
      outcome = await syncOrder(app.shop, gid("Order", newest.id), app.context);
    }
  };
  await goOn();
  expect(outcome).toEqual({ code: "stored" });
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", linesStored: lines() });
  const { rows } = await app.context.database.pool.query("SELECT name FROM orders WHERE order_id = $1", [newest.id]);
  expect(rows).toEqual([{ name: "#changed" }]);
  expect([await count("orders"), await count("order_lines")]).toEqual([shop.orders.size, lines()]);
});

test("a file that ends in the middle of a line loses nothing: the rest is fetched", async () => {
  app.store.shops.get(shop.domain)!.bulk.truncateNextDownload();
  // How many calls it takes until the file is there depends on how fast the dev store writes it.
  let error: unknown = null;
  for (let round = 0; round < 10 && error === null; round++) {
    await continueImport(app.shop, app.context).catch((thrown: unknown) => (error = thrown));
    await app.store.settled();
  }
  expect(error).toBeInstanceOf(TransportFailed);
  await goOn();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", linesStored: lines() });
  expect(await count("products")).toBe(shop.products.size);
});

test("a second import of the same shop changes no count", async () => {
  await goOn();
  const before = [await count("orders"), await count("order_lines"), await count("variants")];
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, new Date(NOW)));
  await goOn();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done" });
  expect([await count("orders"), await count("order_lines"), await count("variants")]).toEqual(before);
});

test("an import that Shopify refuses ends with a code that the page can word", async () => {
  const { installation } = app.store.shops.get(shop.domain)!.shop;
  installation.scopes = installation.scopes.filter((scope) => scope !== "read_customers");
  await app.signIn();
  await goOn();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "failed", errorCode: "access-denied" });
});

test("where Shopify runs no bulk operations for the app, the same is read page by page", async () => {
  await goOn();
  const tables = ["orders", "order_lines", "products", "variants", "collection_members"];
  const counts = async () => Promise.all(tables.map(count));
  const inBulk = await counts();
  await app.context.database.pool.query(`TRUNCATE ${tables.join(", ")}, import_runs`);
  app.store.shops.get(shop.domain)!.bulk.enabled = false;
  tick = 1000;
  await startImport(app.shop, app.context);
  await goOn();
  expect(await readImport(app.shop, app.context)).toMatchObject({
    status: "done",
    ordersStored: shop.orders.size,
    linesStored: lines(),
  });
  expect(await counts()).toEqual(inBulk);
  const { notices } = await readHome(app.shop, app.context);
  expect(notices).toMatchObject([{ code: "bulk-not-enabled", isForMerchant: false }]);
});

test("reading by pages goes on where it was killed, and counts nothing twice", async () => {
  app.store.shops.get(shop.domain)!.bulk.enabled = false;
  tick = 1000;
  const { gateway } = app.context;
  const pages = gateway.pages.bind(gateway);
  let read = 0;
  gateway.pages = async function* (...args) {
    for await (const page of pages(...args)) {
      if (++read % 20 === 0) throw new TransportFailed("killed");
      yield page;
    }
  };
  let kills = 0;
  for (let round = 0; round < 12 && (await readImport(app.shop, app.context))?.status !== "done"; round++) {
    await continueImport(app.shop, app.context).catch((error: unknown) => {
      expect(error).toBeInstanceOf(TransportFailed);
      kills++;
    });
  }
  expect(kills).toBeGreaterThan(2);
  expect(await readImport(app.shop, app.context)).toMatchObject({
    status: "done",
    ordersStored: shop.orders.size,
    linesStored: lines(),
  });
  expect(await count("order_lines")).toBe(lines());
});

test("a shop that Shopify has locked is reported as such", async () => {
  app.store.shops.get(shop.domain)!.refusal = { status: 423, body: "" };
  await goOn();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "failed", errorCode: "shop-closed" });
  expect((await readHome(app.shop, app.context)).notices).toMatchObject([{ code: "frozen" }]);
});
