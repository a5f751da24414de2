import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { emptyShop } from "../../test/dev-store/empty-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { readImport } from "../flows/orders/read-import.ts";
import { startWorker } from "./start-worker.ts";

let app: WiredApp;

beforeAll(async () => {
  const shop = emptyShop({
    ...{ domain: "worker.myshopify.com", name: "Worker", currency: "USD", locale: "en" as const, timezone: "UTC" },
  });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop);
});
afterAll(() => app.close());

test("a worker takes back the job of one that died, does it, and stops when told", async () => {
  const { pool } = app.context.database;
  // As a machine that lost its power leaves it.
  await pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_by = 'gone', locked_at = now() - interval '1 minute', attempts = 1",
  );
  await pool.query(
    "UPDATE graphile_worker._private_job_queues SET locked_by = 'gone', locked_at = now() - interval '1 minute'",
  );
  const worker = await startWorker({ concurrency: 2, context: app.context });
  await vi.waitFor(async () => expect((await readImport(app.shop))?.status).toBe("done"), 15_000);
  await worker.stop();
  const { rows } = await pool.query(
    "SELECT task_identifier, locked_by, last_error FROM graphile_worker.jobs WHERE locked_by IS NOT NULL",
  );
  expect(rows).toEqual([]);
});
