import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readNotices } from "../../persistence/shop/notices.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { redactCustomer } from "../customers/redact-customer.ts";
import { receiveWebhook } from "../receive-webhook.ts";
import { installShop } from "../shop/install-shop.ts";
import { readHome } from "../shop/read-home.ts";
import { continueImport } from "./continue-import.ts";
import { beginImport } from "./start-import.ts";
import { syncOrder } from "./sync-order.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [TEA, CUP] = ["101", "102"];

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop([TEA, CUP]);
  app = await wireApp([shop], {
    now: () => NOW,
    deliver: async (request) => {
      const topic = request.headers.get("x-shopify-topic")!;
      const webhookId = request.headers.get("x-shopify-webhook-id")!;
      const delivery = { shop: app.shop, topic, webhookId, eventId: null, triggeredAt: null };
      await receiveWebhook({ ...delivery, payload: await request.json() }, app.context);
      return new Response(null, { status: 200 });
    },
  });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  shop.orders.clear();
  const tables = "orders, order_lines, refund_lines, baskets, basket_news, associations, attributions, unread_orders";
  await app.context.database.pool.query(`TRUNCATE ${tables}, redacted_customers, deleted_orders, notices`);
});

const server = () => app.store.shops.get(shop.domain)!;

function order(id: string, change: Partial<DevOrder> = {}): DevOrder {
  const made = { ...smallOrder(id, [TEA, CUP], NOW - HOUR), ...change };
  shop.orders.set(id, made);
  return made;
}

async function importAll(): Promise<void> {
  await begin();
  await app.drain();
}
const begin = () => inShop(app.context.database, app.shop, (tx) => beginImport(tx, app.context.now()));

async function rows<Row extends object>(sql: string): Promise<Row[]> {
  return (await app.context.database.pool.query<Row>(sql)).rows;
}
const customers = async () =>
  (await rows<{ customer: string | null }>("SELECT customer_key AS customer FROM orders ORDER BY order_id")).map(
    ({ customer }) => customer,
  );
const stored = async () =>
  (await rows<{ id: string }>("SELECT order_id::text AS id FROM orders ORDER BY order_id")).map(({ id }) => id);
const notices = () => inShop(app.context.database, app.shop, readNotices);

test("an order that is deleted at Shopify leaves counts, figures and customers, and no older file brings it back", async () => {
  order("1");
  order("2");
  await importAll();
  expect((await readHome(app.shop, app.context)).headline.orders).toBe(2);
  await begin();
  // The file of orders is made; the order is deleted before it is read.
  for (let round = 0; round < 3; round++) {
    await continueImport(app.shop, app.context);
    await app.store.settled();
  }
  server().deleteOrder("2");
  await app.drain();
  expect(await stored()).toEqual(["1"]);
  expect(await rows("SELECT 1 FROM baskets")).toHaveLength(1);
  expect(await rows("SELECT DISTINCT order_id FROM order_lines")).toHaveLength(1);
  expect((await readHome(app.shop, app.context)).headline.orders).toBe(1);
});

test("word that an order was deleted changes nothing while Shopify still has it", async () => {
  order("1");
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  const delivery = { shop: app.shop, topic: "orders/delete", webhookId: "w", eventId: null, triggeredAt: null };
  expect(await receiveWebhook({ ...delivery, payload: { id: 1 } }, app.context)).toEqual({ code: "stored" });
  await app.drain();
  expect(await stored()).toEqual(["1"]);
});

test("an order that Shopify hides for its age is not taken for deleted", async () => {
  const at = NOW - 90 * DAY;
  order("1", { createdAt: at, processedAt: at });
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  await rows("UPDATE shops SET all_orders = false");
  shop.orders.delete("1");
  expect(await syncOrder(app.shop, gid("Order", "1"), app.context)).toEqual({ code: "hidden" });
  expect(await stored()).toEqual(["1"]);
  await rows("UPDATE shops SET all_orders = true");
  expect(await syncOrder(app.shop, gid("Order", "1"), app.context)).toEqual({ code: "deleted" });
});

test("what a merchant changes about the shop is known within the webhook's job", async () => {
  server().updateShop({ name: "Renamed", timezone: "Asia/Tokyo" });
  await app.drain();
  const known = await inShop(app.context.database, app.shop, theShop);
  expect(known).toMatchObject({ name: "Renamed", timezone: "Asia/Tokyo", currency: "USD" });
});

