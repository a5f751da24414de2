import { afterEach, beforeEach, expect, test } from "vitest";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { ensureInstalled } from "./ensure-installed.ts";
import { readHome } from "./read-home.ts";
import { installShop } from "./install-shop.ts";
import { refreshShop } from "./refresh-shop.ts";
import { readImport } from "../orders/read-import.ts";
import { runJob } from "../../jobs/run-job.ts";
import { startImport } from "../orders/start-import.ts";
import { watchShop } from "./watch-shop.ts";
import { uninstallShop } from "./uninstall-shop.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let shop: DevShop;

beforeEach(async () => {
  const orders = [smallOrder("1", ["101", "102"], NOW - 1000)];
  shop = smallShop(["101", "102"], { orders: new Map(orders.map((order) => [order.id, order])) });
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  // Connections that are open already: opening them one after the other would keep apart what is to meet.
  const { pool } = app.context.database;
  await Promise.all(Array.from({ length: 6 }, () => pool.query("SELECT pg_sleep(0.05)")));
});
afterEach(() => app.close());

async function rowsOf(query: string): Promise<number> {
  return (await app.context.database.pool.query(query)).rowCount ?? 0;
}
const imports = () => rowsOf("SELECT 1 FROM import_runs");
/** Bulk operations that Shopify was asked for: two of each import. */
const bulkOperations = () => app.store.log.filter(({ operation }) => operation === "RunBulkQuery").length;

test("a first visit whose loaders run side by side makes one shop and one import", async () => {
  await Promise.all([
    installShop(app.shop, app.context),
    installShop(app.shop, app.context),
    ensureInstalled(app.shop, app.context),
  ]);
  expect(await rowsOf("SELECT 1 FROM shops")).toBe(1);
  expect(await rowsOf("SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'start-import'")).toBe(1);
  await app.drain();
  expect(await imports()).toBe(1);
  expect(bulkOperations()).toBe(2);
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", ordersStored: 1 });
});

test("an install that comes while the first one's import starts makes no second one", async () => {
  await installShop(app.shop, app.context);
  // As where a worker has taken the job, so that it no longer stands for the second install's.
  await Promise.all([runJob("start-import", { shop: app.shop }, app.context), installShop(app.shop, app.context)]);
  await app.drain();
  expect(await imports()).toBe(1);
  expect(bulkOperations()).toBe(2);
});

test("the import is there from the first second, before any job has run", async () => {
  await installShop(app.shop, app.context);
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "waiting", ordersStored: 0 });
});

test("four starts of an import beside the install's own start none", async () => {
  await installShop(app.shop, app.context);
  const codes = await Promise.all([1, 2, 3, 4].map(() => startImport(app.shop, app.context)));
  expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(["already-running"]));
  await app.drain();
  expect(await imports()).toBe(1);
  expect(bulkOperations()).toBe(2);
});

test("of four starts after an import failed one starts it again, and none does once it is done", async () => {
  await installShop(app.shop, app.context);
  await app.context.database.pool.query("UPDATE import_runs SET status = 'failed', error_code = 'expired'");
  const codes = await Promise.all([1, 2, 3, 4].map(() => startImport(app.shop, app.context)));
  expect(codes.map(({ code }) => code).toSorted()).toEqual([
    "already-running",
    "already-running",
    "already-running",
    "started",
  ]);
  await app.drain();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", ordersStored: 1 });
  const asked = bulkOperations();
  expect(await startImport(app.shop, app.context)).toEqual({ code: "already-done" });
  await app.drain();
  expect([await imports(), bulkOperations()]).toEqual([2, asked]);
});

test("older orders are read once Shopify opens them to the app, and only then", async () => {
  shop.orders.set("2", { ...smallOrder("2", ["101"], NOW - 100 * 86_400_000) });
  const { scopes } = shop.installation;
  app.store.context(app.shop).setScopes(scopes.filter((scope) => scope !== "read_all_orders"));
  await installShop(app.shop, app.context);
  await app.drain();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", ordersStored: 1, truncated: true });
  app.store.context(app.shop).setScopes(scopes);
  await refreshShop(app.shop, app.context);
  await app.drain();
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", ordersStored: 2, truncated: false });
  await refreshShop(app.shop, app.context);
  await app.drain();
  expect(await imports()).toBe(2);
});

test("a later sign-in imports nothing again", async () => {
  await installShop(app.shop, app.context);
  await app.drain();
  await Promise.all([installShop(app.shop, app.context), ensureInstalled(app.shop, app.context)]);
  await app.drain();
  expect(await imports()).toBe(1);
});

test("a shop that comes back after an uninstall is imported once more, and says that what was there is gone", async () => {
  const notices = async () => (await readHome(app.shop, app.context)).notices.map(({ code }) => code);
  await installShop(app.shop, app.context);
  await app.drain();
  expect(await notices()).toEqual([]);
  await uninstallShop(app.shop, app.context);
  expect(await imports()).toBe(0);
  await app.signIn();
  await Promise.all([installShop(app.shop, app.context), installShop(app.shop, app.context)]);
  await app.drain();
  expect(await imports()).toBe(1);
  expect(await readImport(app.shop, app.context)).toMatchObject({ status: "done", ordersStored: 1 });
  expect(await notices()).toEqual(["installed-again"]);
  // Nothing that a workflow could act on.
  await watchShop(app.shop, app.context);
  await app.drain();
  expect(shop.flowTriggers ?? []).toEqual([]);
});
