/**
 * What pages and jobs read of shoppers' events, from PostgreSQL and from ClickHouse, and one move of events in each:
 *
 *   npm run bench -- event-stores [--events 10000000] [--times 5]
 *
 * The same made-up events of one shop and 30 days are in both, and both give the same answers. ClickHouse is its engine as a
 * library with one thread, behind HTTP: see `test/clickhouse`. Times are the shortest of several.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { shopDomain } from "../../app/domain/ids.ts";
import { EVENT_KINDS, type ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import { openPool } from "../../app/persistence/database/database.ts";
import { exclusionIn } from "../../app/persistence/database/exclusion.ts";
import { openClickHouse } from "../../app/persistence/events/clickhouse.ts";
import { ClickHouseEventStore } from "../../app/persistence/events/clickhouse-event-store.ts";
import { countHours } from "../../app/persistence/events/clickhouse-move.ts";
import type { EventStore } from "../../app/persistence/events/event-store.ts";
import { PostgresEventStore } from "../../app/persistence/events/postgres-event-store.ts";
import { startClickHouse } from "../clickhouse/clickhouse-server.ts";
import { startBenchDatabase } from "./bench-database.ts";

const { values } = parseArgs({
  options: { events: { type: "string", default: "10000000" }, times: { type: "string", default: "5" } },
});
const [events, times] = [Number(values.events), Number(values.times)];

const DAY_MS = 86_400_000;
const SHOP = shopDomain("bench.myshopify.com");
const NOW = new Date();
const DAYS = 28;
const FROM = Math.floor(NOW.getTime() / DAY_MS) * DAY_MS - DAYS * DAY_MS;
const STEP_MS = Math.floor((DAYS * DAY_MS) / events);
const MOVED = 20_000;
/** One in twenty has no offer. */
const PRODUCTS = 300;
const kinds = EVENT_KINDS.map((kind) => `'${kind}'`);

const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const server = await startClickHouse();
if ("missing" in server) throw new Error(`There is no ClickHouse to measure: ${server.missing}`);
const postgres = await startBenchDatabase(folder);
const pool = openPool(postgres.url, 4);
const clickhouse = openClickHouse(await server.makeDatabase(), 4);
const stores: readonly (readonly [name: string, store: EventStore])[] = [
  ["PostgreSQL", new PostgresEventStore(postgres.url, { connections: 4 })],
  ["ClickHouse", new ClickHouseEventStore(clickhouse, exclusionIn(pool, "events"))],
];
try {
  for (const [, store] of stores) await store.keepDays(NOW);
  const filled = [await timed(fillPostgres), await timed(fillClickHouse)];
  process.stdout.write(`${events} events of ${DAYS} days, filled in ${filled.map(seconds).join(" and ")} s\n\n`);
  process.stdout.write(`| ${"milliseconds".padEnd(44)} | PostgreSQL | ClickHouse |\n`);
  for (const [name, read] of READINGS()) {
    const cells = [];
    const answers = new Set<string>();
    for (const [, store] of stores) {
      let shortest = Infinity;
      for (let n = 0; n < times; n++) {
        shortest = Math.min(shortest, await timed(async () => void answers.add(JSON.stringify(await read(store)))));
      }
      cells.push(shortest.toFixed(0).padStart(10));
    }
    if (answers.size !== 1) throw new Error(`The answers differ: ${name}`);
    process.stdout.write(`| ${name.padEnd(44)} | ${cells.join(" | ")} |\n`);
  }
  const moves = [];
  for (const [, store] of stores) moves.push((await timed(() => moveSome(store))).toFixed(0).padStart(10));
  process.stdout.write(`| ${`${MOVED} events appended and moved`.padEnd(44)} | ${moves.join(" | ")} |\n`);
  const sizes = [await sizeInPostgres(), await sizeInClickHouse()].map((size) => size.toFixed(0).padStart(10));
  process.stdout.write(`| ${"megabytes on disk".padEnd(44)} | ${sizes.join(" | ")} |\n`);
} finally {
  await Promise.all([...stores.map(([, store]) => store.close()), clickhouse.close(), pool.end()]);
  await Promise.all([server.stop(), postgres.stop()]);
  rmSync(folder, { recursive: true, force: true });
}

