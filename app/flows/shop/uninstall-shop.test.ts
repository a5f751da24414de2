import { afterAll, beforeAll, expect, test } from "vitest";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { exportCustomerData } from "../customers/export-customer-data.ts";
import { moveEvents } from "../measurement/move-events.ts";
import { installShop } from "./install-shop.ts";
import { redactCustomer } from "../customers/redact-customer.ts";
import { runJob } from "../../jobs/run-job.ts";
import { redactShop, uninstallShop } from "./uninstall-shop.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let customerId: string;

beforeAll(async () => {
  const shop = generateShop({ locale: "en", seed: 5, now: NOW, orders: 300 });
  customerId = [...shop.orders.values()].find((order) => order.customerId !== null)!.customerId!;
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

async function tablesWithRows(): Promise<string[]> {
  const { pool } = app.context.database;
  const { rows } = await pool.query<{ name: string }>(
    `SELECT CASE schemaname WHEN 'public' THEN tablename ELSE schemaname || '.' || tablename END AS name
     FROM pg_tables WHERE schemaname IN ('public', 'events') AND tablename <> 'migrations' ORDER BY 1`,
  );
  const full: string[] = [];
  for (const { name } of rows) if ((await pool.query(`SELECT 1 FROM ${name} LIMIT 1`)).rowCount) full.push(name);
  return full;
}

test("exports everything that is stored of a customer who asks, then redacts them, and the sales remain", async () => {
  const data = await exportCustomerData(app.shop, { customerId }, app.context);
  expect(data.orders.length).toBeGreaterThan(0);
  const { rows } = await redactCustomer(app.shop, { customerId, orderIds: [] }, app.context);
  expect(rows).toBeGreaterThan(0);
  expect((await exportCustomerData(app.shop, { customerId }, app.context)).orders).toEqual([]);
  const { rowCount } = await app.context.database.pool.query("SELECT 1 FROM orders");
  expect(rowCount).toBe(300);
});

const HOUR_MS = 3_600_000;
const end = (job: "uninstall-shop" | "redact-shop", triggeredAt: number) =>
  runJob(job, { shop: app.shop, triggeredAt: new Date(triggeredAt).toISOString() }, app.context);

test.each(["uninstall-shop", "redact-shop"] as const)(
  "%s from before the present install changes nothing, though its token has expired",
  async (job) => {
    await app.context.database.pool.query("UPDATE sessions SET expires = to_timestamp(0)");
    await end(job, NOW - HOUR_MS);
    expect(await tablesWithRows()).toContain("order_lines");
    await app.signIn();
  },
);

test.each(["uninstall-shop", "redact-shop"] as const)(
  "%s that came after the last look at the shop changes nothing while Shopify knows our token",
  async (job) => {
    await end(job, NOW + HOUR_MS);
    expect(await tablesWithRows()).toContain("order_lines");
  },
);

test("an uninstall is carried out once Shopify knows our token no more", async () => {
  await app.context.database.pool.query("UPDATE sessions SET access_token = 'revoked'");
  await end("uninstall-shop", NOW + HOUR_MS);
  expect(await tablesWithRows()).not.toContain("order_lines");
  await app.context.database.pool.query("DELETE FROM redactions");
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});

test("after an uninstall nothing of the shop is left but the proof, which does not name it", async () => {
  await app.context.database.pool.query(
    "INSERT INTO customer_suggestions (shop, customer_key, order_id, adds, owned) VALUES ($1, 'someone', 1, '[]', '[]')",
    [app.shop],
  );
  const seen = { shop: app.shop, id: "event-1", kind: "seen", at: NOW, visitor: "", product: "0" } as const;
  await app.context.events.append([{ ...seen, offer: 1, surface: "product" }]);
  await app.context.events.countRefused([{ shop: app.shop, reason: "future", events: 1 }], new Date(NOW));
  await moveEvents(app.context);
  await app.context.events.append([{ ...seen, id: "event-2", offer: 1, surface: "product" }]);
  const before = await tablesWithRows();
  for (const table of ["order_lines", "events.events", "events.hourly", "events.refused", "events.staged"]) {
    expect(before).toContain(table);
  }
  await uninstallShop(app.shop, app.context);
  expect(await tablesWithRows()).toEqual(["redacted_customers", "redactions"]);
  const { rows } = await app.context.database.pool.query<{ text: string }>("SELECT r::text AS text FROM redactions r");
  expect(rows.map(({ text }) => text).join()).not.toContain("tsuide-demo");
});

test("Shopify's later request to forget the shop, and jobs that come too late, find nothing to do", async () => {
  await redactShop(app.shop, app.context);
  await runJob("publish-offers", { shop: app.shop }, app.context);
  await runJob("sync-orders", { shop: app.shop }, app.context);
  expect(await tablesWithRows()).toEqual(["redacted_customers", "redactions"]);
});
