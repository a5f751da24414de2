import type { BareId } from "../ids.ts";

/** One stretch of time in which an offer listed a companion. Times in seconds since 1970 UTC. */
export interface Listing {
  readonly companion: BareId;
  /** 0 where nobody knows since when: longer than anything that is kept. */
  readonly since: number;
  /** Null while it is listed. */
  readonly until: number | null;
}

/** Most stretches that are kept of one offer: three times what it can list now and has listed in most shops' lives. */
export const KEPT_LISTINGS = 200;
/**
 * A shopper pays later than they saw the offer: pages are cached, and what was put into a cart stays there. Shopify keeps
 * a cart for two weeks.
 */
export const CLAIM_SECONDS = 14 * 86_400;
/** A publish that broke off after Shopify had taken an offer is noted by the next one: within a day. */
export const NOTED_WITHIN_SECONDS = 86_400;

/**
 * The history of an offer that lists `companions` from `at` on, and no others. What left the list too short a time ago
 * to tell (see `CLAIM_SECONDS`) goes on as if it never had. Of more than {@link KEPT_LISTINGS} stretches the ones that
 * ended first are forgotten.
 */
export function relisted(history: readonly Listing[], companions: readonly BareId[], at: number): Listing[] {
  const wanted = new Set(companions);
  const next: Listing[] = [];
  for (const listing of history) {
    const isLast = listing.until === null || at - listing.until <= CLAIM_SECONDS;
    if (isLast && wanted.delete(listing.companion)) next.push({ ...listing, until: null });
    else next.push(listing.until === null ? { ...listing, until: at } : listing);
  }
  for (const companion of wanted) next.push({ companion, since: at, until: null });
  if (next.length <= KEPT_LISTINGS) return next;
  return next.sort((a, b) => (b.until ?? Infinity) - (a.until ?? Infinity)).slice(0, KEPT_LISTINGS);
}

/** Whether whoever paid at `at` can have been shown the companion by the offer of this history. */
export function wasListed(history: readonly Listing[], companion: BareId, at: number): boolean {
  return history.some(
    (listing) =>
      listing.companion === companion &&
      at >= listing.since - NOTED_WITHIN_SECONDS &&
      (listing.until === null || at <= listing.until + CLAIM_SECONDS),
  );
}

/** Whether a history says more than the offer itself: something has left the list, or came later than the rest. */
export function isWorthKeeping(history: readonly Listing[]): boolean {
  return history.some(({ since, until }) => until !== null || since !== history[0]!.since);
}
