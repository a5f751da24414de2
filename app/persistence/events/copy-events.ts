import type pg from "pg";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { countHours } from "./clickhouse-move.ts";
import { keptDays } from "./event-days.ts";
import type { EventStore } from "./event-store.ts";

/** Where events are kept, once with its tables and once as a store. Both stores must have made their tables. */
export interface EventPlaces {
  readonly postgres: { readonly pool: pg.Pool; readonly store: EventStore };
  readonly clickhouse: { readonly tables: ClickHouse; readonly store: EventStore };
}

/** Is called with what was copied so far. */
export type CopyProgress = (table: string, rows: number) => void;

const ROWS_AT_ONCE = 10_000;
/** The piece of what came from PostgreSQL; refused events have one for each day. */
const PIECE = "copied";

interface CopiedTable {
  readonly name: string;
  /** Columns with their types in PostgreSQL; those of type "time" are in UTC. */
  readonly columns: Readonly<Record<string, string>>;
  /** The column that says how old a row is, where only some are copied: single events that are kept, totals of older hours. */
  readonly of?: { readonly column: string; readonly from: "kept" | "older" };
  /** What happens in PostgreSQL to a row that is there. */
  readonly conflict: string;
}

const LARGER = (table: string, key: string) =>
  `ON CONFLICT (${key}) DO UPDATE SET events = EXCLUDED.events WHERE ${table}.events < EXCLUDED.events`;
const HOUR_KEY = "shop, hour, offer, surface, product, kind";
const VISIT_KEY = "shop, hour, device, source, medium, campaign, kind";
const VISIT = { device: "text", source: "text", medium: "text", campaign: "text" };

const TABLES: readonly CopiedTable[] = [
  {
    name: "events",
    columns: {
      ...{ shop: "text", id: "text", kind: "text", at: "time", visitor: "text", offer: "int", surface: "text" },
      ...{ product: "bigint", ...VISIT },
    },
    of: { column: "at", from: "kept" },
    conflict: "ON CONFLICT DO NOTHING",
  },
  {
    name: "hourly",
    columns: {
      ...{
        shop: "text",
        hour: "time",
        offer: "int",
        surface: "text",
        product: "bigint",
        kind: "text",
        events: "bigint",
      },
    },
    of: { column: "hour", from: "older" },
    conflict: LARGER("hourly", HOUR_KEY),
  },
  {
    name: "visits_hourly",
    columns: { shop: "text", hour: "time", ...VISIT, kind: "text", events: "bigint" },
    of: { column: "hour", from: "older" },
    conflict: LARGER("visits_hourly", VISIT_KEY),
  },
  {
    name: "refused",
    columns: { shop: "text", day: "date", reason: "text", events: "bigint" },
    conflict: LARGER("refused", "shop, day, reason"),
  },
  {
    name: "exposures",
    columns: { shop: "text", experiment: "int", visitor: "text", arm: "int", at: "time" },
    conflict:
      "ON CONFLICT (shop, experiment, visitor, arm) DO UPDATE SET at = EXCLUDED.at WHERE exposures.at > EXCLUDED.at",
  },
  {
    name: "checkouts",
    columns: { shop: "text", visitor: "text", at: "time" },
    conflict: "ON CONFLICT DO NOTHING",
  },
  {
    name: "order_visitors",
    columns: { shop: "text", order_id: "bigint", visitor: "text", at: "time" },
    conflict: "ON CONFLICT DO NOTHING",
  },
];

/**
 * Copies all that PostgreSQL keeps of events into ClickHouse, beside what is there. It can run again: nothing is counted
 * twice. Hours of which single events are kept are counted again from the events of both; older totals are copied.
 */
export async function copyToClickHouse(places: EventPlaces, now: Date, progress: CopyProgress): Promise<void> {
  const { pool, store } = places.postgres;
  const { tables } = places.clickhouse;
  await moveAll(store, now);
  const { first } = keptDays(now);
  for (const table of TABLES) {
    let rows = 0;
    for await (const batch of rowsInPostgres(pool, table, first)) {
      await tables.insert(
        table.name,
        batch.map((row) => ({ ...row, ...pieceOf(table, row) })),
      );
      progress(table.name, (rows += batch.length));
    }
  }
  for (const day of daysFrom(first, now)) {
    const { all, visits } = countHours("toDate(at) = {day:Date}");
    for (const sql of [all, visits]) await tables.command(sql, { day });
  }
}

/** The way back, in the same way. */
export async function copyToPostgres(places: EventPlaces, now: Date, progress: CopyProgress): Promise<void> {
  const { pool, store } = places.postgres;
  const { tables, store: from } = places.clickhouse;
  await moveAll(from, now);
  // Makes room for every day of which events are kept.
  await store.keepDays(now);
  const { first } = keptDays(now);
  for (const table of TABLES) {
    let rows = 0;
    for await (const batch of rowsInClickHouse(tables, table, first)) {
      await inPostgres(pool, (client) => client.query(insertInto(table), [JSON.stringify(batch)]));
      progress(table.name, (rows += batch.length));
    }
  }
  await inPostgres(pool, async (client) => {
    for (const sql of COUNT_HOURS) await client.query(sql, [first]);
  });
}

