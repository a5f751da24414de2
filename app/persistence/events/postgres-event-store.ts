import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ShopDomain } from "../../domain/ids.ts";
import type { EventRefusal, ShopEvent } from "../../domain/measurement/shop-event.ts";
import type { EventStore, EventTotal, MovedEvents, RefusedEvents } from "./event-store.ts";
import { openPool } from "../database/database.ts";
import { EventsFull } from "./event-store.ts";
import { dayOf, dropDays, keptDays, makeDays } from "./postgres-days.ts";
import { migrateEvents } from "./postgres-tables.ts";

const COPY = "COPY events.staged (shop, id, kind, at, visitor, offer, surface, product) FROM STDIN";
const ENTER_SHOP = "SELECT set_config('role', 'tsuide_tenant', true), set_config('tsuide.shop', $1, true)";

/** Events of one move: some tens of milliseconds of work, in one transaction. */
const MOVED_AT_ONCE = 20_000;
/** Bytes of events that wait to be moved: about eight million. More come only if no worker has run for hours. */
const MOST_STAGED_BYTES = 2 * 1024 ** 3;
/** How many calls of `append` share one look at that size. */
const LOOK_EVERY = 100;

// One statement: an event leaves the staging table if and only if it is stored and counted.
const MOVE = `
  WITH taken AS (
    DELETE FROM events.staged WHERE ctid = ANY (ARRAY(SELECT ctid FROM events.staged LIMIT $1)) RETURNING *
  ), dated AS (
    SELECT *, (at AT TIME ZONE 'UTC')::date AS day FROM taken
  ), stored AS (
    INSERT INTO events.events (day, shop, id, kind, at, visitor, offer, surface, product)
    SELECT day, shop, id, kind, at, visitor, offer, surface, product FROM dated WHERE day BETWEEN $2::date AND $3::date
    ON CONFLICT DO NOTHING
    RETURNING shop, at, offer, surface, product, kind
  ), totalled AS (
    INSERT INTO events.hourly AS t (shop, hour, offer, surface, product, kind, events)
    SELECT shop, date_trunc('hour', at, 'UTC'), offer, surface, product, kind, count(*) FROM stored
    GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (shop, hour, offer, surface, product, kind) DO UPDATE SET events = t.events + EXCLUDED.events
  ), refused AS (
    INSERT INTO events.refused AS r (shop, day, reason, events)
    SELECT shop, $4::date, CASE WHEN day < $2::date THEN 'ancient' ELSE 'future' END, count(*) FROM dated
    WHERE day NOT BETWEEN $2::date AND $3::date GROUP BY 1, 2, 3
    ON CONFLICT (shop, day, reason) DO UPDATE SET events = r.events + EXCLUDED.events
  )
  SELECT (SELECT count(*) FROM taken)::int AS taken, (SELECT count(*) FROM stored)::int AS stored,
    (SELECT count(*) FROM dated WHERE day NOT BETWEEN $2::date AND $3::date)::int AS refused`;

/** Events in PostgreSQL: see `postgres-tables.ts` for the tables. The first call brings those up to date. */
export class PostgresEventStore implements EventStore {
  readonly #pool: pg.Pool;
  readonly #mostStagedBytes: number;
  #ready: Promise<void> | null = null;
  #appends = 0;
  #isFull = false;

  /** `mostStagedBytes`: of events that wait to be moved. */
  constructor(url: string, options: { connections: number; mostStagedBytes?: number }) {
    this.#mostStagedBytes = options.mostStagedBytes ?? MOST_STAGED_BYTES;
    this.#pool = openPool(url, options.connections);
  }

