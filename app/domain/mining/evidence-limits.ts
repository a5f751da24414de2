import { FALSE_DISCOVERY_RATE, FEWEST_ORDERS_TOGETHER, pairPValue, type EvidenceLimits } from "./association.ts";
import type { PairTable } from "./pair-counts.ts";

/**
 * How small a pair's p-value must be in this shop. A shop with 4,000 products has 8 million pairs, of which thousands
 * look remarkable by chance alone; therefore the limits are those of Benjamini and Hochberg (JRSS B 1995): the largest
 * p(r) with p(r) <= r q / m, over all m possible pairs of products that were sold, for the false-discovery rates q of
 * the grades.
 */
export function evidenceLimits(pairs: PairTable): EvidenceLimits {
  const sold = pairs.itemOrders.reduce((count, orders) => count + (orders > 0 ? 1 : 0), 0);
  return limitsOf(pValuesOf(pairs), (sold * (sold - 1)) / 2);
}

/** As {@link evidenceLimits}, from the p-values of the pairs that were looked at out of `tests` possible ones. */
export function limitsOf(pValues: Float64Array, tests: number): EvidenceLimits {
  const ascending = pValues.slice().sort();
  return {
    fair: benjaminiHochbergLimit(ascending, tests, FALSE_DISCOVERY_RATE.fair),
    strong: benjaminiHochbergLimit(ascending, tests, FALSE_DISCOVERY_RATE.strong),
  };
}

/** Where no pair passes, the limit of the first step: what a single finding would have to reach (Bonferroni). */
function benjaminiHochbergLimit(ascending: Float64Array, tests: number, rate: number): number {
  for (let rank = ascending.length; rank > 0; rank--) {
    const limit = (rank * rate) / tests;
    if (ascending[rank - 1]! <= limit) return limit;
  }
  return rate / Math.max(1, tests);
}

function pValuesOf({ itemOrders, orders, start, partner, together }: PairTable): Float64Array {
  const pValues = new Float64Array(partner.length);
  let tested = 0;
  for (let item = 0; item < itemOrders.length; item++) {
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      // Rarer pairs are thin whatever their p-value.
      if (together[at]! < FEWEST_ORDERS_TOGETHER) continue;
      const ordersB = itemOrders[partner[at]!]!;
      pValues[tested++] = pairPValue({ together: together[at]!, ordersA: itemOrders[item]!, ordersB, orders });
    }
  }
  return pValues.slice(0, tested);
}
