import { randomUUID } from "node:crypto";
import type { ShopDomain } from "../../domain/ids.ts";
import type { EventRefusal, ShopEvent } from "../../domain/measurement/shop-event.ts";
import type { VisitDimension } from "../../domain/measurement/visit.ts";
import type { ProductView } from "../../domain/mining/browsing/browsing-day.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { readViews, readViewsBeforeOrders } from "./clickhouse-browsing.ts";
import { dropOldDays } from "./clickhouse-days.ts";
import { moveStaged, NOTHING_MOVED } from "./clickhouse-move.ts";
import {
  countedSince,
  readLog,
  readOfferTotals,
  readRefused,
  readStepTotals,
  readTotals,
} from "./clickhouse-reports.ts";
import { migrateClickHouse, SHOP_TABLES } from "./clickhouse-tables.ts";
import { forgetOrders, readUnits } from "./clickhouse-units.ts";
import { readVisits, readVisitTotals } from "./clickhouse-visits.ts";
import type { Exclusion } from "../database/exclusion.ts";
import { dayOf } from "./event-days.ts";
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
import { EventsFull, READER_PATIENCE_MS } from "./event-store.ts";

/** Events of a piece, which is moved as a whole. */
const PIECE_EVENTS = 1000;
/** Events that wait to be moved. More come only if no worker has run for hours. */
const MOST_STAGED = 8_000_000;
/** How many calls of `append` share one look at that number. */
const LOOK_EVERY = 100;

/** Events in ClickHouse: see `clickhouse-tables.ts` for the tables. The first call brings those up to date. */
export class ClickHouseEventStore implements EventStore {
  readonly #clickhouse: ClickHouse;
  readonly #movers: Exclusion;
  readonly #mostStaged: number;
  #ready: Promise<void> | null = null;
  #appends = 0;
  #isFull = false;

  /** `movers`: lets one work at a time, of all processes. `mostStaged`: of events that wait to be moved. */
  constructor(clickhouse: ClickHouse, movers: Exclusion, options: { mostStaged?: number } = {}) {
    this.#clickhouse = clickhouse;
    this.#movers = movers;
    this.#mostStaged = options.mostStaged ?? MOST_STAGED;
  }

