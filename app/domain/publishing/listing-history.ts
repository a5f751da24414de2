import type { BareId } from "../ids.ts";

/** What one offer of a product lets a shopper add to the cart. */
export interface Listed {
  /** What the ids of the type's offers begin with: "bt". */
  readonly code: string;
  /** The offer's number within its shop; null where only its type is known, as in histories of before numbers were kept. */
  readonly number: number | null;
  readonly companion: BareId;
}

/** Whose list is asked for: that of one offer, of one whose id has no number (null), or of any offer of the type. */
export interface Lister {
  readonly code: string;
  readonly number: number | null | "any";
}

/** One stretch of time in which an offer listed a product. Times in seconds since 1970 UTC. */
export interface Listing extends Listed {
  /** Or {@link SINCE_UNKNOWN}, or {@link SINCE_FOUND}. */
  readonly since: number;
  /** Null while it is listed. */
  readonly until: number | null;
}

/** Nobody knows since when: longer than anything that is kept. What an earlier install called the offer is not known either. */
export const SINCE_UNKNOWN = 0;
/** Nobody knows since when, but by which offer: an earlier install's, as it was found at Shopify. */
export const SINCE_FOUND = 1;
/**
 * Most ended stretches that are kept of one product: three times what its offers list in most shops' lives. What is listed
 * now is kept whole: the bytes of an envelope bound it.
 */
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
 * to tell (see `CLAIM_SECONDS`) goes on as if it never had. A stretch without a number ends once the list says which offer lists the product.
 */
export function relisted(history: readonly Listing[], listed: readonly Listed[], at: number): Listing[] {
  const wanted = new Map(listed.map((one) => [keyOf(one), one]));
  const next: Listing[] = [];
  for (const listing of history) {
    const isLast = listing.until === null || at - listing.until <= CLAIM_SECONDS;
    if (isLast && wanted.delete(keyOf(listing))) next.push({ ...listing, until: null });
    else next.push(listing.until === null ? { ...listing, until: at } : listing);
  }
  for (const { code, number, companion } of wanted.values()) {
    next.push({ code, number, companion, since: at, until: null });
  }
  return keptListings(next);
}

/** What is kept of a history: of more than {@link KEPT_LISTINGS} stretches that have ended, those that ended last. */
export function keptListings(history: readonly Listing[]): Listing[] {
  const ended = history.flatMap(({ until }) => until ?? []);
  if (ended.length <= KEPT_LISTINGS) return [...history];
  return history
    .toSorted((a, b) => (b.until ?? Infinity) - (a.until ?? Infinity))
    .slice(0, history.length - ended.length + KEPT_LISTINGS);
}

function keyOf({ code, number, companion }: Listed): string {
  return `${code} ${number ?? ""} ${companion}`;
}

/**
 * Whether whoever paid at `at` can have been shown the product by that offer on the product of this history. Where only
 * the type is known, any offer of it will do. So it will at times up to `installedAt`, where what the history says of them
 * comes from a later list: the offers of an earlier install had other numbers.
 */
export function wasListed(
  history: readonly Listing[],
  { companion, ...lister }: Lister & Pick<Listed, "companion">,
  { at, installedAt }: { readonly at: number; readonly installedAt: number },
): boolean {
  return history.some(
    (listing) =>
      listing.companion === companion &&
      coversTime(listing, at) &&
      (isBy(listing, lister) || (listing.code === lister.code && listing.since === SINCE_UNKNOWN && at <= installedAt)),
  );
}

/** Whether that offer can have been on the product of this history at `at`, whatever it listed. */
export function wasAnythingListed(history: readonly Listing[], lister: Lister, at: number): boolean {
  return history.some((listing) => isBy(listing, lister) && coversTime(listing, at));
}

function isBy(listing: Listing, { code, number }: Lister): boolean {
  return listing.code === code && (number === "any" || listing.number === null || listing.number === number);
}

function coversTime({ since, until }: Listing, at: number): boolean {
  return at >= since - NOTED_WITHIN_SECONDS && (until === null || at <= until + CLAIM_SECONDS);
}

/** Whether a history says more than the offer itself: something has left the list, or came later than the rest. */
export function isWorthKeeping(history: readonly Listing[]): boolean {
  return history.some(({ since, until }) => until !== null || since !== history[0]!.since);
}
