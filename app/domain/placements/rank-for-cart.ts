import { portionMinor } from "../money/basis-points.ts";
import { type BareId, LISTED_COMPANIONS, type PublishedOffer } from "./published.ts";

/** One product that goes with a cart. */
export interface CartSuggestion {
  readonly product: BareId;
  /** Sum over the cart's products of its weight in their offers. */
  readonly weight: number;
  /** The offer that says most for it: the one a line added from here is attributed to. */
  readonly offerId: string;
  /** The best discount it will get next to what is in the cart already, in basis points. */
  readonly discountBasisPoints: number;
}

/** R4: by default an add-on to a cart costs at most a quarter of it. */
export const ADD_ON_SHARE_BASIS_POINTS = 2_500;

/**
 * What goes with a whole cart: every companion in the offers of the cart's products, by the sum of its weights
 * (each offer counted once, however many units are in the cart), best first; equal ones by product number as
 * text. What is in the cart already is left out.
 *
 * `offers` maps each product of the cart to its offer; a product without one maps to null.
 */
export function rankForCart(offers: ReadonlyMap<BareId, PublishedOffer | null>): CartSuggestion[] {
  const found = new Map<BareId, { weight: number; offerId: string; strongest: number; discount: number }>();
  for (const offer of offers.values()) {
    offer?.companions.forEach(({ product, weight }, position) => {
      if (offers.has(product)) return;
      const discount = position < LISTED_COMPANIONS ? offer.discountBasisPoints : 0;
      const known = found.get(product);
      if (known === undefined) {
        found.set(product, { weight, offerId: offer.id, strongest: weight, discount });
        return;
      }
      known.weight += weight;
      known.discount = Math.max(known.discount, discount);
      if (weight > known.strongest || (weight === known.strongest && offer.id < known.offerId)) {
        known.strongest = weight;
        known.offerId = offer.id;
      }
    });
  }
  return [...found]
    .map(([product, { weight, offerId, discount }]) => ({ product, weight, offerId, discountBasisPoints: discount }))
    .sort((a, b) => b.weight - a.weight || (a.product < b.product ? -1 : 1));
}

/** Whether an add-on costs at most `shareBasisPoints` of the cart; both in the same currency's minor units. */
export function withinAddOnCap(priceMinor: number, cartMinor: number, shareBasisPoints: number): boolean {
  return priceMinor <= portionMinor(cartMinor, shareBasisPoints);
}