  async append(events: readonly ShopEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.#migrated();
    if (this.#appends++ % LOOK_EVERY === 0) await this.#look();
    if (this.#isFull) throw new EventsFull("Too many events wait to be moved: no worker moves them");
    const call = randomUUID();
    const rows = events.map((event, n) => stagedRow(event, `${call}.${Math.floor(n / PIECE_EVENTS)}`));
    await this.#clickhouse.insert("staged", rows);
  }

  async move(now: Date): Promise<MovedEvents> {
    await this.#migrated();
    return (await this.#movers.tryToRun(() => moveStaged(this.#clickhouse, now))) ?? NOTHING_MOVED;
  }

  async countRefused(refused: readonly RefusedEvents[], now: Date): Promise<void> {
    if (refused.length === 0) return;
    await this.#migrated();
    const [call, day] = [randomUUID(), dayOf(now.getTime())];
    const rows = refused.map((one, n) => ({ ...one, day, piece: `${call}.${n}` }));
    await this.#clickhouse.insert("refused", rows);
  }

  async readTotals(shop: ShopDomain, from: Date, to: Date, offer?: number): Promise<EventTotal[]> {
    await this.#migrated();
    return readTotals(this.#clickhouse, shop, { from, to }, offer);
  }

  async readOfferTotals(shop: ShopDomain, period: EventPeriod, by: TotalsBy): Promise<OfferEventTotal[]> {
    await this.#migrated();
    return readOfferTotals(this.#clickhouse, shop, period, by);
  }

  async readStepTotals(shop: ShopDomain, starts: readonly Date[], to: Date): Promise<StepTotal[]> {
    await this.#migrated();
    return readStepTotals(this.#clickhouse, shop, starts, to);
  }

  async countedSince(shop: ShopDomain): Promise<Date | null> {
    await this.#migrated();
    return countedSince(this.#clickhouse, shop);
  }

  readLog(shop: ShopDomain, period: EventPeriod): AsyncGenerator<readonly ShopEvent[]> {
    return this.#patiently(() => readLog(this.#clickhouse, shop, period));
  }

  readViews(shop: ShopDomain, day: Date): AsyncGenerator<readonly ProductView[]> {
    return this.#patiently(() => readViews(this.#clickhouse, shop, day));
  }

  async readViewsBeforeOrders(shop: ShopDomain, day: Date, limit: number): Promise<OrderViews[]> {
    await this.#migrated();
    return readViewsBeforeOrders(this.#clickhouse, shop, day, limit);
  }

  async readRefused(shop: ShopDomain, from: Date, to: Date): Promise<Map<EventRefusal, number>> {
    await this.#migrated();
    return readRefused(this.#clickhouse, shop, { from, to });
  }

  async readUnits(shop: ShopDomain, page: UnitsPage): Promise<UnitEvents[]> {
    await this.#migrated();
    return readUnits(this.#clickhouse, shop, page);
  }

  async readVisits(shop: ShopDomain, page: OrdersPage): Promise<OrderVisit[]> {
    await this.#migrated();
    return readVisits(this.#clickhouse, shop, page);
  }

  async readVisitTotals(
    shop: ShopDomain,
    period: EventPeriod,
    by: VisitDimension,
    limit: number,
  ): Promise<VisitTotal[]> {
    await this.#migrated();
    return readVisitTotals(this.#clickhouse, shop, { period, by, limit });
  }

  async keepDays(now: Date): Promise<void> {
    await this.#migrated();
    await dropOldDays(this.#clickhouse, now);
  }

  // Whoever moves is waited for: what it moves meanwhile is deleted as well.
  async forgetOrders(shop: ShopDomain, orders: readonly string[]): Promise<void> {
    if (orders.length === 0) return;
    await this.#migrated();
    await this.#movers.run(() => forgetOrders(this.#clickhouse, shop, orders));
  }

  async forgetShop(shop: ShopDomain): Promise<void> {
    await this.#migrated();
    await this.#movers.run(async () => {
      for (const table of SHOP_TABLES) {
        await this.#clickhouse.command(`DELETE FROM ${table} WHERE shop = {shop:String}`, { shop });
      }
    });
  }

  async answers(): Promise<boolean> {
    try {
      await this.#migrated();
      await this.#clickhouse.query("SELECT 1");
      return true;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    return this.#clickhouse.close();
  }

  /** One that failed is tried again by the next call. */
  async #migrated(): Promise<void> {
    this.#ready ??= migrateClickHouse(this.#clickhouse);
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = null;
      throw error;
    }
  }

  async #look(): Promise<void> {
    const rows = await this.#clickhouse.query<{ waiting: number }>("SELECT toFloat64(count()) AS waiting FROM staged");
    this.#isFull = rows[0]!.waiting > this.#mostStaged;
  }

  async *#patiently<Row>(read: () => AsyncGenerator<Row[]>): AsyncGenerator<readonly Row[]> {
    await this.#migrated();
    for await (const rows of read()) {
      const givenAt = performance.now();
      yield rows;
      if (performance.now() - givenAt > READER_PATIENCE_MS)
        throw new Error("The reader of events stopped for too long");
    }
  }
}

function stagedRow({ shown, order, visit, at, ...event }: ShopEvent, piece: string): object {
  // "2026-11-28 12:30:00.123", which ClickHouse reads in the time zone of the column: UTC.
  const time = new Date(at).toISOString().slice(0, -1).replace("T", " ");
  const { shop, id, kind, visitor, offer, surface, product } = event;
  const unit = { experiment: shown?.experiment ?? null, arm: shown?.arm ?? null, order_id: order ?? null };
  return { shop, id, kind, at: time, visitor, offer, surface, product, ...unit, ...visit, piece };
}
