import type { BasketTable } from "./basket-table.ts";

const TIMES_THE_MEDIAN = 5;
const LEAST_LIMIT = 20;

/**
 * The most items that a basket of this shop's usual kind has: five times the median basket, and at least 20. Larger ones
 * (a reseller's, a stocktaking entered as an order) hold nearly every pair of the catalogue and say nothing of any.
 */
export function largestUsualBasket(table: BasketTable): number {
  const orders = table.start.length - 1;
  const sizes = Uint32Array.from(
    { length: orders },
    (_, order) => table.start[order + 1]! - table.start[order]!,
  ).sort();
  return Math.max(LEAST_LIMIT, TIMES_THE_MEDIAN * (sizes[orders >> 1] ?? 0));
}