async function moveAll(store: EventStore, now: Date): Promise<void> {
  while ((await store.move(now)).hasMore);
}

function daysFrom(first: string, now: Date): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(keptDays(now).last); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

function pieceOf({ name }: CopiedTable, row: Readonly<Record<string, unknown>>): object {
  if (name === "events") return { piece: PIECE };
  return name === "refused" ? { piece: `${PIECE} ${String(row.day)}` } : {};
}

const SINCE = { kept: ">=", older: "<" } as const;

/** The rows of a table with numbers that are large and times as texts, as the other side reads them. */
async function* rowsInPostgres(
  pool: pg.Pool,
  { name, columns, of }: CopiedTable,
  first: string,
): AsyncGenerator<Record<string, unknown>[]> {
  const texts: Readonly<Record<string, (column: string) => string>> = {
    time: (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')`,
    date: (column) => `${column}::text`,
    bigint: (column) => `${column}::text`,
  };
  const read = Object.entries(columns).map(([column, type]) => `${texts[type]?.(column) ?? column} AS ${column}`);
  const limit = of === undefined ? "" : `WHERE ${of.column} ${SINCE[of.from]} '${first} 00:00:00+00'`;
  const client = await pool.connect();
  let isDone = false;
  try {
    await client.query("BEGIN READ ONLY; SET LOCAL ROLE tsuide_event_mover");
    await client.query(`DECLARE copied NO SCROLL CURSOR FOR SELECT ${read.join(", ")} FROM events.${name} ${limit}`);
    for (;;) {
      const { rows } = await client.query<Record<string, unknown>>(`FETCH ${ROWS_AT_ONCE} FROM copied`);
      if (rows.length === 0) break;
      yield rows;
    }
    await client.query("COMMIT");
    isDone = true;
  } finally {
    client.release(!isDone);
  }
}

function rowsInClickHouse(
  tables: ClickHouse,
  { name, columns, of }: CopiedTable,
  first: string,
): AsyncGenerator<Record<string, unknown>[]> {
  const read = Object.entries(columns).map(([column, type]) =>
    ["time", "date", "bigint"].includes(type) ? `toString(t.${column}) AS ${column}` : `t.${column} AS ${column}`,
  );
  const limit = of === undefined ? "" : `WHERE t.${of.column} ${SINCE[of.from]} toDateTime({first:String}, 'UTC')`;
  // ClickHouse keeps refused events by piece.
  const byDay = "SELECT shop, day, reason, sum(r.events) AS events FROM refused AS r FINAL GROUP BY shop, day, reason";
  const sql = `SELECT ${read.join(", ")} FROM ${name === "refused" ? `(${byDay}) AS t` : `${name} AS t FINAL`} ${limit}`;
  return tables.stream(sql, { first: `${first} 00:00:00` }, ROWS_AT_ONCE);
}

function insertInto({ name, columns, conflict }: CopiedTable): string {
  const names = Object.keys(columns);
  const types = Object.entries(columns).map(([column, type]) => `${column} ${type === "time" ? "timestamp" : type}`);
  const read = names.map((column) => (columns[column] === "time" ? `${column} AT TIME ZONE 'UTC'` : column));
  const day = name === "events" ? { column: "day, ", read: "at::date, " } : { column: "", read: "" };
  return `INSERT INTO events.${name} (${day.column}${names.join(", ")})
    SELECT ${day.read}${read.join(", ")} FROM jsonb_to_recordset($1) AS n(${types.join(", ")}) ${conflict}`;
}

const HOUR = "date_trunc('hour', at, 'UTC')";
const COUNT_HOURS = [
  `INSERT INTO events.hourly (${HOUR_KEY}, events)
   SELECT ${HOUR_KEY.replace("hour", HOUR)}, count(*) FROM events.events WHERE day >= $1::date
   GROUP BY 1, 2, 3, 4, 5, 6 ${LARGER("hourly", HOUR_KEY)}`,
  `INSERT INTO events.visits_hourly (${VISIT_KEY}, events)
   SELECT ${VISIT_KEY.replace("hour", HOUR)}, count(*) FROM events.events WHERE day >= $1::date AND device IS NOT NULL
   GROUP BY 1, 2, 3, 4, 5, 6, 7 ${LARGER("visits_hourly", VISIT_KEY)}`,
];

async function inPostgres<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isDone = false;
  try {
    await client.query("BEGIN; SET LOCAL ROLE tsuide_event_mover");
    const result = await work(client);
    await client.query("COMMIT");
    isDone = true;
    return result;
  } finally {
    client.release(!isDone);
  }
}
