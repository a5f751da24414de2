import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ShopDomain } from "../../domain/ids.ts";
import type { EventRefusal, ShopEvent } from "../../domain/measurement/shop-event.ts";
import type { VisitDimension } from "../../domain/measurement/visit.ts";
import type { ProductView } from "../../domain/mining/browsing/browsing-day.ts";
import type {
  EventPeriod,
  EventStore,
  EventTotal,
  MovedEvents,
  OfferEventTotal,
  OrdersPage,
  OrderViews,
  OrderVisit,
  RefusedEvents,
  StepTotal,
  TotalsBy,
  UnitEvents,
  UnitsPage,
  VisitTotal,
} from "./event-store.ts";
import { openPool } from "../database/database.ts";
import { dayOf, keptDays } from "./event-days.ts";
import { EventsFull } from "./event-store.ts";
import { readViewsBeforeOrdersIn, readViewsIn } from "./postgres-browsing.ts";
import { dropDays, makeDays } from "./postgres-days.ts";
import { MOVE } from "./postgres-move.ts";
import { countedSinceIn, readLogIn, readOfferTotalsIn, readStepTotalsIn } from "./postgres-reports.ts";
import { migrateEvents } from "./postgres-tables.ts";
import { forgetOrdersIn, readUnitsIn } from "./postgres-units.ts";
import { readVisitsIn, readVisitTotalsIn } from "./postgres-visits.ts";

const COPY = `COPY events.staged (shop, id, kind, at, visitor, offer, surface, product, experiment, arm, order_id,
  device, source, medium, campaign) FROM STDIN`;
/** Tables that hold what was moved, of every shop. */
const SHOP_TABLES = ["events", "hourly", "refused", "exposures", "checkouts", "order_visitors", "visits_hourly"];
const ENTER_SHOP = "SELECT set_config('role', 'tsuide_tenant', true), set_config('tsuide.shop', $1, true)";

// Whoever moves is waited for: what it moves meanwhile is deleted as well.
const WAIT_FOR_MOVER = "SELECT pg_advisory_xact_lock(hashtextextended('tsuide.events.move', 0))";

/** Events of one move: some tens of milliseconds of work, in one transaction. */
const MOVED_AT_ONCE = 20_000;
/** Bytes of events that wait to be moved: about eight million. More come only if no worker has run for hours. */
const MOST_STAGED_BYTES = 2 * 1024 ** 3;
/** How long storing some events may take, and getting a connection for it: after that PostgreSQL does not answer any more. */
const LONGEST_COPY_MS = 15_000;
/** How many calls of `append` share one look at that size. */
const LOOK_EVERY = 100;

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
    this.#pool = openPool(url, options.connections, { patienceMs: LONGEST_COPY_MS });
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
      await finished(copy, { signal: AbortSignal.timeout(LONGEST_COPY_MS) });
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

  readOfferTotals(shop: ShopDomain, period: EventPeriod, by: TotalsBy): Promise<OfferEventTotal[]> {
    return this.#inShop(shop, (client) => readOfferTotalsIn(client, shop, period, by));
  }

  readStepTotals(shop: ShopDomain, starts: readonly Date[], to: Date): Promise<StepTotal[]> {
    return this.#inShop(shop, (client) => readStepTotalsIn(client, shop, starts, to));
  }

  countedSince(shop: ShopDomain): Promise<Date | null> {
    return this.#inShop(shop, (client) => countedSinceIn(client, shop));
  }

  readLog(shop: ShopDomain, period: EventPeriod): AsyncGenerator<ShopEvent[]> {
    return this.#stream(shop, (client) => readLogIn(client, shop, period));
  }

  readViews(shop: ShopDomain, day: Date): AsyncGenerator<ProductView[]> {
    return this.#stream(shop, (client) => readViewsIn(client, shop, day));
  }

  readViewsBeforeOrders(shop: ShopDomain, day: Date, limit: number): Promise<OrderViews[]> {
    return this.#inShop(shop, (client) => readViewsBeforeOrdersIn(client, shop, day, limit));
  }

  async *#stream<Row>(shop: ShopDomain, read: (client: pg.PoolClient) => AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
    await this.#migrated();
    const client = await this.#pool.connect();
    let isDone = false;
    try {
      await client.query("BEGIN READ ONLY");
      await client.query(ENTER_SHOP, [shop]);
      yield* read(client);
      await client.query("COMMIT");
      isDone = true;
    } finally {
      // A reader that left in the middle leaves a transaction open: it ends with its connection.
      client.release(!isDone);
    }
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

  readUnits(shop: ShopDomain, page: UnitsPage): Promise<UnitEvents[]> {
    return this.#inShop(shop, (client) => readUnitsIn(client, shop, page));
  }

  readVisits(shop: ShopDomain, page: OrdersPage): Promise<OrderVisit[]> {
    return this.#inShop(shop, (client) => readVisitsIn(client, shop, page));
  }

  readVisitTotals(shop: ShopDomain, period: EventPeriod, by: VisitDimension, limit: number): Promise<VisitTotal[]> {
    return this.#inShop(shop, (client) => readVisitTotalsIn(client, shop, { period, by, limit }));
  }

  async forgetOrders(shop: ShopDomain, orders: readonly string[]): Promise<void> {
    if (orders.length === 0) return;
    await this.#transaction(async (client) => {
      await client.query(WAIT_FOR_MOVER);
      await forgetOrdersIn(client, shop, orders);
    });
  }

  async forgetShop(shop: ShopDomain): Promise<void> {
    await this.#transaction(async (client) => {
      await client.query(WAIT_FOR_MOVER);
      await client.query("DELETE FROM events.staged WHERE shop = $1", [shop]);
      await client.query(ENTER_SHOP, [shop]);
      for (const table of SHOP_TABLES) {
        await client.query(`DELETE FROM events.${table} WHERE shop = $1`, [shop]);
      }
    });
  }

  async answers(): Promise<boolean> {
    try {
      await this.#migrated();
      await this.#pool.query("SELECT 1");
      return true;
    } catch {
      return false;
    }
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

const NULL = "\\N";
const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A line of COPY's text format. */
function copyLine({ shop, id, kind, at, visitor, offer, surface, product, shown, order, visit }: ShopEvent): string {
  const subject = [shop, id, kind, new Date(at).toISOString(), visitor, offer, surface, product];
  const of = [shown?.experiment, shown?.arm, order, visit?.device, visit?.source, visit?.medium, visit?.campaign];
  return `${[...subject, ...of].map(copyField).join("\t")}\n`;
}

function copyField(field: string | number | undefined): string {
  return field === undefined ? NULL : String(field).replace(/[\\\t\n\r]/g, (mark) => ESCAPED[mark]!);
}
