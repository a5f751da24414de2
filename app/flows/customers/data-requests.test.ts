import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { scheduleNightlyWork } from "../shop/schedule-nightly-work.ts";
import { runJob } from "../../jobs/run-job.ts";
import { installShop } from "../shop/install-shop.ts";
import { readHome } from "../shop/read-home.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { listDataRequests, setDataRequestDelivered } from "./data-requests.ts";
import { DAY_MS } from "../../domain/time/day.ts";

let now = Date.parse("2026-11-20T12:00:00Z");
let app: WiredApp;

beforeAll(async () => {
  const orders = ["1", "2"].map((id) => smallOrder(id, ["101", "102"], now - 1000));
  const shop = smallShop(["101", "102"], { orders: new Map(orders.map((order) => [order.id, order])) });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

/** What Shopify's webhook leads to. */
const ask = (requestId: string | null, customerId = "55") =>
  runJob("export-customer-data", { shop: app.shop, customerId, orderIds: [], requestId }, app.context);
const codes = async () => (await readHome(app.shop, app.context)).notices.map(({ code }) => code);
const requests = async () => (await listDataRequests(app.shop, app.context)).requests;

test("a request waits for staff with its file, and they are notified; a second delivery of it changes nothing", async () => {
  await ask("7001");
  const [request, ...others] = await requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({ requestId: "7001", orders: 2, deliveredAt: null });
  expect(request!.keptUntil).toBe(new Date(now + 30 * DAY_MS).toISOString());
  expect(JSON.parse(request!.file)).toMatchObject({ orders: [{ name: "#1" }, { name: "#2" }] });
  expect(request!.file).not.toMatch(/@|"55"/);
  expect(await codes()).toEqual(["data-requests"]);
  await setDataRequestDelivered(app.shop, { requestId: "7001", delivered: true }, app.context);
  expect(await codes()).toEqual([]);
  await ask("7001");
  expect(await requests()).toMatchObject([{ requestId: "7001", deliveredAt: new Date(now).toISOString() }]);
});

test("staff can take back that they have sent it, and no file of another shop can be marked", async () => {
  await setDataRequestDelivered(app.shop, { requestId: "7001", delivered: false }, app.context);
  expect(await codes()).toEqual(["data-requests"]);
  expect(await setDataRequestDelivered(app.shop, { requestId: "7999", delivered: true }, app.context)).toEqual({
    code: "unknown-request",
  });
});

test("a customer who is forgotten leaves no file behind", async () => {
  await ask(null, "56");
  expect(await requests()).toHaveLength(2);
  await runJob("redact-customer", { shop: app.shop, customerId: "55", orderIds: [] }, app.context);
  expect((await requests()).map(({ orders }) => orders)).toEqual([0]);
});

test("a file is deleted after thirty days, and jobs that failed for good after seven", async () => {
  const { pool } = app.context.database;
  const failed = async () =>
    (await pool.query("SELECT 1 FROM graphile_worker._private_jobs WHERE attempts >= max_attempts")).rowCount;
  await app.drain();
  await pool.query(
    `SELECT graphile_worker.add_job('redact-customer', json_build_object('shop', $1::text, 'customerId', '77'))`,
    [app.shop],
  );
  await pool.query("UPDATE graphile_worker._private_jobs SET attempts = max_attempts, updated_at = $1", [
    new Date(now - 6 * DAY_MS),
  ]);
  await scheduleNightlyWork(app.context);
  expect(await failed()).toBe(1);
  now += 2 * DAY_MS;
  await scheduleNightlyWork(app.context);
  expect(await failed()).toBe(0);
  expect(await requests()).toHaveLength(1);
  now += 29 * DAY_MS;
  await scheduleNightlyWork(app.context);
  expect(await requests()).toEqual([]);
  expect(await codes()).toEqual([]);
});

test("an uninstall leaves no job and no queue that names the shop", async () => {
  await ask("7002");
  await inShop(app.context.database, app.shop, (tx) => enqueue(tx, "reconcile", {}, { delaySeconds: 60 }));
  await uninstallShop(app.shop, app.context);
  const { pool } = app.context.database;
  for (const table of ["_private_jobs", "_private_job_queues"]) {
    const { rows } = await pool.query<{ text: string }>(`SELECT t::text AS text FROM graphile_worker.${table} t`);
    expect(rows.map(({ text }) => text).join("\n")).not.toContain(app.shop);
  }
  expect((await pool.query("SELECT 1 FROM data_requests")).rowCount).toBe(0);
});
