import {
  FALSE_DISCOVERY_RATE,
  FEWEST_ORDERS_TOGETHER,
  type EvidenceLimits,
  type EvidenceStandard,
} from "./association.ts";
import { chanceOfTogether, NullModel } from "./null-model.ts";
import type { PairTable } from "./pair-counts.ts";

/**
 * What a shop's pairs are judged by: what chance alone would give in its baskets, and how small a pair's p-value must
 * be. A shop with 4,000 products has 8 million pairs, of which thousands look remarkable by chance alone; therefore the
 * limits are those of Benjamini and Hochberg (JRSS B 1995): the largest p(r) with p(r) <= r q / m, over all m possible
 * pairs of products that were sold, for the false-discovery rates q of the grades.
 */
export function evidenceLimits(pairs: PairTable): EvidenceStandard & { readonly chance: NullModel } {
  const chance = new NullModel(pairs.margins);
  return { ...limitsOf(pValuesOf(pairs, chance).sort(), possiblePairs(pairs.itemOrders)), chance };
}

/** Pairs of different products among those that were sold. */
export function possiblePairs(itemOrders: Uint32Array): number {
  const sold = itemOrders.reduce((count, orders) => count + (orders > 0 ? 1 : 0), 0);
  return (sold * (sold - 1)) / 2;
}

/** The limits of {@link evidenceLimits}, from the ascending p-values of the pairs looked at, out of `tests` possible ones. */
export function limitsOf(ascending: Float64Array, tests: number): EvidenceLimits {
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

function pValuesOf({ itemOrders, start, partner, together }: PairTable, chance: NullModel): Float64Array {
  const pValues = new Float64Array(partner.length);
  const places = Float64Array.from(itemOrders, (orders) => chance.place(orders));
  let tested = 0;
  for (let item = 0; item < itemOrders.length; item++) {
    const ordersA = itemOrders[item]!;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      // Rarer pairs are thin whatever their p-value.
      if (together[at]! < FEWEST_ORDERS_TOGETHER) continue;
      const other = partner[at]!;
      const ordersB = itemOrders[other]!;
      const expected = chance.expectedAt(places[item]!, places[other]!, ordersA, ordersB);
      pValues[tested++] = chanceOfTogether(together[at]!, ordersA, ordersB, expected);
    }
  }
  return pValues.slice(0, tested);
}
