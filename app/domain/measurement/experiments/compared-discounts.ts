import type { Offer } from "../../offers/offer.ts";
import { GIVEN_BY, needsDiscount } from "../../offers/gives-discount.ts";
import { offersOf } from "../../offers/offer-types.ts";

/** Whether the offers give shoppers the same discount, or none. */
export function areDiscountsEqual(offers: readonly Offer[]): boolean {
  return new Set(offers.map(textOf)).size <= 1;
}

/** What the offers give, as one text, to see later whether anything of it has changed. */
export function discountsText(offers: readonly Offer[]): string {
  return JSON.stringify(offers.toSorted((a, b) => a.number - b.number).map((offer) => [offer.number, textOf(offer)]));
}

/**
 * The offers whose discount can be had with one product alone. A button that buys at once takes one product to a checkout
 * of its own, whose cart names no arm: these can be compared only with the same discount. All others need products of two
 * kinds in the cart, which the script has given its arms before such an offer is shown.
 */
export function neverByArm(offers: readonly Offer[]): number[] {
  const needsTwo = (offer: Offer) =>
    offer.type === "bought-together" || offersOf("buy-x-get-y", [offer]).some(({ config }) => config.gets === "others");
  return offers.filter((offer) => needsDiscount(offer) && !needsTwo(offer)).map(({ number }) => number);
}

function textOf(offer: Offer): string {
  return JSON.stringify(inOrder(discountOf(offer)));
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
