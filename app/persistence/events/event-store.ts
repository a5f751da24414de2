import type { ShopDomain } from "../../domain/ids.ts";
import type { VisitorTouch } from "../../domain/measurement/order-touches.ts";
import type {
  EventKind,
  EventPlace,
  EventRefusal,
  OfferEvent,
  ShopEvent,
} from "../../domain/measurement/shop-event.ts";
import type { Visit, VisitDimension, VisitKind } from "../../domain/measurement/visit.ts";
import type { ProductView } from "../../domain/mining/browsing/browsing-day.ts";
import type { ClaimedSurface } from "../../domain/offers/surface.ts";

/** How often something happened within a period. */
export interface EventTotal {
  readonly offer: number;
  readonly surface: EventPlace;
  readonly product: string;
  readonly kind: EventKind;
  readonly events: number;
}

/** From a time on, up to and without another one. */
export interface EventPeriod {
  readonly from: Date;
  readonly to: Date;
}

/**
 * How totals of offers are split further: not at all; by steps of time, of which `starts` says when each begins; or by
 * product, those `limit` products with the most events alone.
 */
export type TotalsBy =
  | { readonly by: "offer" }
  | { readonly by: "step"; readonly starts: readonly Date[] }
  | { readonly by: "product"; readonly limit: number };

/** How often something happened with an offer on a surface. */
export interface OfferEventTotal {
  /** Place of the step, counted from 0, or number of the product; empty where totals are not split. */
  readonly key: string;
  /** Number of the offer; 0 for what no offer stands behind. */
  readonly offer: number;
  readonly surface: ClaimedSurface;
  readonly kind: OfferEvent;
  readonly events: number;
}

/** How often something happened in one of several steps of time, which are counted from 0. */
export interface StepTotal {
  readonly step: number;
  readonly offer: number;
  readonly surface: EventPlace;
  readonly kind: EventKind;
  readonly events: number;
}

/** Events that were not stored. */
export interface RefusedEvents {
  readonly shop: ShopDomain;
  readonly reason: EventRefusal;
  readonly events: number;
}

/** What one call of {@link EventStore.move} did. */
export interface MovedEvents {
  /** Events that are durable now and in the totals. */
  readonly moved: number;
  /** Events that had been stored before. */
  readonly repeated: number;
  /** Events of days that are no longer or not yet kept. */
  readonly refused: number;
  /** Whether more may be waiting. */
  readonly hasMore: boolean;
}

/** What is known of a visitor who was shown an arm of an experiment. Times are milliseconds since 1970 UTC. */
export interface UnitEvents {
  readonly visitor: string;
  /** When each arm was first shown; more than one where the visitor was split differently later. */
  readonly exposures: readonly { readonly arm: number; readonly at: number }[];
  /** When checkouts were started. */
  readonly checkouts: readonly number[];
  /** Orders, by their number, and when the visitor's browser completed them. */
  readonly orders: readonly { readonly order: string; readonly at: number }[];
}

/** Which units {@link EventStore.readUnits} reads. */
export interface UnitsPage {
  readonly experiment: number;
  /** The last visitor of the page before; "" for the first page. */
  readonly after: string;
  readonly limit: number;
}

/** An order that a visitor's browser completed, and what that visitor did with offers before. Milliseconds since 1970 UTC. */
export interface OrderVisit {
  /** Number of the order. */
  readonly order: string;
  /** When the browser completed it, by its own clock. */
  readonly at: number;
  /**
   * The last time of each kind with each offer, surface and product within `KEPT_TOUCH_DAYS` up to then, by their time.
   * Of events that are gone nothing is known.
   */
  readonly touches: readonly VisitorTouch[];
  /** The last visit that the visitor began up to then and within `LONGEST_VISIT_MS`; null where none is known. */
  readonly visit: Visit | null;
}

/** How often something happened in visits of one device, source and medium, or campaign. */
export interface VisitTotal {
  /** What they have in common: see {@link EventStore.readVisitTotals}. Null for all that the others leave. */
  readonly key: string | null;
  readonly kind: VisitKind;
  readonly events: number;
}

/** Which orders {@link EventStore.readVisits} reads. */
export interface OrdersPage {
  /** Orders that browsers completed from then on. */
  readonly from: Date;
  /** The last order of the page before; null for the first page. */
  readonly after: Pick<OrderVisit, "at" | "order"> | null;
  readonly limit: number;
}

/** The products that the buyer of an order viewed in the three days before it. */
export interface OrderViews {
  readonly order: string;
  readonly products: readonly string[];
}