  async append(events: readonly ShopEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.#migrated();
    if (this.#appends++ % LOOK_EVERY === 0) await this.#look();
    if (this.#isFull) throw new EventsFull("Too many events wait to be moved: no worker moves them");
    const client = await this.#pool.connect();
    try {
      const copy = client.query(copyFrom(COPY));
      copy.end(events.map(copyLine).join(""));
      await finished(copy);
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  move(now: Date): Promise<MovedEvents> {
    return this.#transaction(async (client) => {
      const lock = "SELECT pg_try_advisory_xact_lock(hashtextextended('tsuide.events.move', 0)) AS taken";
      if (!(await client.query<{ taken: boolean }>(lock)).rows[0]!.taken) return NOTHING_MOVED;
      await makeDays(client, now);
      const { first, last } = keptDays(now);
      await client.query("SET LOCAL ROLE tsuide_event_mover");
      const { rows } = await client.query<{ taken: number; stored: number; refused: number }>(MOVE, [
        ...[MOVED_AT_ONCE, first, last, dayOf(now.getTime())],
      ]);
      const { taken, stored, refused } = rows[0]!;
      return { moved: stored, repeated: taken - stored - refused, refused, hasMore: taken === MOVED_AT_ONCE };
    });
  }

  async countRefused(refused: readonly RefusedEvents[], now: Date): Promise<void> {
    if (refused.length === 0) return;
    await this.#transaction(async (client) => {
      await client.query("SET LOCAL ROLE tsuide_event_mover");
      await client.query(
        `INSERT INTO events.refused AS r (shop, day, reason, events)
         SELECT shop, $2::date, reason, sum(events) FROM jsonb_to_recordset($1) AS n(shop text, reason text, events bigint)
         GROUP BY shop, reason ORDER BY shop, reason
         ON CONFLICT (shop, day, reason) DO UPDATE SET events = r.events + EXCLUDED.events`,
        [JSON.stringify(refused), dayOf(now.getTime())],
      );
    });
  }

  readTotals(shop: ShopDomain, from: Date, to: Date, offer?: number): Promise<EventTotal[]> {
    const sql = `
      SELECT offer, surface, product::text AS product, kind, sum(events)::float8 AS events FROM events.hourly
      WHERE shop = $1 AND hour >= $2 AND hour < $3 AND ($4::int IS NULL OR offer = $4) GROUP BY offer, surface, hourly.product, kind
      ORDER BY offer, surface, hourly.product, kind`;
    return this.#inShop(
      shop,
      async (client) => (await client.query<EventTotal>(sql, [shop, from, to, offer ?? null])).rows,
    );
  }

  readRefused(shop: ShopDomain, from: Date, to: Date): Promise<Map<EventRefusal, number>> {
    const sql = `SELECT reason, sum(events)::float8 AS events FROM events.refused
      WHERE shop = $1 AND day >= ($2::timestamptz AT TIME ZONE 'UTC')::date AND day < ($3::timestamptz AT TIME ZONE 'UTC')
      GROUP BY reason`;
    return this.#inShop(shop, async (client) => {
      const { rows } = await client.query<{ reason: EventRefusal; events: number }>(sql, [shop, from, to]);
      return new Map(rows.map(({ reason, events }) => [reason, events]));
    });
  }

  async keepDays(now: Date): Promise<void> {
    await this.#transaction(async (client) => {
      await makeDays(client, now);
      await dropDays(client, now);
    });
  }

  async forgetShop(shop: ShopDomain): Promise<void> {
    await this.#transaction(async (client) => {
      // Whoever moves is waited for: what it moves of this shop is deleted as well.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tsuide.events.move', 0))");
      await client.query("DELETE FROM events.staged WHERE shop = $1", [shop]);
      await client.query(ENTER_SHOP, [shop]);
      for (const table of ["events", "hourly", "refused"]) {
        await client.query(`DELETE FROM events.${table} WHERE shop = $1`, [shop]);
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** One that failed is tried again by the next call. */
  async #migrated(): Promise<void> {
    this.#ready ??= migrateEvents(this.#pool);
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = null;
      throw error;
    }
  }

  async #look(): Promise<void> {
    const { rows } = await this.#pool.query<{ bytes: number }>(
      "SELECT pg_relation_size('events.staged')::float8 AS bytes",
    );
    this.#isFull = rows[0]!.bytes > this.#mostStagedBytes;
  }

  #inShop<T>(shop: ShopDomain, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.#transaction(async (client) => {
      await client.query(ENTER_SHOP, [shop]);
      return work(client);
    });
  }

  async #transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    await this.#migrated();
    const client = await this.#pool.connect();
    let isBroken = false;
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => (isBroken = true));
      throw error;
    } finally {
      client.release(isBroken);
    }
  }
}

const NOTHING_MOVED: MovedEvents = { moved: 0, repeated: 0, refused: 0, hasMore: false };

const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A line of COPY's text format. */
function copyLine({ shop, id, kind, at, visitor, offer, surface, product }: ShopEvent): string {
  const fields = [shop, id, kind, new Date(at).toISOString(), visitor, offer, surface, product];
  return `${fields.map((field) => String(field).replace(/[\\\t\n\r]/g, (mark) => ESCAPED[mark]!)).join("\t")}\n`;
}
