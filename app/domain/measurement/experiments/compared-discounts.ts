import type { Offer } from "../../offers/offer.ts";
import { GIVEN_BY } from "../../offers/gives-discount.ts";

/**
 * Whether the offers give shoppers the same discount, or none. An experiment hides offers and takes no discount away: of
 * two offers with different discounts a shopper would see one and might get the other.
 */
export function areDiscountsEqual(offers: readonly Offer[]): boolean {
  return new Set(offers.map((offer) => JSON.stringify(inOrder(discountOf(offer))))).size <= 1;
}

/** All that decides about an offer's discount; null for none. Which products it is for may differ. */
function discountOf({ type, reward, config, audience, combinesWith }: Offer): unknown {
  const isByConfig = GIVEN_BY[type] !== "reward";
  if (!isByConfig && reward === null) return null;
  // A percentage is taken off each unit; anything else is for a set as the config describes it.
  const set = isByConfig || reward?.kind !== "percent" ? config : null;
  return { type, reward, set, audience, combinesWith };
}

/** With keys in one order, whatever order they were stored in. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, inOrder(one)]));
}
