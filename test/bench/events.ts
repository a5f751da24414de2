/**
 * How fast shoppers' events are acknowledged and counted while the worker mines a large shop on the same machine, and what
 * is left of them where a program is killed:
 *
 *   npm run bench -- events [--rate 1000] [--seconds 600] [--orders 1000000]
 *
 * The app's own server and worker and PostgreSQL, each a process of its own, and this one, which sends batches of
 * browsers at a fixed rate whatever the answers take. Browsers have processors of their own, so it comes before the others
 * where the system allows it. The bare server gets the same requests just before, without and with the mining.
 */
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { getPriority, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { claimOf, offerId } from "../../app/domain/offers/offer-id.ts";
import type { EventBatch, SentEvent } from "../../app/domain/measurement/event-batch.ts";
import { eventToken } from "../../app/flows/measurement/event-token.ts";
import { makeFirstOffers } from "../../app/flows/offers/make-first-offers.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { enqueue } from "../../app/queue/enqueue.ts";
import { readConfig } from "../../app/server/config.ts";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { freePort } from "../../scripts/setup/postgres.mjs";
import { startBenchDatabase } from "./bench-database.ts";
import { type PacedRequest, sendPaced, tableRow, TIMES_COLUMNS, timesRow } from "./paced-requests.ts";
import { Programs, untilAnswers } from "./programs.ts";
import { FIRST_PRODUCT, storeSyntheticShop, SYNTHETIC_SHOP } from "./synthetic-shop.ts";

/** Events that a browser sends together. */
const BATCH = 4;
const VISITORS = 50_000;
const BARE_SECONDS = 10;
/** Of the run in which programs are killed: the web program after a third of it, the worker after two thirds. */
const KILLS_SECONDS = 30;
/** Of this process: above that of what is measured. */
const PRIORITY = -10;
/** How long totals may take to catch up. */
const MOST_BEHIND_MS = 60_000;

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "1000" },
    seconds: { type: "string", default: "600" },
    orders: { type: "string", default: "1000000" },
  },
});
const [rate, seconds, orders] = [Number(values.rate), Number(values.seconds), Number(values.orders)];

/** Batches so far. */
let made = 0;

