import { portionMinor } from "../money/basis-points.ts";
import { discountedPriceMinor } from "../pricing/price.ts";
import type { BareId } from "../ids.ts";
import { listedProducts, type PublishedOffer } from "../offers/types/bought-together/published.ts";

/** A product that could help to bring a cart to its goal. Amounts are minor units of the cart's currency. */
export interface GapCandidate {
  readonly product: BareId;
  /** What one unit costs next to what is in the cart. */
  readonly chargedMinor: number;
  /** What it adds at least to what counts towards the goal; 0 or less for nothing. See {@link addedToCart}. */
  readonly addedMinor: number;
  /** Products that its own offer makes cheaper next to it, and which make it cheaper: none of them is proposed with it. */
  readonly lowers?: readonly BareId[];
}

/** What is missing in a cart, in minor units of its currency, and how much may be proposed. */
export interface Gap {
  /** Above 0. */
  readonly gapMinor: number;
  /** The whole cart, after discounts on its lines. */
  readonly cartMinor: number;
  /** How much more than the gap may be spent, as a share of the cart. */
  readonly shareBasisPoints: number;
  /** How many products may be proposed together, 1 to 3. */
  readonly most: number;
}

/** Only the first so many candidates are looked at: a reader in Liquid tries them all in pairs. */
export const GAP_CANDIDATES = 12;
/** What one place further down the list weighs, in percent of the gap. */
const PLACE_PERCENT = 3;
/** What one product more weighs, in percent of the gap. */
const PRODUCT_PERCENT = 10;

/**
 * The products, one unit of each, that bring a cart to its goal at the least sensible price; none where no set of at most
 * `most` does. Sensible is what costs at most the gap and `shareBasisPoints` of the cart beyond it, and no more than the
 * cart itself.
 *
 * The price is weighed with the evidence: the set with the lowest
 *
 *     price + 3 % of the gap * sum of the places in the list (0, 1, ...) + 10 % of the gap * (products - 1)
 *
 * is taken, of equal ones the one with fewer products, then the one that comes first in the list. Exact: all sets of the
 * first {@link GAP_CANDIDATES} candidates that add anything are compared.
 *
 * @param candidates Best first.
 */
export function closeGap<Candidate extends GapCandidate>(candidates: readonly Candidate[], gap: Gap): Candidate[] {
  const { gapMinor, cartMinor, shareBasisPoints, most } = gap;
  const open = candidates.filter(({ addedMinor }) => addedMinor > 0).slice(0, GAP_CANDIDATES);
  const dearest = Math.min(cartMinor, gapMinor + portionMinor(cartMinor, shareBasisPoints));
  let best: readonly number[] = [];
  let lowest = Infinity;
  for (let size = 1; size <= most; size++) {
    for (const places of placesOf(size, open.length)) {
      if (places.some((place) => places.some((other) => open[place]!.lowers?.includes(open[other]!.product)))) continue;
      const sum = (of: (candidate: Candidate) => number) =>
        places.reduce((total, place) => total + of(open[place]!), 0);
      const price = sum(({ chargedMinor }) => chargedMinor);
      if (price > dearest || sum(({ addedMinor }) => addedMinor) < gapMinor) continue;
      const down = places.reduce((total, place) => total + place, 0);
      // In hundredths, so that everything stays a whole number.
      const weighed = price * 100 + gapMinor * (PLACE_PERCENT * down + PRODUCT_PERCENT * (size - 1));
      if (weighed < lowest) [best, lowest] = [places, weighed];
    }
  }
  return best.map((place) => open[place]!);
}

/** All rising lists of `size` places below `count`, the first places first. */
function* placesOf(size: number, count: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let place = from; place < count; place++) {
    for (const rest of placesOf(size - 1, count, place + 1)) yield [place, ...rest];
  }
}

/** A cart as far as the offers of its products change what its lines cost. */
export interface CartOfOffers {
  readonly lines: readonly { readonly product: BareId; readonly totalMinor: number }[];
  /** The offer of each product in the cart, and of products that are not, where it is known. */
  readonly offers: ReadonlyMap<BareId, PublishedOffer | null>;
}

/** A product that is to be added. */
export interface ProductToAdd {
  readonly product: BareId;
  /** What one unit costs by itself. */
  readonly priceMinor: number;
  /** What it costs by the offers of the cart's products. */
  readonly chargedMinor: number;
}

/**
 * What a product adds at least to what a cart costs: its price, less all that bought-together offers, those of the cart's
 * products and its own, can take off it and off the cart's lines once it is next to them. Where a set has a price of its
 * own nothing is certain: 0.
 */
export function addedToCart(
  { product, priceMinor, chargedMinor }: ProductToAdd,
  { lines, offers }: CartOfOffers,
): number {
  let added = chargedMinor;
  for (const { product: other } of lines) {
    const own = offerWith(product, other, offers)?.discountBasisPoints ?? 0;
    added = Math.min(added, discountedPriceMinor(priceMinor, own));
  }
  for (const line of lines) {
    const pair = [offerWith(line.product, product, offers), offerWith(product, line.product, offers)];
    const known = pair.filter((offer) => offer !== null);
    if (known.some(({ setReward }) => setReward !== undefined && setReward.kind !== "free-shipping")) return 0;
    const discount = Math.max(0, ...known.map(({ discountBasisPoints }) => discountBasisPoints));
    added -= portionMinor(line.totalMinor, discount);
  }
  return added;
}

/** The offer of a product, where it lists another. */
function offerWith(product: BareId, other: BareId, offers: CartOfOffers["offers"]): PublishedOffer | null {
  const offer = offers.get(product) ?? null;
  return offer !== null && listedProducts(offer).includes(other) ? offer : null;
}
