import { cartMinor, type CartLine, lineMinor, productOf } from "./cart.ts";
import type { CartGoal } from "./cart-goal.ts";
import {
  addedToCart,
  type CartReward,
  closeGap,
  discountedPriceMinor,
  isNearIdentical,
  listedProducts,
  type PublishedOffer,
  withinAddOnCap,
} from "./domain.ts";
import type { SuggestedProduct } from "./product-details.ts";

/** A suggestion as it is shown. */
export interface ShownSuggestion extends SuggestedProduct {
  /** The reward of the goal that it brings the order to; null for none. */
  readonly closes: CartReward | null;
}

/** Most suggestions on one page. */
export const SHOWN = 3;

interface Order {
  readonly lines: readonly CartLine[];
  /** The offer of each product in the order. */
  readonly offers: ReadonlyMap<string, PublishedOffer | null>;
}

/**
 * What is shown of the products found for a cart, best first, at most {@link SHOWN}: the one that brings the cart to the
 * next reward of its goal at the least sensible price, then those that cost at most the add-on's share of the cart. Never
 * two of one kind.
 */
export function chooseSuggestions(
  found: readonly SuggestedProduct[],
  { lines, offers, goal, shareBasisPoints }: Order & { goal: CartGoal | null; shareBasisPoints: number },
): ShownSuggestion[] {
  const whole = cartMinor(lines);
  const candidates = unlikeTheOrder(found, { lines, offers });
  const closing = closingOf(candidates, { lines, offers }, goal);
  const addOns = candidates.filter(
    ({ product, price }) => product !== closing?.product && withinAddOnCap(price.amountMinor, whole, shareBasisPoints),
  );
  const chosen = distinct([...(closing === null ? [] : [closing]), ...addOns]);
  const next = goal?.next ?? null;
  return chosen.map((product) => ({ ...product, closes: product.product === closing?.product ? next : null }));
}

/**
 * The product that brings an order to the next reward of its goal; null where none does at a sensible price. Its line is
 * the goal's, but for what the customer buys again and again. A single product: checkout takes one addition at a time.
 */
function closingOf(
  candidates: readonly SuggestedProduct[],
  { lines, offers }: Order,
  goal: CartGoal | null,
): SuggestedProduct | null {
  if (goal?.code !== "progress" || goal.next === null || goal.next.gap === null) return null;
  const { id, kind, gap } = goal.next;
  const gifts = goal.rewards.flatMap((reward) => (reward.kind === "gift" ? reward.product : []));
  const cart = { lines: lines.map((line) => ({ product: productOf(line), totalMinor: lineMinor(line) })), offers };
  const priced = candidates
    .filter(({ product, requiresShipping }) => !gifts.includes(product) && (kind !== "ships" || requiresShipping))
    .map((product) => {
      const priceMinor = product.price.amountMinor;
      const chargedMinor = discountedPriceMinor(priceMinor, product.discountBasisPoints);
      const addedMinor = addedToCart({ product: product.product, priceMinor, chargedMinor }, cart);
      return { ...product, chargedMinor, addedMinor };
    });
  const [found] = closeGap(priced, {
    ...{ gapMinor: goal.remaining.amountMinor, cartMinor: cartMinor(lines), most: 1 },
    shareBasisPoints: gap * 100,
  });
  return found === undefined ? null : { ...found, offerId: found.again ? found.offerId : id };
}

/**
 * Products that are not another make of something in the order. Where the offer of that very product lists them, orders
 * say that people buy both.
 */
export function unlikeTheOrder(
  found: readonly SuggestedProduct[],
  { lines, offers }: Order,
): readonly SuggestedProduct[] {
  return found.filter((product) =>
    lines.every((line) => {
      const offer = offers.get(productOf(line)) ?? null;
      if (offer !== null && listedProducts(offer).includes(product.product)) return true;
      const { title, product: bought } = line.merchandise;
      return !isNearIdentical(product, { title, productType: bought.productType });
    }),
  );
}

/** The first {@link SHOWN} of which no two are one thing in different makes. */
export function distinct<Product extends SuggestedProduct>(products: readonly Product[]): Product[] {
  const chosen: Product[] = [];
  for (const product of products) {
    if (chosen.length === SHOWN) break;
    if (!chosen.some((other) => isNearIdentical(product, other))) chosen.push(product);
  }
  return chosen;
}
