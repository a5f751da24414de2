import type { BareId } from "../ids.ts";

/** What a product's offers of one type let a shopper add to the cart. */
export interface Listed {
  /** What the ids of the type's offers begin with: "bt". */
  readonly code: string;
  readonly companion: BareId;
}

/** One stretch of time in which offers of one type listed a product. Times in seconds since 1970 UTC. */
export interface Listing extends Listed {
  /** 0 where nobody knows since when: longer than anything that is kept. */
  readonly since: number;
  /** Null while it is listed. */
  readonly until: number | null;
}

/** Most stretches that are kept of one product: three times what its offers list in most shops' lives. */
export const KEPT_LISTINGS = 200;
/**
 * A shopper pays later than they saw the offer: pages are cached, and what was put into a cart stays there. Shopify keeps
 * a cart for two weeks.
 */
export const CLAIM_SECONDS = 14 * 86_400;
/** A publish that broke off after Shopify had taken an offer is noted by the next one: within a day. */
export const NOTED_WITHIN_SECONDS = 86_400;

/**
 * The history of a product whose offers list these from `at` on, and no others. What left the list too short a time ago
 * to tell (see `CLAIM_SECONDS`) goes on as if it never had. Of more than {@link KEPT_LISTINGS} stretches the ones that
 * ended first are forgotten.
 */
export function relisted(history: readonly Listing[], listed: readonly Listed[], at: number): Listing[] {
  const wanted = new Map(listed.map((one) => [keyOf(one), one]));
  const next: Listing[] = [];
  for (const listing of history) {
    const isLast = listing.until === null || at - listing.until <= CLAIM_SECONDS;
    if (isLast && wanted.delete(keyOf(listing))) next.push({ ...listing, until: null });
    else next.push(listing.until === null ? { ...listing, until: at } : listing);
  }
  for (const { code, companion } of wanted.values()) next.push({ code, companion, since: at, until: null });
  if (next.length <= KEPT_LISTINGS) return next;
  return next.sort((a, b) => (b.until ?? Infinity) - (a.until ?? Infinity)).slice(0, KEPT_LISTINGS);
}

function keyOf({ code, companion }: Listed): string {
  return `${code} ${companion}`;
}

/** Whether whoever paid at `at` can have been shown the product by an offer of that type on the product of this history. */
export function wasListed(history: readonly Listing[], listed: Listed, at: number): boolean {
  return history.some((listing) => keyOf(listing) === keyOf(listed) && coversTime(listing, at));
}

/** Whether an offer of that type can have been on the product of this history at `at`, whatever it listed. */
export function wasAnythingListed(history: readonly Listing[], code: string, at: number): boolean {
  return history.some((listing) => listing.code === code && coversTime(listing, at));
}

function coversTime({ since, until }: Listing, at: number): boolean {
  return at >= since - NOTED_WITHIN_SECONDS && (until === null || at <= until + CLAIM_SECONDS);
}

/** Whether a history says more than the offer itself: something has left the list, or came later than the rest. */
export function isWorthKeeping(history: readonly Listing[]): boolean {
  return history.some(({ since, until }) => until !== null || since !== history[0]!.since);
}
