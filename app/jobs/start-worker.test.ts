import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { readImport } from "../flows/orders/read-import.ts";
import { gid } from "../domain/ids.ts";
import { EVENTS_TASK } from "../queue/job-definitions.ts";
import { requestOrderSync } from "../flows/orders/request-order-sync.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { smallOrder } from "../../test/fixtures/small-shop.ts";
import { startWorker } from "./start-worker.ts";
import { takeConsoleErrors } from "../../test/console-errors.ts";
import { PATIENT } from "../../test/patience.ts";

let app: WiredApp;

beforeAll(async () => {
  const shop = emptyShop({
    ...{ domain: "worker.myshopify.com", name: "Worker", currency: "USD", locale: "en" as const, timezone: "UTC" },
  });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
});
afterAll(() => app.close());

test("a worker takes back the job of one that died, does it, and stops when asked", async () => {
  const { pool } = app.context.database;
  // As a machine that lost its power leaves it.
  await pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_by = 'gone', locked_at = now() - interval '1 minute', attempts = 1",
  );
  await pool.query(
    "UPDATE graphile_worker._private_job_queues SET locked_by = 'gone', locked_at = now() - interval '1 minute'",
  );
  const worker = await startWorker({ concurrency: 2, context: app.context });
  await vi.waitFor(async () => expect((await readImport(app.shop, app.context))?.status).toBe("done"), PATIENT);
  await worker.stop();
  const { rows } = await pool.query(
    "SELECT task_identifier, locked_by, last_error FROM graphile_worker.jobs WHERE locked_by IS NOT NULL",
  );
  expect(rows).toEqual([]);
});

test("a worker moves events again and again without being asked", async () => {
  const seen = {
    shop: app.shop,
    kind: "seen",
    at: Date.now(),
    visitor: "",
    offer: 1,
    surface: "cart",
    product: "0",
  } as const;
  const counted = async () => {
    const [total] = await app.context.events.readTotals(app.shop, new Date(0), new Date(Date.now() + 3_600_000));
    return total?.events ?? 0;
  };
  const worker = await startWorker({ concurrency: 2, context: app.context });
  try {
    for (const n of [1, 2]) {
      await app.context.events.append([{ ...seen, id: `event-${n}` }]);
      // The next run is planned for some seconds from now: bringing it forward saves the wait.
      await vi.waitFor(async () => {
        await app.context.database.pool.query(
          "UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1 AND locked_at IS NULL",
          [EVENTS_TASK],
        );
        expect(await counted()).toBe(n);
      }, PATIENT);
    }
  } finally {
    await worker.stop();
  }
});

/** As a restart of the database, or a proxy before it, ends every connection: idle, listening and in a transaction. */
async function endAllConnections(): Promise<number> {
  const own = new pg.Client({ connectionString: app.context.database.url });
  await own.connect();
  const { rowCount } = await own.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await own.end();
  return rowCount ?? 0;
}

test("a worker that loses every connection takes jobs again, and the job that it was at is done", async () => {
  const shop = app.store.shops.get(app.shop)!.shop;
  const { database } = app.context;
  const stored = async () => (await database.pool.query("SELECT 1 FROM orders")).rowCount;
  const orderCame = async (id: string) => {
    shop.orders.set(id, smallOrder(id, [], Date.now()));
    await inShop(database, app.shop, (tx) => requestOrderSync(tx, [gid("Order", id)]));
  };
  const worker = await startWorker({ concurrency: 2, context: app.context });
  try {
    await orderCame("1");
    await vi.waitFor(async () => expect(await stored()).toBe(1), PATIENT);
    for (const id of ["2", "3"]) {
      const before = Number(id) - 1;
      // While it is at a job: the order is there once its connections are.
      await orderCame(id);
      expect(await endAllConnections()).toBeGreaterThan(0);
      await vi.waitFor(async () => expect(await stored()).toBe(before + 1), PATIENT);
    }
    await vi.waitFor(() => expect(worker.isTakingJobs()).toBe(true), PATIENT);
  } finally {
    await worker.stop();
  }
  // A worker that was asking for a job when its connection ended says so.
  for (const error of takeConsoleErrors()) expect(error).toMatch(/terminating connection|Connection terminated/);
});
