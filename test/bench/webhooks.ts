/**
 * How fast webhooks are acknowledged while the worker reads and counts the orders that they tell of:
 *
 *   npm run bench -- webhooks [--rate 300] [--seconds 15] [--orders 1500]
 *
 * The app's own server and worker, PostgreSQL and a dev store, each a process of its own, and this one, which sends at a
 * fixed rate whatever the answers take. The bare server gets the same requests just before. The dev store answers as
 * fast as it can: a shop's own limit of calls is not part of the measure.
 */
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { shopDomain } from "../../app/domain/ids.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { readConfig } from "../../app/server/config.ts";
import { saveOfflineSession } from "../../app/persistence/shop/sessions.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { freePort } from "../../scripts/setup/postgres.mjs";
import { startBenchDatabase } from "./bench-database.ts";
import { type PacedRequest, sendPaced, tableRow, TIMES_COLUMNS, timesRow } from "./paced-requests.ts";
import { Programs, untilAnswers } from "./programs.ts";

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "300" },
    seconds: { type: "string", default: "15" },
    orders: { type: "string", default: "1500" },
  },
});
const [rate, seconds, orders] = [Number(values.rate), Number(values.seconds), Number(values.orders)];
const APP = { key: "bench-key", secret: "bench-secret-of-the-app" };

interface Store {
  readonly shop: string;
  readonly token: string;
  readonly orders: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const programs = new Programs();
const postgres = await startBenchDatabase(folder);
// As the programs derive it from their environment.
const { tokenKeys } = readConfig({
  DATABASE_URL: postgres.url,
  SHOPIFY_API_KEY: APP.key,
  SHOPIFY_API_SECRET: APP.secret,
  SHOPIFY_APP_URL: "http://localhost",
});
const database = openDatabase(postgres.url, { connections: 2, tokenKeys });
try {
  const [storePort, appPort, barePort] = (await Promise.all([freePort(), freePort(), freePort()])) as number[];
  const env = {
    NODE_ENV: "production",
    NODE_OPTIONS: "--import ./test/dev-store/http/redirect.ts",
    DEV_STORE_URL: `http://localhost:${storePort}`,
    DATABASE_URL: postgres.url,
    SHOPIFY_API_KEY: APP.key,
    SHOPIFY_API_SECRET: APP.secret,
    SHOPIFY_APP_URL: `http://localhost:${appPort}`,
    LOG_LEVEL: "warn",
    HOST: "127.0.0.1",
  };
  const store = await startStore(storePort!, env);
  await install(store);
  programs.start(["test/bench/bare-server.ts", String(barePort)], {});
  programs.start(["app/server/main.ts"], { ...env, PORT: String(appPort) });
  await Promise.all([
    untilAnswers(`http://127.0.0.1:${appPort}/health`),
    untilAnswers(`http://127.0.0.1:${barePort}/`),
  ]);
  const webhooks = Array.from({ length: rate * seconds }, (_, n) =>
    webhook(store, store.orders[n % store.orders.length]!),
  );
  await sendPaced(appPort!, webhooks.slice(0, rate), rate);
  programs.start(["--max-semi-space-size=8", "app/jobs/worker.ts"], env);
  await sleep(3_000);
  process.stdout.write(tableRow("acknowledged, milliseconds", TIMES_COLUMNS));
  process.stdout.write(timesRow("a bare server", await sendPaced(barePort!, webhooks, rate)));
  const startedAt = performance.now();
  const countedBefore = await counted();
  const fresh = webhooks.map((_, n) => webhook(store, store.orders[n % store.orders.length]!));
  process.stdout.write(timesRow("Tsuide, its worker on", await sendPaced(appPort!, fresh, rate)));
  const during = ((await counted()) - countedBefore) / ((performance.now() - startedAt) / 1000);
  await untilCounted(store.orders.length);
  const after = await ordersPerSecond(store);
  process.stdout.write(
    `\nOrders of one shop read again and counted per second: ${during.toFixed(0)} while ${rate} deliveries a second ` +
      `arrive, ${after} once they have ended\n`,
  );
} finally {
  programs.kill();
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function startStore(port: number, env: Record<string, string>): Promise<Store> {
  const { NODE_OPTIONS: _redirect, ...own } = env;
  const child = programs.start(["test/bench/webhooks-store.ts", String(port), String(orders)], own);
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as Store;
  throw new Error("The dev store did not start");
}

async function install(store: Store): Promise<void> {
  const shop = shopDomain(store.shop);
  const facts = { shopifyId: "gid://shopify/Shop/1", name: "Bench", currency: "USD", currencies: ["USD"] };
  const rest = {
    timezone: "UTC",
    installationId: "gid://shopify/AppInstallation/1",
    allOrders: true,
    givesCredit: false,
  };
  await inShop(database, shop, (tx) => saveShop(tx, { ...facts, ...rest }, new Date()));
  const session = { accessToken: store.token, scope: null, expires: null };
  await saveOfflineSession(database, shop, { ...session, refreshToken: null, refreshTokenExpires: null });
}

function webhook({ shop }: Store, order: string): PacedRequest {
  const body = JSON.stringify({ id: Number(order), updated_at: new Date().toISOString(), note: "x".repeat(300) });
  const headers = {
    "content-type": "application/json",
    "x-shopify-topic": "orders/updated",
    "x-shopify-shop-domain": shop,
    "x-shopify-webhook-id": randomUUID(),
    "x-shopify-triggered-at": new Date().toISOString(),
    "x-shopify-hmac-sha256": createHmac("sha256", APP.secret).update(body).digest("base64"),
  };
  return { path: "/webhooks", headers, body };
}

/** How many changes of orders the worker has settled since the database was made. */
async function counted(): Promise<number> {
  await sleep(1_200); // PostgreSQL publishes a session's statistics at most once a second.
  const sql = "SELECT n_tup_del::int AS n FROM pg_stat_user_tables WHERE relname = 'changed_orders'";
  return (await database.pool.query<{ n: number }>(sql)).rows[0]!.n;
}

async function waiting(): Promise<number> {
  return (await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM changed_orders")).rows[0]!.n;
}

async function untilCounted(most: number): Promise<void> {
  for (let looks = 0; looks < 1200; looks++) {
    const { rows } = await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM orders");
    if (rows[0]!.n >= most && (await waiting()) === 0) return;
    await sleep(100);
  }
}

/** All orders once more, noted at once: what the worker does when nothing else is asked of the machine. */
async function ordersPerSecond({ shop, orders: ids }: Store): Promise<number> {
  const startedAt = performance.now();
  await database.pool.query(
    `SELECT set_config('tsuide.shop', $1, true), note_changed_orders($1, $2::text::bigint[]),
       enqueue_job('sync-orders', jsonb_build_object('shop', $1::text), 'sync-orders:' || $1, NULL, 0, 'orders')`,
    [shop, `{${ids.join(",")}}`],
  );
  for (let looks = 0; looks < 1200 && (await waiting()) > 0; looks++) await sleep(50);
  return Math.round(ids.length / ((performance.now() - startedAt) / 1000));
}
