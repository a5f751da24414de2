import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import type { FlowContext } from "../context.ts";
import { runJob } from "../../jobs/run-job.ts";
import { readHome } from "./read-home.ts";
import { installShop } from "./install-shop.ts";

let now = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let shop: DevShop;
let context: FlowContext;
/** What was written to the log as an alarm. */
const alarms: string[] = [];

beforeEach(async () => {
  const orders = [smallOrder("1", ["101", "102"], now - 1000)];
  shop = smallShop(["101", "102"], { orders: new Map(orders.map((order) => [order.id, order])) });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  alarms.length = 0;
  const error = vi.fn((facts: { alarm?: string }) => {
    if (facts.alarm !== undefined) alarms.push(facts.alarm);
  });
  context = { ...app.context, log: { ...app.context.log, error, info: vi.fn(), warn: vi.fn() } as FlowContext["log"] };
});
afterEach(() => app.close());

const notices = async () => (await readHome(app.shop, context)).notices;
const server = () => app.store.shops.get(shop.domain)!;

test.each([
  [402, "", "unpaid", true],
  [423, "", "frozen", true],
  [404, "", "no-shop", true],
  [403, "Forbidden", "address-not-allowed", false],
  [430, "", "rejected", false],
])(
  "HTTP %i: staff are notified, and the notice is cleared once Shopify answers",
  async (status, body, code, isForMerchant) => {
    server().refusal = { status, body };
    await runJob("publish-offers", { shop: app.shop }, context);
    expect(await notices()).toMatchObject([{ code, isForMerchant }]);
    server().refusal = null;
    await runJob("reconcile", { shop: app.shop }, context);
    expect(await notices()).toEqual([]);
  },
);

test("what concerns every shop alarms whoever runs the app, once a day", async () => {
  server().refusal = { status: 403, body: "Forbidden" };
  for (const job of ["publish-offers", "reconcile", "refresh-shop"] as const) {
    await runJob(job, { shop: app.shop }, context);
  }
  expect(alarms).toEqual(["address-not-allowed"]);
  now += 25 * 3_600_000;
  await runJob("reconcile", { shop: app.shop }, context);
  expect(alarms).toEqual(["address-not-allowed", "address-not-allowed"]);
});

test("what a merchant can fix raises no alarm", async () => {
  server().refusal = { status: 402, body: "" };
  await runJob("reconcile", { shop: app.shop }, context);
  expect(alarms).toEqual([]);
});

test("the notice of a missing scope stays until the very job that needs it succeeds", async () => {
  const scopes = server().shop.installation.scopes;
  server().shop.installation.scopes = scopes.filter((scope) => !scope.endsWith("_orders"));
  await app.signIn();
  await runJob("reconcile", { shop: app.shop }, context);
  await runJob("publish-offers", { shop: app.shop }, context);
  expect(await notices()).toMatchObject([{ code: "missing-scope" }]);
  server().shop.installation.scopes = scopes;
  await app.signIn();
  await runJob("reconcile", { shop: app.shop }, context);
  expect(await notices()).toEqual([]);
});

test("notices leave with the shop", async () => {
  server().refusal = { status: 402, body: "" };
  await runJob("reconcile", { shop: app.shop }, context);
  await runJob("uninstall-shop", { shop: app.shop }, context);
  expect((await app.context.database.pool.query("SELECT 1 FROM notices")).rowCount).toBe(0);
});
