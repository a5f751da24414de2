import type { Stopped } from "../measurement/watching/stopped.ts";
import type { RateDifference } from "../offers/types/goal/rate-differences.ts";
import type { ClaimedSurface } from "../offers/surface.ts";

/**
 * A problem of a shop that has not been solved yet. One at a time for each code: a notice that is raised
 * again keeps its first time, and is taken back when the same thing works.
 */
export const NOTICE_CODES = [
  "missing-scope",
  "unpaid",
  "frozen",
  "no-shop",
  "address-not-allowed",
  "rejected",
  "token-lost",
  "bulk-not-enabled",
  "discount-refused",
  "discount-off",
  "discount-stopped",
  "discounts-apart",
  "overcharged",
  "widget-stopped",
  "goal-differs",
  "pixel-refused",
  "pixel-silent",
  "events-refused",
  "metafields-refused",
  "bundles-refused",
  "credit-not-allowed",
  "credit-waits",
  "credit-spent",
  "orders-unread",
  "data-requests",
  "installed-again",
] as const;

export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Refusals of everything that we ask for: any answer of Shopify's takes them back. */
export const ACCESS_NOTICES: readonly NoticeCode[] = [
  "missing-scope",
  "unpaid",
  "frozen",
  "no-shop",
  "address-not-allowed",
  "rejected",
  "token-lost",
];

/** Problems of every shop, which only the operator can solve. */
const FOR_THE_OPERATOR: ReadonlySet<NoticeCode> = new Set([
  "address-not-allowed",
  "rejected",
  "bulk-not-enabled",
  "events-refused",
]);

/** Who can do something about it: the merchant, whoever runs the app, or nobody, where it is to be known alone. */
export function whoCanAct(code: NoticeCode): "merchant" | "operator" | "nobody" {
  if (code === "installed-again") return "nobody";
  return FOR_THE_OPERATOR.has(code) ? "operator" : "merchant";
}

/** Whether staff can hide it: not where it stands in the way of the app, or where a law sets a time limit. */
export function canBeDismissed(code: NoticeCode): boolean {
  return code !== "data-requests" && !ACCESS_NOTICES.includes(code);
}

/** What a notice is about, one entry each: a notice that was dismissed is shown again where it is about more. */
export function subjectsOf({ surfaces = [], goals = [], offers = [], titles = [] }: NoticeDetails): string[] {
  return [
    ...surfaces.map(({ surface }) => `surface ${surface}`),
    ...goals.map(({ offer, currency }) => `goal ${offer} ${currency}`),
    ...offers.map(({ number }) => `offer ${number}`),
    ...titles.map((title) => `title ${title}`),
  ];
}

/** What a notice says beyond its code. */
export interface NoticeDetails {
  /** Shopify's own code or words, for staff to look up. */
  readonly reason?: string;
  /** The job that found it, or the one whose success takes it back. */
  readonly job?: string;
  /** How many things it is about. */
  readonly count?: number;
  /** Titles of the first few of them. */
  readonly titles?: readonly string[];
  /** Surfaces on which offers are hardly shown any more. */
  readonly surfaces?: readonly StoppedSurface[];
  /** What hardly happens any more, where that is not about surfaces. */
  readonly stopped?: Stopped;
  /** Orders of the website of which no event came. */
  readonly orders?: number;
  readonly goals?: readonly RateDifference[];
  /** Offers that it is about, each with a page of its own. */
  readonly offers?: readonly NotedOffer[];
  /** Of how many events or orders those counted were. */
  readonly of?: number;
  /** The latest of the orders that were charged too much. */
  readonly charged?: readonly NotedOrder[];
}

/** An order that saved less than offers promised. Amounts are minor units of the currency. */
export interface NotedOrder {
  /** Bare number of the order. */
  readonly order: string;
  readonly name: string;
  readonly promisedMinor: number;
  readonly takenMinor: number;
  readonly currency: string;
}

/** An offer by the name that staff gave it, which may be empty. */
export interface NotedOffer {
  readonly number: number;
  readonly type: string;
  readonly name: string;
}

/** A surface on which offers were shown and hardly are any more. */
export interface StoppedSurface extends Stopped {
  readonly surface: ClaimedSurface;
}

export interface Notice {
  readonly code: NoticeCode;
  readonly details: NoticeDetails;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** When staff dismissed it; null as long as it is shown. */
  readonly dismissedAt: Date | null;
}

/** A notice as the admin shows it. */
export interface NoticeView {
  readonly code: NoticeCode;
  /** Whether it is the merchant who can act; otherwise it is for their information. */
  readonly isForMerchant: boolean;
  readonly details: NoticeDetails;
  readonly canBeDismissed: boolean;
}
