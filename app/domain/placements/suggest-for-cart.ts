import { portionMinor } from "../money/basis-points.ts";
import { againOfferId } from "../offers/offer-id.ts";
import type { PublishedCustomer } from "../publishing/published-customer.ts";
import { companionsFor, listedProducts, type PublishedOffer } from "../offers/types/bought-together/published.ts";
import type { Shopper } from "../shoppers/shopper.ts";
import type { BareId } from "../ids.ts";

/** One product that goes with a cart. */
export interface CartSuggestion {
  readonly product: BareId;
  /** Sum over the cart's products of its weight in their offers, and what the customer's own history adds. */
  readonly weight: number;
  /** The offer that says most for it: the one a line added from here is attributed to. */
  readonly offerId: string;
  /** The best discount it will get next to what is in the cart already, in basis points. */
  readonly discountBasisPoints: number;
  /** Whether the customer buys it again and again. */
  readonly again: boolean;
}

/** Whom a cart is ranked for, and what their own orders say; null where that is not known or not to be used. */
export interface RankedFor {
  readonly shopper: Shopper;
  readonly customer: Pick<PublishedCustomer, "owned" | "adds"> | null;
}

/** An unknown shopper: the default lists alone. */
export const ANYBODY: RankedFor = {
  shopper: { currency: null, customer: null, rank: null, channel: "online" },
  customer: null,
};

/** R4: by default an add-on to a cart costs at most a quarter of it. */
export const ADD_ON_SHARE_BASIS_POINTS = 2_500;

/** Weights are added up as whole millionths, as the theme does: otherwise equal sums could differ by their order. */
const MILLION = 1_000_000;

interface Found {
  millionths: number;
  offerId: string;
  strongest: number;
  discount: number;
}

/**
 * What goes with a whole cart: every companion in the offers of the cart's products, by the sum of its weights
 * (each offer counted once, however many units are in the cart) and what the customer's own history adds, best first;
 * equal ones by product number as text. What is in the cart already is left out, and what the customer owns for good.
 * A history alone brings up only what is bought again and again: it has an offer of its own, and no discount.
 *
 * `offers` maps each product of the cart to its offer; a product without one maps to null. Of an offer, the list of
 * the first segment that the shopper is in counts; its discount holds whichever list a product stands in.
 */
export function rankForCart(
  offers: ReadonlyMap<BareId, PublishedOffer | null>,
  { shopper, customer }: RankedFor = ANYBODY,
): CartSuggestion[] {
  const left = new Set([...offers.keys(), ...(customer?.owned ?? [])]);
  const found = new Map<BareId, Found>();
  for (const offer of offers.values()) if (offer !== null) addOffer(found, offer, shopper, left);
  const again = new Set<BareId>();
  for (const { product, weight, again: repeated } of customer?.adds ?? []) {
    if (left.has(product)) continue;
    const known = found.get(product);
    const millionths = Math.round(weight * MILLION);
    if (known !== undefined) known.millionths += millionths;
    else if (repeated)
      found.set(product, { millionths, offerId: againOfferId(product), strongest: millionths, discount: 0 });
    if (repeated) again.add(product);
  }
  return [...found]
    .sort(([a, { millionths: ofA }], [b, { millionths: ofB }]) => ofB - ofA || (a < b ? -1 : 1))
    .map(([product, { millionths, offerId, discount }]) => {
      return {
        product,
        weight: millionths / MILLION,
        offerId,
        discountBasisPoints: discount,
        again: again.has(product),
      };
    });
}

function addOffer(found: Map<BareId, Found>, offer: PublishedOffer, shopper: Shopper, left: ReadonlySet<BareId>): void {
  const listed = new Set(listedProducts(offer));
  for (const { product, weight } of companionsFor(offer, shopper)) {
    if (left.has(product)) continue;
    const discount = listed.has(product) ? offer.discountBasisPoints : 0;
    const millionths = Math.round(weight * MILLION);
    const known = found.get(product);
    if (known === undefined) {
      found.set(product, { millionths, offerId: offer.id, strongest: millionths, discount });
      continue;
    }
    known.millionths += millionths;
    known.discount = Math.max(known.discount, discount);
    if (millionths > known.strongest || (millionths === known.strongest && offer.id < known.offerId)) {
      known.strongest = millionths;
      known.offerId = offer.id;
    }
  }
}

/** Whether an add-on costs at most `shareBasisPoints` of the cart; both in the same currency's minor units. */
export function withinAddOnCap(priceMinor: number, cartMinor: number, shareBasisPoints: number): boolean {
  return priceMinor <= portionMinor(cartMinor, shareBasisPoints);
}
