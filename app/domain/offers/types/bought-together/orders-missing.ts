import { GradedPair } from "../../../mining/evidence/association.ts";
import type { Considered, ProductFacts, ShopFacts } from "./chosen-offer.ts";
import { countsOfPair } from "./companion-evidence.ts";
import { suggestedOf } from "./suggested-companions.ts";

/** A merchant who would wait for more orders than that does better to pin a companion. */
const MOST_ORDERS_MISSING = 50;

/**
 * How many more orders of the product with its most promising companion would make fair evidence, if no other order
 * came meanwhile. Null where some companion has fair evidence already, or where more than 50 orders are missing.
 */
export function ordersMissing(considered: readonly Considered[], facts: ProductFacts, shop: ShopFacts): number | null {
  if (suggestedOf(considered) !== null) return null;
  const [best] = considered
    .filter(({ listed, blocked, excluded }) => listed?.insteadOf == null && !blocked && !excluded)
    .toSorted((a, b) => b.own.pair.together - a.own.pair.together);
  const pair = countsOfPair(facts.product, best?.product ?? null, facts, shop);
  for (let more = 1; more <= MOST_ORDERS_MISSING; more++) {
    const { together, ordersA, ordersB, orders } = pair;
    const after = {
      together: together + more,
      ordersA: ordersA + more,
      ordersB: ordersB + more,
      orders: orders + more,
    };
    if (new GradedPair({ ...pair, ...after }, shop.standard).grade !== "thin") return more;
  }
  return null;
}
