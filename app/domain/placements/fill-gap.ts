import { portionMinor } from "../money/basis-points.ts";
import { listedProducts, type PublishedOffer } from "../offers/types/bought-together/published.ts";
import type { BareId } from "../ids.ts";

/** A product that could bring a cart to its goal. Amounts are minor units of the cart's currency. */
export interface GapCandidate {
  readonly product: BareId;
  /** What one unit costs next to what is in the cart. */
  readonly chargedMinor: number;
  /** Only what ships counts towards free shipping. */
  readonly ships: boolean;
}

export interface CartBeforeGoal {
  /** Still missing, above 0. */
  readonly gapMinor: number;
  /** The whole cart, after discounts on its lines. */
  readonly cartMinor: number;
  /** What an add-on may cost as a share of the cart. */
  readonly shareBasisPoints: number;
  readonly lines: readonly { readonly product: BareId; readonly totalMinor: number }[];
  /** The offer of each product in the cart. */
  readonly offers: ReadonlyMap<BareId, PublishedOffer | null>;
}

/**
 * The candidate that brings a cart to its goal for the least money; null where none does at a sensible price: what it
 * costs beyond the gap is an add-on like any other, and kept below the same share of the cart. A candidate that lowers
 * the price of what is in the cart has to make up for that too. Of equal prices the first in the order given.
 */
export function cheapestGapFiller<Candidate extends GapCandidate>(
  candidates: readonly Candidate[],
  cart: CartBeforeGoal,
): Candidate | null {
  const most = cart.gapMinor + portionMinor(cart.cartMinor, cart.shareBasisPoints);
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    const { chargedMinor, ships } = candidate;
    if (!ships || chargedMinor > most || chargedMinor < cart.gapMinor + loweredBy(candidate, cart)) continue;
    if (best === null || chargedMinor < best.chargedMinor) best = candidate;
  }
  return best;
}

/** At most so much less is paid for the cart's lines once the candidate is next to them. */
function loweredBy({ product }: GapCandidate, { lines, offers }: CartBeforeGoal): number {
  return lines.reduce((sum, line) => {
    const offer = offers.get(line.product) ?? null;
    if (offer === null || !listedProducts(offer).includes(product)) return sum;
    return sum + portionMinor(line.totalMinor, offer.discountBasisPoints);
  }, 0);
}