/** Of each kind of what a visitor did; more were not made by one shopper. */
export const MOST_PER_VISITOR = 500;

/** Whoever reads batches and stops reading is given up after that. */
export const READER_PATIENCE_MS = 60_000;

/** Too many events wait to be moved: what comes is to be sent again later. */
export class EventsFull extends Error {
  override readonly name = "EventsFull";
}

/**
 * Where events are kept. Writing has two steps: `append` puts events where it costs least, `move` makes them durable,
 * drops repeated ones and adds them to the hourly totals. The contract is in `test/contracts/event-store.ts`.
 */
export interface EventStore {
  /**
   * Stores events. Once it resolves they outlive this process. Rejects where none of them was stored, with
   * {@link EventsFull} where the store holds too many that were not moved.
   */
  append(events: readonly ShopEvent[]): Promise<void>;
  /**
   * Moves events that were appended: each id of a shop is stored and counted once, however often it was appended and
   * whenever a mover ended in the middle. Several callers at once are safe; only one of them moves.
   */
  move(now: Date): Promise<MovedEvents>;
  /** Adds to the counts of refused events of the day. */
  countRefused(refused: readonly RefusedEvents[], now: Date): Promise<void>;
  /** Totals of a shop, or of one of its offers, over the hours (UTC) that begin in the period: without `to` itself. */
  readTotals(shop: ShopDomain, from: Date, to: Date, offer?: number): Promise<EventTotal[]>;
  /** How often shoppers did what with offers in the hours (UTC) that begin in the period. */
  readOfferTotals(shop: ShopDomain, period: EventPeriod, by: TotalsBy): Promise<OfferEventTotal[]>;
  /**
   * Totals of everything that shoppers did, whatever product it was about, by steps of time: `starts` says when each begins,
   * in ascending order, and the last one ends before `to`. Hours (UTC) belong to the step in which they begin.
   */
  readStepTotals(shop: ShopDomain, starts: readonly Date[], to: Date): Promise<StepTotal[]>;
  /** The first hour of which totals are kept; null where nothing was counted yet. */
  countedSince(shop: ShopDomain): Promise<Date | null>;
  /**
   * Single events of a period, those that happened first first, a batch at a time. A reader that stops for more than a
   * minute gets an error instead of the remainder.
   */
  readLog(shop: ShopDomain, period: EventPeriod): AsyncGenerator<readonly ShopEvent[]>;
  /**
   * Views of products on a day (UTC) whose visitors are known, by visitor and then by time, a batch at a time. The same
   * holds of a reader that stops as of {@link readLog}.
   */
  readViews(shop: ShopDomain, day: Date): AsyncGenerator<readonly ProductView[]>;
  /** Orders that known visitors completed on a day (UTC) after they viewed products; at most `limit` are looked at. */
  readViewsBeforeOrders(shop: ShopDomain, day: Date, limit: number): Promise<OrderViews[]>;
  /** Events refused on the days (UTC) that begin in the period, by reason. */
  readRefused(shop: ShopDomain, from: Date, to: Date): Promise<Map<EventRefusal, number>>;
  /**
   * Visitors who were shown an arm of an experiment, with all that is kept of them, in the order of their names. A page
   * with fewer than `limit` is the last one.
   */
  readUnits(shop: ShopDomain, page: UnitsPage): Promise<UnitEvents[]>;
  /**
   * Orders whose visitor is known, with what that visitor did with offers before, by the time of the order and its number.
   * A page with fewer than `limit` is the last one.
   */
  readVisits(shop: ShopDomain, page: OrdersPage): Promise<OrderVisit[]>;
  /**
   * How often visits began, and within them offers were seen and added from, in the hours (UTC) that begin in the period:
   * the `limit` groups with the most visits (then the most events, then by key) by their keys (`visitKey`), and all
   * others together. Events that carry a visit are counted and no others, see `ShopEvent.visit`.
   */
  readVisitTotals(shop: ShopDomain, period: EventPeriod, by: VisitDimension, limit: number): Promise<VisitTotal[]>;
  /** Makes room for the days to come, and deletes what is kept no longer. */
  keepDays(now: Date): Promise<void>;
  /** Forgets which visitors made these orders, given by their numbers. */
  forgetOrders(shop: ShopDomain, orders: readonly string[]): Promise<void>;
  /** Deletes everything of a shop. */
  forgetShop(shop: ShopDomain): Promise<void>;
  /** Whether events can be stored and read now. Never rejects. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}