const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const programs = new Programs();
const postgres = await startBenchDatabase(folder);
const database = openDatabase(postgres.url, { connections: 3 });
try {
  const [appPort, barePort] = (await Promise.all([freePort(), freePort()])) as [number, number];
  const env = {
    NODE_ENV: "production",
    DATABASE_URL: postgres.url,
    SHOPIFY_API_KEY: "bench-key",
    SHOPIFY_API_SECRET: "bench-secret-of-the-app",
    SHOPIFY_APP_URL: `http://localhost:${appPort}`,
    LOG_LEVEL: "fatal",
    HOST: "127.0.0.1",
  };
  const lines = await storeSyntheticShop(database, orders);
  await inShop(database, SYNTHETIC_SHOP, (tx) => makeFirstOffers(tx, new Date()));
  process.stdout.write(`A shop of ${orders} orders with ${lines} lines is mined meanwhile.\n\n`);
  const web = () => programs.start(["app/server/main.ts"], { ...env, PORT: String(appPort) });
  const worker = () => programs.start(["--max-semi-space-size=8", "app/jobs/worker.ts"], env);
  programs.start(["test/bench/bare-server.ts", String(barePort)], {});
  const running = { web: web(), worker: worker() };
  await Promise.all([
    untilAnswers(`http://127.0.0.1:${appPort}/health`),
    untilAnswers(`http://127.0.0.1:${barePort}/`),
  ]);
  const token = eventToken(SYNTHETIC_SHOP, new Date(0), readConfig(env).pseudonymKey);
  await sendPaced(appPort, batches(token, 5), rate / BATCH);
  process.stdout.write(tableRow("batches acknowledged, milliseconds", TIMES_COLUMNS));
  process.stdout.write(
    timesRow("a bare server", await sendPaced(barePort, batches(token, BARE_SECONDS), rate / BATCH)),
  );
  const before = getPriority();
  comeFirst();
  await whileMining({ appPort, barePort }, token);
  // What is started from here on would come first too.
  setPriority(before);
  await whileKilled(appPort, token, running, { web, worker });
} finally {
  programs.kill();
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Batches of browsers for so many seconds; each is made when it is due, so that its time is right. */
function* batches(token: string, forSeconds: number): Generator<PacedRequest> {
  for (let n = 0; n < (forSeconds * rate) / BATCH; n++) {
    const product = String(FIRST_PRODUCT + (made % 1_000));
    const claim = claimOf(offerId("bought-together", 1, product as never), "product");
    const visitor = `visitor-${made % VISITORS}`;
    const sent = (place: number) => ({ id: `bench-${made}-${place}`, at: Date.now(), visitor });
    const events: SentEvent[] = [
      { ...sent(0), kind: "page-viewed" },
      { ...sent(1), kind: "product-viewed", product },
      { ...sent(2), kind: "shown", claim },
      { ...sent(3), kind: "seen", claim },
    ];
    const batch: EventBatch = { v: 1, token, events };
    // Each browser has an address of its own.
    const address = `10.${(made >> 16) & 255}.${(made >> 8) & 255}.${made & 255}`;
    made++;
    yield { path: "/events", headers: { "x-forwarded-for": address }, body: JSON.stringify(batch) };
  }
}

/** The rate that is promised, for as long as asked, with the shop being mined all the time. */
async function whileMining({ appPort, barePort }: { appPort: number; barePort: number }, token: string): Promise<void> {
  let isOver = false;
  let runs = 0;
  const mining = (async () => {
    while (!isOver) {
      if (!(await isMining())) {
        await inShop(database, SYNTHETIC_SHOP, (tx) => enqueue(tx, "mine-associations"));
        runs++;
      }
      await sleep(1_000);
    }
  })();
  const bare = await sendPaced(barePort, batches(token, BARE_SECONDS), rate / BATCH);
  process.stdout.write(timesRow("a bare server, mining on", bare));
  await send(appPort, token);
  isOver = true;
  await mining;
  process.stdout.write(`mined from scratch ${runs} times\n`);
}

/** Sends batches of browsers, and says how long they took and how far totals were behind. */
async function send(port: number, token: string): Promise<void> {
  const before = await totalled();
  let [acknowledged, isOver, furthestBehind] = [0, false, 0];
  const history: { at: number; acknowledged: number }[] = [];
  const watching = (async () => {
    while (!isOver || history.length > 0) {
      const now = performance.now();
      history.push({ at: now, acknowledged });
      const counted = (await totalled()) - before;
      while (history.length > 0 && history[0]!.acknowledged <= counted) history.shift();
      if (history.length > 0) furthestBehind = Math.max(furthestBehind, now - history[0]!.at);
      if (!isOver) await sleep(500);
    }
  })();
  const sent = await sendPaced(port, batches(token, seconds), rate / BATCH, (_, status) => {
    if (status === 202) acknowledged += BATCH;
  });
  isOver = true;
  await watching;
  process.stdout.write(timesRow(`Tsuide, mining on, ${seconds} s`, sent));
  process.stdout.write(timesRow("of these, sent late by this bench", { ...sent, times: sent.late }));
  process.stdout.write(
    `\n${acknowledged} events acknowledged, ${(acknowledged / seconds).toFixed(0)} a second; totals at most ` +
      `${(furthestBehind / 1000).toFixed(1)} s behind; `,
  );
}

/** Kills both programs without warning. What was not acknowledged is sent again, with the same ids, as browsers do. */
async function whileKilled(
  port: number,
  token: string,
  running: { web: ChildProcess; worker: ChildProcess },
  start: { web: () => ChildProcess; worker: () => ChildProcess },
): Promise<void> {
  const [before, storedBefore] = [await totalled(), await stored()];
  const unanswered: PacedRequest[] = [];
  let events = 0;
  const keep = (request: PacedRequest, status: number) => {
    if (status === 202) events += BATCH;
    else unanswered.push(request);
  };
  const sending = sendPaced(port, batches(token, KILLS_SECONDS), rate / BATCH, keep);
  await sleep((KILLS_SECONDS * 1000) / 3);
  running.web.kill("SIGKILL");
  start.web();
  await sleep((KILLS_SECONDS * 1000) / 3);
  running.worker.kill("SIGKILL");
  start.worker();
  await sending;
  await untilAnswers(`http://127.0.0.1:${port}/health`);
  const again = unanswered.splice(0);
  for (let tries = 0, waiting = again; waiting.length > 0 && tries < 20; tries++, waiting = unanswered.splice(0)) {
    await sendPaced(port, waiting, rate / BATCH, keep);
  }
  const deadline = performance.now() + MOST_BEHIND_MS;
  while ((await totalled()) - before < events && performance.now() < deadline) await sleep(500);
  const [counted, kept] = [(await totalled()) - before, (await stored()) - storedBefore];
  process.stdout.write(
    `\nWeb program and worker killed (SIGKILL) during ${KILLS_SECONDS} s: ${events} events, ${again.length} batches sent ` +
      `again; lost ${events - kept}, counted twice ${counted - kept}\n`,
  );
}

function comeFirst(): void {
  try {
    setPriority(PRIORITY);
  } catch {
    process.stdout.write("This process may not come first: its own waiting is in the figures.\n");
  }
}

/** Events in the hourly totals. */
function totalled(): Promise<number> {
  return figure("SELECT coalesce(sum(events), 0)::float8 AS n FROM events.hourly");
}

function stored(): Promise<number> {
  return figure("SELECT count(*)::float8 AS n FROM events.events");
}

async function isMining(): Promise<boolean> {
  return (
    (await figure(
      "SELECT count(*)::float8 AS n FROM graphile_worker.jobs WHERE task_identifier = 'mine-associations'",
    )) > 0
  );
}

async function figure(sql: string): Promise<number> {
  return (await database.pool.query<{ n: number }>(sql)).rows[0]!.n;
}
