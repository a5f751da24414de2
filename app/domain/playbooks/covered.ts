import type { ProductId } from "../ids.ts";
import { conditionsHold } from "../offers/conditions/conditions.ts";
import type { Offer } from "../offers/offer.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import type { PlaybookFacts } from "./facts.ts";

/** Types that lower prices on the page of a product. */
export const DISCOUNTS: readonly OfferTypeName[] = [
  "bought-together",
  "buy-x-get-y",
  "mix-and-match",
  "quantity-breaks",
];
/** Types that lower the prices of several units of one product. A set's discount is no reason against these. */
export const UNIT_DISCOUNTS: readonly OfferTypeName[] = ["buy-x-get-y", "mix-and-match", "quantity-breaks"];

const LARGEST_PRIORITY = 1_000;
/** Room between two offers' priorities, for one that a person puts in between. */
const STEP = 10;

/** The offers of some types that may be shown with a product: drafts and paused ones too, since a person decided about them. */
export function offersOn(facts: PlaybookFacts, types: readonly OfferTypeName[], product: ProductId): Offer[] {
  const known = { product: facts.products.get(product)?.facts ?? null };
  return facts.offers.filter(
    ({ type, conditions }) => types.includes(type) && conditionsHold(conditions, known) !== false,
  );
}

/** Whether an offer of one of the types gives something with a product. A set without a reward gives nothing. */
export function isCovered(facts: PlaybookFacts, types: readonly OfferTypeName[], product: ProductId): boolean {
  return offersOn(facts, types, product).some(({ type, reward }) => type !== "bought-together" || reward !== null);
}

/**
 * A priority with which a new set is shown with a product in place of the shop's other sets; null where one of these has
 * the highest that there is.
 */
export function priorityOverSets(facts: PlaybookFacts, product: ProductId): number | null {
  const highest = Math.max(100, ...offersOn(facts, ["bought-together"], product).map(({ priority }) => priority));
  return highest >= LARGEST_PRIORITY ? null : Math.min(LARGEST_PRIORITY, highest + STEP);
}
