import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { gid } from "../../domain/ids.ts";
import { runJob } from "../../jobs/run-job.ts";
import { TransportFailed } from "../../shopify/client/errors.ts";
import { startImport } from "../orders/start-import.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { exportCustomerData } from "./export-customer-data.ts";
import { redactCustomer } from "./redact-customer.ts";

const START = Date.parse("2026-05-01T12:00:00Z");
const TEA = "101";
const REGULAR_DAYS = 30;

let now = START;
let app: WiredApp;
let shop: DevShop;

/** Customers 1 to 12 buy tea every 30 days: half of them bought it last 30 to 35 days ago, the others later. */
const customers = Array.from({ length: 12 }, (_, n) => ({ id: String(n + 1), lastDaysAgo: 24.5 + n }));
/** This one is late by 20 days. */
const LATE = { id: "13", lastDaysAgo: 50.5 };
const isDue = ({ lastDaysAgo }: { lastDaysAgo: number }) => lastDaysAgo > 30 && lastDaysAgo < 37;

beforeAll(async () => {
  shop = smallShop([TEA, "102"]);
  app = await wireApp([shop], { now: () => now });
  for (const { id, lastDaysAgo } of [...customers, LATE]) {
    for (const earlier of [3, 2, 1, 0]) buys(id, START - (lastDaysAgo + earlier * REGULAR_DAYS) * DAY_MS);
  }
  await app.signIn();
  await installShop(app.shop, app.context);
  await startImport(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(() => {
  shop.flowTriggers = [];
});

let orders = 0;
function buys(customer: string, at: number): string {
  const id = String(7000 + ++orders);
  shop.orders.set(id, { ...smallOrder(id, [TEA], at), customerId: customer });
  return id;
}

const sent = () => (shop.flowTriggers ?? []).filter(({ handle }) => handle === "customer-due");
const announced = () =>
  sent()
    .map(({ payload }) => Number(payload.customer_id))
    .sort((a, b) => a - b);
async function aNightLater(days = 1): Promise<void> {
  now += days * DAY_MS;
  await runJob("learn-customers", { shop: app.shop }, app.context);
  await app.drain();
}
const rows = async (sql: string) => (await app.context.database.pool.query<Record<string, unknown>>(sql)).rows;

test("customers whose usual interval has passed are announced once, and who is long late is not", async () => {
  shop.flowTriggers = [];
  await app.context.database.pool.query("TRUNCATE announced_dues, flow_triggers");
  await aNightLater(0);
  expect(announced()).toEqual(customers.filter(isDue).map(({ id }) => Number(id)));
  const { payload } = sent().find((one) => one.payload.customer_id === 8)!;
  expect(payload).toMatchObject({ product_id: 101, "Own intervals": 3 });
  expect(payload["Last bought"]).toBe(new Date(START - 31.5 * DAY_MS).toISOString());
  expect(Math.abs(Number(payload["Usual days"]) - REGULAR_DAYS)).toBeLessThan(0.5);
  // What waits or was sent names no customer.
  expect(JSON.stringify(await rows("SELECT payload FROM flow_triggers"))).not.toContain("customer_id");

  shop.flowTriggers = [];
  await aNightLater(0);
  expect(announced()).toEqual([]);
  await aNightLater();
  expect(announced()).toEqual([6]);
});

test("whoever buys again is announced again after the next interval, and not before", async () => {
  const id = buys("9", now);
  await syncOrder(app.shop, gid("Order", id), app.context);
  await aNightLater();
  expect(announced()).not.toContain(9);
  await aNightLater(REGULAR_DAYS);
  expect(announced()).toContain(9);
  // The order is cancelled: the purchase before it was announced.
  shop.flowTriggers = [];
  shop.orders.set(id, { ...shop.orders.get(id)!, cancelledAt: now, updatedAt: now });
  await syncOrder(app.shop, gid("Order", id), app.context);
  await aNightLater(0);
  expect(announced()).not.toContain(9);
});

test("while Shopify cannot say who placed the order, the trigger waits; one whose order has another customer is dropped", async () => {
  const [mine, passed] = [buys("21", now - 62 * DAY_MS), buys("22", now - 62 * DAY_MS)];
  const [again, passedAgain] = [buys("21", now - 31 * DAY_MS), buys("22", now - 31 * DAY_MS)];
  for (const id of [mine, passed, again, passedAgain]) await syncOrder(app.shop, gid("Order", id), app.context);
  await runJob("learn-customers", { shop: app.shop }, app.context);
  await runJob("announce-due-customers", { shop: app.shop }, app.context);
  shop.orders.set(passedAgain, { ...shop.orders.get(passedAgain)!, customerId: "23" });
  const failing = new Proxy(app.context.gateway, {
    get: (target, name, receiver): unknown =>
      name === "customersOfOrders"
        ? () => Promise.reject(new TransportFailed("no answer"))
        : Reflect.get(target, name, receiver),
  });
  const job = { shop: app.shop, key: `customer-due/${again}/${TEA}` };
  await expect(runJob("send-flow-trigger", job, { ...app.context, gateway: failing })).rejects.toThrow("no answer");
  expect(announced()).toEqual([]);
  await app.drain();
  expect(announced()).toContain(21);
  expect(announced()).not.toContain(22);
  expect(announced()).not.toContain(23);
});

test("a customer's data hold what was announced, a redaction forgets it, and nothing waits for whom it forgot", async () => {
  const [first, last] = [buys("31", now - 62 * DAY_MS), buys("31", now - 31 * DAY_MS)];
  for (const id of [first, last]) await syncOrder(app.shop, gid("Order", id), app.context);
  await runJob("learn-customers", { shop: app.shop }, app.context);
  await runJob("announce-due-customers", { shop: app.shop }, app.context);
  const data = await exportCustomerData(app.shop, { customerId: "31" }, app.context);
  expect(data.announced).toMatchObject([{ product: TEA, announcedAt: new Date(now).toISOString() }]);
  await redactCustomer(app.shop, { customerId: "31", orderIds: [] }, app.context);
  expect((await exportCustomerData(app.shop, { customerId: "31" }, app.context)).announced).toEqual([]);
  await app.drain();
  expect(announced()).not.toContain(31);
});

test("nothing is kept of a shop that left", async () => {
  expect(await rows("SELECT 1 FROM announced_dues")).not.toEqual([]);
  await uninstallShop(app.shop, app.context);
  expect(await rows("SELECT 1 FROM announced_dues UNION ALL SELECT 1 FROM flow_triggers")).toEqual([]);
  await runJob("announce-due-customers", { shop: app.shop }, app.context);
});
