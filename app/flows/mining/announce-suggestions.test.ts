import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { runJob } from "../../jobs/run-job.ts";
import { chooseCompanion } from "../offers/choose-companion.ts";
import { startImport } from "../orders/start-import.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { MOST_ANNOUNCED } from "./announce-suggestions.ts";
import { mineAssociations } from "./mine-associations.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const PRODUCTS = Array.from({ length: 80 }, (_, n) => String(1001 + n));
const [TEA, POT, CUP, PLATE, SALT, PEPPER] = PRODUCTS as [string, string, string, string, string, string];

let app: WiredApp;
let shop: DevShop;
let orders = 0;

/** Orders of single products, so that pairs stand out, and tea with a pot from the beginning. */
beforeAll(async () => {
  shop = smallShop(PRODUCTS);
  app = await wireApp([shop], { now: () => NOON, unlimitedCalls: true });
  for (let n = 0; n < 400; n++) add([PRODUCTS[n % PRODUCTS.length]!]);
  for (let n = 0; n < 20; n++) add([TEA, POT]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await startImport(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(() => {
  shop.flowTriggers = [];
});

function add(products: readonly string[]): string {
  const id = String(++orders);
  shop.orders.set(id, smallOrder(id, products, NOON - (1000 - orders) * HOUR));
  return id;
}

async function sell(products: readonly string[], times: number): Promise<void> {
  for (let n = 0; n < times; n++) await syncOrder(app.shop, gid("Order", add(products)), app.context);
}

async function aNight(): Promise<void> {
  await mineAssociations(app.shop, app.context);
  await app.drain();
  // What was published meanwhile.
  await runJob("announce-suggestions", { shop: app.shop }, app.context);
  await app.drain();
}

const sent = () => (shop.flowTriggers ?? []).filter(({ handle }) => handle === "suggestion-found");
const pairs = () =>
  sent().map(({ payload: { product_id: product, "Companion ID": companion } }) => [String(product), companion].sort());
const stored = async (sql: string) => (await app.context.database.pool.query<Record<string, unknown>>(sql)).rows;

test("what the first mining of a shop finds is noted, and announced neither then nor later", async () => {
  expect(await stored("SELECT product_id::text, companions::text FROM noted_suggestions")).toEqual([
    { product_id: TEA, companions: `{${POT}}` },
  ]);
  expect(await stored("SELECT 1 FROM flow_triggers")).toEqual([]);
  await aNight();
  expect(sent()).toEqual([]);
});

test("two products that are newly bought together are announced once, with what orders say", async () => {
  await sell([CUP, PLATE], 15);
  await aNight();
  expect(pairs()).toEqual([[CUP, PLATE]]);
  const { payload } = sent()[0]!;
  expect(payload).toMatchObject({ Evidence: "strong", "Orders together": 15 });
  expect(payload.Companion).toBe(`Product ${String(payload["Companion ID"])}`);
  expect(Number(payload["Times chance"])).toBeGreaterThan(2);
  shop.flowTriggers = [];
  await sell([CUP, PLATE], 5);
  await aNight();
  expect(sent()).toEqual([]);
});

test("a pair that staff have decided about is not announced", async () => {
  await chooseCompanion(
    app.shop,
    { trigger: gid("Product", SALT), companion: gid("Product", PEPPER), kind: "block" },
    app.context,
  );
  await chooseCompanion(
    app.shop,
    { trigger: gid("Product", PEPPER), companion: gid("Product", SALT), kind: "block" },
    app.context,
  );
  await sell([SALT, PEPPER], 15);
  await aNight();
  expect(pairs()).toEqual([]);
});

test("of many new ones the ten of the best evidence are announced, and no other later", async () => {
  const planted = Array.from({ length: 13 }, (_, n) => [PRODUCTS[20 + 2 * n]!, PRODUCTS[21 + 2 * n]!]);
  for (const [n, pair] of planted.entries()) await sell(pair, 10 + n);
  await aNight();
  expect(pairs().length).toBe(MOST_ANNOUNCED);
  expect(pairs().map(String).sort()).toEqual(planted.slice(3).map(String).sort());
  shop.flowTriggers = [];
  await aNight();
  expect(sent()).toEqual([]);
});

test("nothing is kept of a shop that left", async () => {
  await uninstallShop(app.shop, app.context);
  expect(await stored("SELECT 1 FROM noted_suggestions UNION ALL SELECT 1 FROM flow_triggers")).toEqual([]);
  await runJob("announce-suggestions", { shop: app.shop }, app.context);
});
