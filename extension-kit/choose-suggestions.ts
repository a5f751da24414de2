import { cartMinor, type CartLine, lineMinor, productOf } from "./cart.ts";
import {
  cheapestGapFiller,
  discountedPriceMinor,
  type GoalState,
  isNearIdentical,
  listedProducts,
  type PublishedOffer,
  withinAddOnCap,
} from "./domain.ts";
import type { SuggestedProduct } from "./product-details.ts";

/** A suggestion as it is shown. */
export interface ShownSuggestion extends SuggestedProduct {
  /** Whether the order ships free with it. */
  readonly fillsGap: boolean;
}

/** Most suggestions on one page. */
export const SHOWN = 3;

interface Order {
  readonly lines: readonly CartLine[];
  /** The offer of each product in the order. */
  readonly offers: ReadonlyMap<string, PublishedOffer | null>;
}

/**
 * What is shown of the products found for a cart, best first, at most {@link SHOWN}: the one that brings free shipping
 * at the least sensible price, then those that cost at most the add-on's share of the cart. Never two of one kind.
 */
export function chooseSuggestions(
  found: readonly SuggestedProduct[],
  { lines, offers, goal, shareBasisPoints }: Order & { goal: GoalState | null; shareBasisPoints: number },
): ShownSuggestion[] {
  const whole = cartMinor(lines);
  const candidates = unlikeTheOrder(found, { lines, offers });
  const filler =
    goal?.code !== "progress"
      ? null
      : cheapestGapFiller(
          candidates.map((product) => ({
            ...product,
            chargedMinor: discountedPriceMinor(product.price.amountMinor, product.discountBasisPoints),
            ships: product.requiresShipping,
          })),
          {
            ...{ gapMinor: goal.remaining.amountMinor, cartMinor: whole, shareBasisPoints, offers },
            lines: lines.map((line) => ({ product: productOf(line), totalMinor: lineMinor(line) })),
          },
        );
  const addOns = candidates.filter(
    ({ product, price }) => product !== filler?.product && withinAddOnCap(price.amountMinor, whole, shareBasisPoints),
  );
  const chosen = distinct([...(filler === null ? [] : [filler]), ...addOns]);
  return chosen.map((product) => ({ ...product, fillsGap: product.product === filler?.product }));
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