/** What is read, as pages and jobs do. */
function READINGS(): readonly (readonly [name: string, read: (store: EventStore) => Promise<unknown>])[] {
  const period = { from: new Date(FROM), to: NOW };
  const starts = Array.from({ length: DAYS }, (_, day) => new Date(FROM + day * DAY_MS));
  const yesterday = new Date(FROM + (DAYS - 1) * DAY_MS);
  return [
    ["totals of an offer", (store) => store.readTotals(SHOP, period.from, period.to, 3)],
    ["totals of all offers", (store) => store.readOfferTotals(SHOP, period, { by: "offer" })],
    ["totals of all offers by day", (store) => store.readOfferTotals(SHOP, period, { by: "step", starts })],
    ["totals of the 50 largest products", (store) => store.readOfferTotals(SHOP, period, { by: "product", limit: 50 })],
    ["totals of everything by day", (store) => store.readStepTotals(SHOP, starts, NOW)],
    ["visits of 500 orders", (store) => store.readVisits(SHOP, { from: yesterday, after: null, limit: 500 })],
    ["views of a day", (store) => countRows(store.readViews(SHOP, yesterday))],
    ["the log of a day", (store) => countRows(store.readLog(SHOP, { from: yesterday, to: NOW }))],
  ];
}

async function countRows(batches: AsyncGenerator<readonly unknown[]>): Promise<number> {
  let rows = 0;
  for await (const batch of batches) rows += batch.length;
  return rows;
}

async function moveSome(store: EventStore): Promise<void> {
  const some = Array.from({ length: MOVED }, (_, n): ShopEvent => {
    const about = { kind: "seen", visitor: `m${n % 500}`, offer: 1 + (n % 20), surface: "product" } as const;
    return { shop: SHOP, id: `moved-${n}`, at: NOW.getTime() - n * 10, product: String(1 + (n % 300)), ...about };
  });
  for (let at = 0; at < MOVED; at += 500) await store.append(some.slice(at, at + 500));
  for (let hasMore = true; hasMore;) ({ hasMore } = await store.move(NOW));
}

async function fillPostgres(): Promise<void> {
  const client = await pool.connect();
  await client.query("SET ROLE tsuide_event_mover");
  await client.query(
    `INSERT INTO events.events (day, shop, id, kind, at, visitor, offer, surface, product)
     SELECT (at AT TIME ZONE 'UTC')::date, $1, 'event-' || n, (ARRAY[${kinds.join(", ")}])[n % ${kinds.length} + 1], at,
       'v' || n % 200003, product % 20, CASE product % 20 WHEN 0 THEN '' ELSE 'product' END, product
     FROM (
       SELECT n, to_timestamp(($2::bigint + n * $3::bigint) / 1000.0) AS at, n / ${kinds.length} % ${PRODUCTS} AS product
       FROM generate_series(0, $4::bigint - 1) n
     ) made`,
    [SHOP, FROM, STEP_MS, events],
  );
  await client.query(
    `INSERT INTO events.hourly SELECT shop, date_trunc('hour', at, 'UTC'), offer, surface, product, kind, count(*)
     FROM events.events GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  await client.query(
    `INSERT INTO events.order_visitors SELECT shop, substr(id, 7)::bigint, visitor, at FROM events.events
     WHERE kind = 'checkout-completed' AND substr(id, 7)::bigint % 10 = 0`,
  );
  client.release();
  await pool.query("ANALYZE events.events, events.hourly, events.order_visitors");
}

async function fillClickHouse(): Promise<void> {
  await clickhouse.command(
    `INSERT INTO events (shop, id, kind, at, visitor, offer, surface, product, piece)
     SELECT {shop:String}, concat('event-', toString(number)), [${kinds.join(", ")}][number % ${kinds.length} + 1],
       fromUnixTimestamp64Milli(toInt64({from:Int64} + number * {step:Int64}), 'UTC'), concat('v', toString(number % 200003)),
       product % 20, if(product % 20 = 0, '', 'product'), product, 'bench'
     FROM (SELECT number, intDiv(number, ${kinds.length}) % ${PRODUCTS} AS product FROM numbers({events:UInt64}))`,
    { shop: SHOP, from: FROM, step: STEP_MS, events },
  );
  await clickhouse.command(countHours("1").all);
  await clickhouse.command(
    `INSERT INTO order_visitors SELECT shop, toInt64(substr(id, 7)), visitor, at FROM events
     WHERE kind = 'checkout-completed' AND toInt64(substr(id, 7)) % 10 = 0`,
  );
}

async function sizeInPostgres(): Promise<number> {
  const sql = `SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class
    WHERE relnamespace = 'events'::regnamespace AND relkind = 'r'`;
  return (await pool.query<{ bytes: number }>(sql)).rows[0]!.bytes / 1e6;
}

async function sizeInClickHouse(): Promise<number> {
  const sql = `SELECT toFloat64(sum(bytes_on_disk)) AS bytes FROM system.parts
    WHERE database = currentDatabase() AND active`;
  return (await clickhouse.query<{ bytes: number }>(sql))[0]!.bytes / 1e6;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(0);
}
