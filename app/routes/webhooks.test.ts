import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeApp, stubEnvironment } from "../../test/fixtures/page-requests.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { emptyShop } from "../../test/dev-store/empty-shop.ts";
import type * as Route from "./webhooks.tsx";
import { installShop } from "../flows/shop/install-shop.ts";

const SHOP = "hooks.myshopify.com";
const ORDER = { id: 1234567890, updated_at: "2026-11-20T10:00:00Z", email: "someone@example.com" };

let app: WiredApp;
let action: (typeof Route)["action"];

beforeAll(async () => {
  const shop = emptyShop({ domain: SHOP, name: "Hooks", currency: "USD", locale: "en", timezone: "UTC" });
  app = await wireApp([shop]);
  stubEnvironment(app);
  await app.signIn();
  await installShop(app.shop);
  // The route reads the environment when it is loaded.
  ({ action } = await import("./webhooks.tsx"));
});
afterAll(() => closeApp(app));
beforeEach(async () => {
  await app.context.database.pool.query("TRUNCATE webhook_deliveries");
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
});

interface Changes {
  topic?: string;
  shop?: string;
  webhookId?: string;
  secret?: string;
  headers?: Record<string, string | null>;
}

function webhook(body: string, changes: Changes = {}): Request {
  const { topic = "orders/updated", shop = SHOP, webhookId = randomUUID(), secret = APP.apiSecret } = changes;
  const headers = new Headers({
    "content-type": "application/json",
    "x-shopify-topic": topic,
    "x-shopify-shop-domain": shop,
    "x-shopify-webhook-id": webhookId,
    "x-shopify-event-id": randomUUID(),
    "x-shopify-triggered-at": "2026-11-20T10:00:00.5Z",
    "x-shopify-api-version": "2026-07",
    "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
  });
  for (const [name, value] of Object.entries(changes.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return new Request(`${APP.url}/webhooks`, { method: "POST", headers, body });
}

const send = (request: Request) => action({ request, params: {}, context: {} });

async function stored(): Promise<{ deliveries: number; jobs: { task: string; key: string | null }[] }> {
  const { pool } = app.context.database;
  const { rowCount } = await pool.query("SELECT 1 FROM webhook_deliveries");
  const { rows } = await pool.query<{ task: string; key: string | null }>(
    "SELECT task_identifier AS task, key FROM graphile_worker.jobs ORDER BY id",
  );
  return { deliveries: rowCount ?? 0, jobs: rows };
}

const NOTHING = { deliveries: 0, jobs: [] };

test("a signed delivery is stored with its job and answered at once", async () => {
  expect((await send(webhook(JSON.stringify(ORDER)))).status).toBe(200);
  const { deliveries, jobs } = await stored();
  expect(deliveries).toBe(1);
  expect(jobs).toEqual([{ task: "sync-order", key: `sync-order/gid://shopify/Order/1234567890:${SHOP}` }]);
});

test("nothing of a customer gets into the database with a delivery", async () => {
  await send(webhook(JSON.stringify(ORDER)));
  const { rows } = await app.context.database.pool.query<{ text: string }>(
    "SELECT payload::text || coalesce(job_queue_id::text, '') AS text FROM graphile_worker._private_jobs",
  );
  expect(rows.map(({ text }) => text).join()).not.toContain("someone@example.com");
});

test("a repeated delivery changes nothing", async () => {
  const webhookId = randomUUID();
  await send(webhook(JSON.stringify(ORDER), { webhookId }));
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
  expect((await send(webhook(JSON.stringify(ORDER), { webhookId }))).status).toBe(200);
  expect(await stored()).toEqual({ deliveries: 1, jobs: [] });
});

test.each([
  ["a wrong signature", { secret: "another secret" }, 401],
  ["no signature", { headers: { "x-shopify-hmac-sha256": null } }, 400],
  ["no shop", { headers: { "x-shopify-shop-domain": null } }, 400],
  ["no topic", { headers: { "x-shopify-topic": null } }, 400],
  ["a shop that never installed the app", { shop: "stranger.myshopify.com" }, 404],
  ["a topic that nobody subscribed to", { topic: "carts/update" }, 404],
])("a delivery with %s is refused and leaves nothing but a line in the log", async (_, changes: Changes, status) => {
  const warn = vi.spyOn(app.context.log, "warn").mockImplementation(() => {});
  const response = await send(webhook(JSON.stringify(ORDER), changes));
  expect(response.status).toBe(status);
  expect(await response.text()).toBe("");
  expect(await stored()).toEqual(NOTHING);
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test.each([
  ["no JSON", "{"],
  ["no order in it", JSON.stringify({ hello: "world" })],
  ["an id that is none", JSON.stringify({ id: "1; drop table orders" })],
])("a signed body with %s is refused as malformed", async (_, body) => {
  expect((await send(webhook(body))).status).toBe(400);
  expect(await stored()).toEqual(NOTHING);
});

test("a body that was changed after it was signed is refused", async () => {
  const honest = webhook(JSON.stringify(ORDER));
  const forged = new Request(honest.url, {
    method: "POST",
    headers: honest.headers,
    body: JSON.stringify({ ...ORDER, id: 1 }),
  });
  expect((await send(forged)).status).toBe(401);
  expect(await stored()).toEqual(NOTHING);
});

test("a body beyond the limit is refused before it is read", async () => {
  const body = JSON.stringify({ ...ORDER, note: "x".repeat(3_000_000) });
  expect((await send(webhook(body))).status).toBe(413);
  expect(await stored()).toEqual(NOTHING);
});

test.each([
  ["refunds/create", { id: 1, order_id: 77 }, "sync-order"],
  ["orders/cancelled", { id: 77 }, "sync-order"],
  ["products/update", { id: 5 }, "sync-product"],
  ["products/delete", { id: 5 }, "delete-product"],
  ["bulk_operations/finish", { admin_graphql_api_id: "gid://shopify/BulkOperation/1" }, "continue-import"],
  ["app/uninstalled", {}, "uninstall-shop"],
  ["app/scopes_update", {}, "refresh-shop"],
  ["customers/data_request", { customer: { id: 3 }, orders_requested: [1] }, "export-customer-data"],
  ["customers/redact", { customer: { id: 3 }, orders_to_redact: [1] }, "redact-customer"],
  ["shop/redact", {}, "redact-shop"],
])("%s leads to its job", async (topic, body, task) => {
  expect((await send(webhook(JSON.stringify(body), { topic }))).status).toBe(200);
  expect((await stored()).jobs.map((job) => job.task)).toEqual([task]);
});
