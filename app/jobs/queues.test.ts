import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { DevShop } from "../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid } from "../domain/ids.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { receiveWebhook } from "../flows/receive-webhook.ts";
import { scheduleNightlyWork } from "../flows/shop/schedule-nightly-work.ts";
import { syncOrder } from "../flows/orders/sync-order.ts";
import { startWorker } from "./start-worker.ts";
import { PATIENT } from "../../test/patience.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const TEA = "101";
const CUP = "102";

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop([TEA, CUP]);
  for (let n = 1; n <= 30; n++) {
    const id = String(n);
    shop.orders.set(id, smallOrder(id, [TEA, CUP], NOW - n * 1000));
  }
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

const baskets = async () => (await app.context.database.pool.query("SELECT 1 FROM baskets")).rowCount;
const webhook = (id: string) => ({
  ...{ shop: app.shop, topic: "orders/create", webhookId: id, eventId: null, triggeredAt: null, payload: { id } },
});

test("orders are taken in while the shop is being mined, and lists follow once it is", async () => {
  const { pool } = app.context.database;
  const someone = await pool.connect();
  await someone.query("BEGIN");
  // Mining cannot begin its run before this ends.
  await someone.query("LOCK TABLE mining_runs");
  await scheduleNightlyWork(app.context);
  const worker = await startWorker({ concurrency: 3, context: app.context });
  try {
    shop.orders.set("31", smallOrder("31", [TEA, CUP], NOW));
    await receiveWebhook(webhook("31"), app.context);
    await vi.waitFor(async () => expect(await baskets()).toBe(31), PATIENT);
    const running =
      "SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'mine-associations' AND locked_at IS NOT NULL";
    expect((await pool.query(running)).rowCount).toBe(1);
    await someone.query("COMMIT");
    const learnt = "SELECT 1 FROM mining_runs WHERE learnt_at IS NOT NULL AND baskets = 31";
    await vi.waitFor(async () => expect((await pool.query(learnt)).rowCount).toBe(1), PATIENT);
  } finally {
    someone.release();
    await worker.stop();
  }
});

test("more orders at once than there are connections are all taken in", async () => {
  const ids = Array.from({ length: 25 }, (_, n) => String(100 + n));
  for (const id of ids) shop.orders.set(id, smallOrder(id, [TEA, CUP], NOW));
  const before = (await baskets())!;
  await Promise.all(ids.map((id) => syncOrder(app.shop, gid("Order", id), app.context)));
  expect(await baskets()).toBe(before + ids.length);
});

test("sales are never added up beside mining, which leaves orders that somebody holds out of the baskets", async () => {
  await scheduleNightlyWork(app.context);
  const { rows } = await app.context.database.pool.query<{ queue: string }>(
    `SELECT DISTINCT queue_name AS queue FROM graphile_worker.jobs
     WHERE task_identifier IN ('add-up-sales', 'mine-associations')`,
  );
  expect(rows).toHaveLength(1);
});
