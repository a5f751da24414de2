/**
 * The baskets of one shop, as the miner reads them: compressed sparse rows over typed arrays, so that
 * millions of order lines fit in little memory and can be handed to a worker thread without a copy.
 *
 * Canonical by construction: items and customers are numbered in ascending order of their ids, orders
 * in ascending order of (time, order id), and each basket's items ascend. The same orders therefore
 * give the same table, whatever the order of their arrival.
 */
export interface BasketTable {
  /** Item index -> item id, ascending by UTF-16 code unit. */
  readonly itemIds: readonly string[];
  /** Customer index -> customer id (pseudonymous), ascending. */
  readonly customerIds: readonly string[];
  /** Order index -> position of its first item in `items`; length is orders + 1. */
  readonly start: Uint32Array;
  /** Item indexes, ascending and distinct within each basket. */
  readonly items: Uint32Array;
  /** Order index -> milliseconds since 1970 UTC; an ordinal where the source has no dates; NaN where unknown. */
  readonly at: Float64Array;
  /** Order index -> customer index, or -1. */
  readonly customer: Int32Array;
}