test("a forgotten customer does not come back, with an update, with a new order, or with an import", async () => {
  order("1");
  order("2", { customerId: "77" });
  await importAll();
  expect((await customers()).filter((key) => key === null)).toEqual([]);
  const [, other] = await customers();
  await redactCustomer(app.shop, { customerId: "55", orderIds: ["1"] }, app.context);
  order("1", { updatedAt: NOW });
  order("3");
  for (const id of ["1", "2", "3"]) await syncOrder(app.shop, gid("Order", id), app.context);
  expect(await customers()).toEqual([null, other, null]);
  await importAll();
  expect(await customers()).toEqual([null, other, null]);
  expect(await rows("SELECT 1 FROM baskets WHERE customer_key IS NOT NULL")).toHaveLength(1);
  // What is kept tells nobody who they are.
  const kept = await rows<{ tombstone: string }>("SELECT tombstone FROM redacted_customers");
  expect(kept.map(({ tombstone }) => tombstone)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
});

test("a request that comes late leaves orders alone that have passed to somebody else since", async () => {
  order("1", { customerId: "77", updatedAt: NOW });
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  const request = { customerId: "55", orderIds: ["1"] };
  await redactCustomer(app.shop, { ...request, triggeredAt: new Date(NOW - DAY) }, app.context);
  expect((await customers())[0]).not.toBeNull();
  await redactCustomer(app.shop, { ...request, triggeredAt: new Date(NOW + DAY) }, app.context);
  expect(await customers()).toEqual([null]);
});

const BAD_TEXT = `a\u0000b\ud800c\u001b${"x".repeat(5_000)}`;

test("no text that a shopper or a till can write stops an import or an order", async () => {
  const made = order("1", { name: `#1${BAD_TEXT}`, sourceName: BAD_TEXT });
  Object.assign(made.lines[0]!, { title: BAD_TEXT, sku: BAD_TEXT, properties: { _tsuide: `bt-101/product\u0000` } });
  Object.assign(made.lines[1]!, { properties: { _tsuide: "\udfff", [BAD_TEXT]: BAD_TEXT } });
  order("2");
  await importAll();
  expect(await stored()).toEqual(["1", "2"]);
  expect(await syncOrder(app.shop, gid("Order", "1"), app.context)).toEqual({ code: "stored" });
  const lines = await rows<{ title: string; offer: string | null }>(
    "SELECT title, offer FROM order_lines WHERE order_id = 1 ORDER BY line_id",
  );
  expect(lines.map(({ offer }) => offer)).toEqual([null, null]);
  expect(lines[0]!.title).toMatch(/^a b\ufffdc x+…$/);
  expect(lines[0]!.title.length).toBeLessThanOrEqual(300);
  expect(await notices()).toEqual([]);
});

test("an order that cannot be read holds up no order whose webhook came with its own", async () => {
  order("1", { name: "#1001", processedAt: Date.UTC(1600, 0) });
  order("2");
  for (const id of [1, 2]) {
    const delivery = { shop: app.shop, topic: "orders/create", webhookId: `w${id}`, eventId: null, triggeredAt: null };
    await receiveWebhook({ ...delivery, payload: { id } }, app.context);
  }
  await app.drain();
  expect(await stored()).toEqual(["2"]);
  expect(await rows("SELECT 1 FROM changed_orders")).toEqual([]);
  expect(await notices()).toMatchObject([{ code: "orders-unread", details: { count: 1, titles: ["#1001"] } }]);
});

test("an order that cannot be read stops no other, and the merchant sees which one it is until it can", async () => {
  const bad = order("1", { name: "#1001" });
  Object.assign(bad.lines[1]!, { quantity: 3_000_000_000, currentQuantity: 3_000_000_000 });
  order("2");
  order("3", { name: "#1003", processedAt: Date.UTC(1600, 0) });
  await importAll();
  expect(await stored()).toEqual(["1", "2"]);
  expect(await notices()).toMatchObject([{ code: "orders-unread", details: { count: 2, titles: ["#1001", "#1003"] } }]);
  for (const id of ["1", "3"]) shop.orders.set(id, smallOrder(id, [TEA, CUP], NOW));
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  expect(await notices()).toMatchObject([{ details: { count: 1, titles: ["#1003"] } }]);
  await syncOrder(app.shop, gid("Order", "3"), app.context);
  expect(await notices()).toEqual([]);
  expect(await stored()).toEqual(["1", "2", "3"]);
});
