import type { ShopDomain } from "../ids.ts";
import { CLAIMED_SURFACES, type ClaimedSurface } from "../offers/surface.ts";
import type { Visit } from "./visit.ts";

/** What a shopper did with an offer, in the order of the funnel; "declined" is its own end. */
export const OFFER_EVENTS = ["shown", "seen", "clicked", "added", "declined"] as const;
export type OfferEvent = (typeof OFFER_EVENTS)[number];

/** What shoppers did apart from offers. */
export const BROWSING_EVENTS = [
  "page-viewed",
  "product-viewed",
  "cart-viewed",
  "product-added",
  "product-removed",
  "checkout-started",
  "checkout-completed",
  "product-bought",
] as const;
export type BrowsingEvent = (typeof BROWSING_EVENTS)[number];

/** A page decided what to show by the shopper's arm of an experiment. */
export const EXPERIMENT_EVENTS = ["exposed"] as const;
export type ExperimentEvent = (typeof EXPERIMENT_EVENTS)[number];

/** A visit of the shop began. */
export const VISIT_EVENTS = ["visit-started"] as const;
export type VisitEvent = (typeof VISIT_EVENTS)[number];

export const EVENT_KINDS = [...OFFER_EVENTS, ...BROWSING_EVENTS, ...EXPERIMENT_EVENTS, ...VISIT_EVENTS] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Where something happened: on a surface of an offer, or nowhere in particular. */
export const EVENT_PLACES = [...CLAIMED_SURFACES, ""] as const;
export type EventPlace = ClaimedSurface | "";

/** The arm of an experiment that a shopper was shown. Both are numbers from 0; experiment 0 is the holdout. */
export interface ShownArm {
  readonly experiment: number;
  readonly arm: number;
}

/** One thing that a shopper did, with the shopper's consent. It names no customer. */
export interface ShopEvent {
  readonly shop: ShopDomain;
  /** Given by the shopper's browser, the same each time that it sends the event: stored once. */
  readonly id: string;
  readonly kind: EventKind;
  /** Milliseconds since 1970 UTC, by the shopper's clock. */
  readonly at: number;
  /** A keyed hash of what Shopify calls the browser; empty where Shopify gives none. */
  readonly visitor: string;
  /** Number of the offer within its shop; 0 for what is about none. */
  readonly offer: number;
  readonly surface: EventPlace;
  /** Number of the product that it is about; "0" for none. */
  readonly product: string;
  /** Of an event of the kind "exposed", and of no other. */
  readonly shown?: ShownArm | undefined;
  /** Number of the order that a completed checkout became, where the browser knew it. */
  readonly order?: string | undefined;
  /**
   * The visit that it began ("visit-started"), or within which an offer was seen or added from; of the latter only where
   * both are counted (`areAdditionsCounted`). No other event has one.
   */
  readonly visit?: Visit | undefined;
}

/** Why events are not stored. */
export const EVENT_REFUSALS = ["future", "ancient", "unknown-offer", "malformed", "too-many"] as const;
export type EventRefusal = (typeof EVENT_REFUSALS)[number];

/** How far a shopper's clock may be ahead. */
export const MOST_AHEAD_MS = 10 * 60_000;
/** How late an event may come: a browser that was closed sends what is left when it opens the shop again. */
export const MOST_BEHIND_MS = 48 * 3_600_000;
/** How long single events are kept; hourly totals stay. */
export const KEPT_DAYS = 30;
/**
 * How long hourly totals are kept, and who was shown which arm and bought what: a year can be compared with the one
 * before it.
 */
export const KEPT_TOTALS_DAYS = 800;

/**
 * Why an event's time cannot be right, or null. The time is the shopper's own: one that is wrong would put the event
 * into the wrong hour, and would store it twice if it was corrected differently when it is sent again.
 */
export function timeRefusal(at: number, now: number): "future" | "ancient" | null {
  if (at > now + MOST_AHEAD_MS) return "future";
  return at < now - MOST_BEHIND_MS ? "ancient" : null;
}
