import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { runServer, type TestServer } from "../../test/fixtures/running-server.ts";
import { signedWebhook, type WebhookChanges } from "../../test/fixtures/signed-requests.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { type IncomingWebhook, receiveWebhooks } from "../flows/receive-webhook.ts";
import { installShop } from "../flows/shop/install-shop.ts";

const SHOP = "hooks.myshopify.com";
const ORDER = { id: 1234567890, updated_at: "2026-11-20T10:00:00Z", email: "someone@example.com" };

let app: WiredApp;
let server: TestServer;

beforeAll(async () => {
  const shop = emptyShop({ domain: SHOP, name: "Hooks", currency: "USD", locale: "en", timezone: "UTC" });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  server = await runServer(app);
});
afterAll(async () => {
  await server.stop();
  await app.close();
});
beforeEach(async () => {
  await app.context.database.pool.query("TRUNCATE webhook_deliveries, changed_orders");
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
});

const deliver = (body: string | Uint8Array, changes: WebhookChanges & { shop?: string } = {}) =>
  server.ask("/webhooks", signedWebhook(changes.shop ?? SHOP, body, changes));

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
  expect((await deliver(JSON.stringify(ORDER))).status).toBe(200);
  const { deliveries, jobs } = await stored();
  expect(deliveries).toBe(1);
  expect(jobs).toEqual([{ task: "sync-orders", key: `sync-orders:${SHOP}` }]);
  const { rows } = await app.context.database.pool.query("SELECT shop, order_id FROM changed_orders");
  expect(rows).toEqual([{ shop: SHOP, order_id: "1234567890" }]);
});

test("nothing of a customer gets into the database with a delivery", async () => {
  await deliver(JSON.stringify(ORDER));
  const { rows } = await app.context.database.pool.query<{ text: string }>(
    "SELECT payload::text || coalesce(job_queue_id::text, '') AS text FROM graphile_worker._private_jobs",
  );
  expect(rows.map(({ text }) => text).join()).not.toContain("someone@example.com");
});

test("a repeated delivery changes nothing", async () => {
  const webhookId = randomUUID();
  await deliver(JSON.stringify(ORDER), { webhookId });
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
  expect((await deliver(JSON.stringify(ORDER), { webhookId })).status).toBe(200);
  expect(await stored()).toEqual({ deliveries: 1, jobs: [] });
});

const forged = { ...ORDER, id: 1 };
const bytes = (text: string) => new TextEncoder().encode(text);

test.each<[string, number, string | Uint8Array, WebhookChanges & { shop?: string }]>([
  ["a wrong signature", 401, JSON.stringify(ORDER), { secret: "another secret" }],
  ["no signature", 401, JSON.stringify(ORDER), { headers: { "x-shopify-hmac-sha256": null } }],
  ["the signature of another body", 401, JSON.stringify(forged), { headers: signatureOf(ORDER) }],
  ["a signature and no body", 401, "", { headers: signatureOf(ORDER) }],
  ["no shop", 400, JSON.stringify(ORDER), { headers: { "x-shopify-shop-domain": null } }],
  ["a shop elsewhere", 400, JSON.stringify(ORDER), { shop: "evil.com" }],
  ["a shop with a path", 400, JSON.stringify(ORDER), { shop: "a.myshopify.com/../../etc/passwd" }],
  ["a shop of SQL", 400, JSON.stringify(ORDER), { shop: "a'; DROP TABLE shops;--.myshopify.com" }],
  ["no topic", 400, JSON.stringify(ORDER), { headers: { "x-shopify-topic": null } }],
  ["no id of its own", 400, JSON.stringify(ORDER), { headers: { "x-shopify-webhook-id": null } }],
  ["an age of three days", 400, JSON.stringify(ORDER), { triggeredAt: new Date(Date.now() - 3 * 86_400_000) }],
  ["a time to come", 400, JSON.stringify(ORDER), { triggeredAt: new Date(Date.now() + 3_600_000) }],
  ["a time that is none", 400, JSON.stringify(ORDER), { headers: { "x-shopify-triggered-at": "yesterday" } }],
  ["no JSON", 400, "{", {}],
  ["a byte order mark", 400, "\u{feff}" + JSON.stringify(ORDER), {}],
  ["bytes that are no UTF-8", 400, new Uint8Array([...bytes('{"id":1,"x":"'), 0xff, ...bytes('"}')]), {}],
  ["no order in it", 400, JSON.stringify({ hello: "world" }), {}],
  ["an id that is none", 400, JSON.stringify({ id: "1; drop table orders" }), {}],
  ["an id beyond every column", 400, JSON.stringify({ id: "9".repeat(20) }), {}],
  ["3 MB", 413, JSON.stringify({ ...ORDER, note: "x".repeat(3_000_000) }), {}],
  ["PUT", 405, JSON.stringify(ORDER), { method: "PUT" }],
  ["PATCH", 405, JSON.stringify(ORDER), { method: "PATCH" }],
  ["DELETE", 405, JSON.stringify(ORDER), { method: "DELETE" }],
])(
  "a delivery with %s is refused with %i and leaves nothing but a line in the log",
  async (_, status, body, changes) => {
    const warn = vi.spyOn(app.context.log, "warn").mockImplementation(() => {});
    const response = await deliver(body, changes);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe("");
    expect(await stored()).toEqual(NOTHING);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  },
);

