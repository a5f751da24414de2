import { OFFER_TYPE_NAMES, type OfferTypeName } from "../offers/offer-type-name.ts";

/**
 * The types of offers that can be tried on past orders. A bundle is a product of its own, which no order can hold before it
 * is made.
 */
export const REPLAYED_TYPES = OFFER_TYPE_NAMES.filter(
  (name): name is Exclude<OfferTypeName, "fixed-bundle"> => name !== "fixed-bundle",
);

/** Whether offers of a type can be tried. */
export function isReplayedType(name: OfferTypeName): boolean {
  return REPLAYED_TYPES.some((one) => one === name);
}