test.each<[string, WebhookChanges & { shop?: string }]>([
  ["a shop that never installed the app", { shop: "stranger.myshopify.com" }],
  ["a topic that nobody subscribed to", { topic: "carts/update" }],
])(
  "a verified delivery of %s needs nothing: it is taken with 200, so that it is not sent again",
  async (_, changes) => {
    expect((await deliver(JSON.stringify(ORDER), changes)).status).toBe(200);
    expect(await stored()).toEqual(NOTHING);
  },
);

test.each([
  ["customers/data_request", { customer: { id: 3 }, orders_requested: [1] }, "export-customer-data"],
  ["customers/redact", { customer: { id: 3 }, orders_to_redact: [1] }, "redact-customer"],
  ["shop/redact", {}, "redact-shop"],
])("%s is carried out for a shop that has left", async (topic, body, task) => {
  expect((await deliver(JSON.stringify(body), { topic, shop: "former.myshopify.com" })).status).toBe(200);
  const { deliveries, jobs } = await stored();
  expect(deliveries).toBe(0);
  expect(jobs.map((job) => job.task)).toEqual([task]);
});

test("a token that has expired is neither read nor refreshed for a delivery", async () => {
  const { pool } = app.context.database;
  await pool.query("UPDATE sessions SET expires = now() - interval '1 day', refresh_token = 'void'");
  const asked = app.store.log.length;
  const topics = ["app/uninstalled", "shop/redact", "customers/redact", "orders/updated"];
  for (const topic of topics) {
    expect((await deliver(JSON.stringify({ ...ORDER, customer: { id: 3 } }), { topic })).status).toBe(200);
  }
  expect(app.store.log.length).toBe(asked);
  expect((await stored()).jobs.length).toBe(topics.length);
});

test("many changes of one shop's orders are one job", async () => {
  const ids = Array.from({ length: 30 }, (_, n) => 1000 + (n % 10));
  const answers = await Promise.all(ids.map((id) => deliver(JSON.stringify({ id }))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const { deliveries, jobs } = await stored();
  expect(deliveries).toBe(30);
  expect(jobs).toHaveLength(1);
  const { rowCount } = await app.context.database.pool.query("SELECT 1 FROM changed_orders");
  expect(rowCount).toBe(10);
});

test("calls that store changes of the same orders at once never wait for each other in a circle", async () => {
  const changesFrom = (first: number): IncomingWebhook[] =>
    Array.from({ length: 50 - first }, (_, n) => ({
      ...{ shop: app.shop, topic: "orders/updated", webhookId: randomUUID(), eventId: null, triggeredAt: null },
      payload: { id: 2000 + first + n },
    }));
  for (let round = 0; round < 10; round++) {
    const calls = [0, 25, 10, 40].map((first) => receiveWebhooks(changesFrom(first), app.context));
    const outcomes = (await Promise.all(calls)).flat();
    expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(["stored"]));
  }
  expect((await stored()).jobs).toHaveLength(1);
});

test.each([
  ["refunds/create", { id: 1, order_id: 77 }, "sync-orders"],
  ["orders/cancelled", { id: 77 }, "sync-orders"],
  ["products/update", { id: 5 }, "sync-product"],
  ["products/delete", { id: 5 }, "delete-product"],
  ["bulk_operations/finish", { admin_graphql_api_id: "gid://shopify/BulkOperation/1" }, "continue-import"],
  ["app/uninstalled", {}, "uninstall-shop"],
  ["app/scopes_update", {}, "refresh-shop"],
  ["customers/data_request", { customer: { id: 3 }, orders_requested: [1] }, "export-customer-data"],
  ["customers/redact", { customer: { id: 3 }, orders_to_redact: [1] }, "redact-customer"],
  ["shop/redact", {}, "redact-shop"],
])("%s leads to its job", async (topic, body, task) => {
  expect((await deliver(JSON.stringify(body), { topic })).status).toBe(200);
  expect((await stored()).jobs.map((job) => job.task)).toEqual([task]);
});

function signatureOf(body: unknown): Record<string, string> {
  const text = JSON.stringify(body);
  return { "x-shopify-hmac-sha256": createHmac("sha256", APP.apiSecret).update(text).digest("base64") };
}
