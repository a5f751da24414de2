import type { BasketTable } from "../../baskets/basket-table.ts";
import { sharedUint32 } from "./shared-arrays.ts";

/**
 * The first `orders` orders of a basket table, as rankers read them: by basket and by item. Plain arrays over shared
 * memory, so that any number of threads can read them.
 */
export interface TrainingBaskets {
  /** As the table's: the baskets, of which the first `orders` are used and the rest are held out. */
  readonly start: Uint32Array;
  readonly items: Uint32Array;
  readonly orders: number;
  readonly itemCount: number;
  /** Item -> position of its first order in `ordersWith`; length is items + 1. */
  readonly ordersStart: Uint32Array;
  /** Orders that contain the item, ascending. */
  readonly ordersWith: Uint32Array;
}

/** How much an order counts. Half-lives are shares of the shop's own history, so they fit every pace of trade. */
export interface OrderWeighting {
  /** Each order weighs size^-sizePower: 0 counts every pair alike, 1 gives each basket about the same say. */
  readonly sizePower: number;
  /** Share of the history's orders after which an order counts half; null where age does not matter. */
  readonly halfLife: number | null;
  /** What an order keeps of its weight however old it is; nothing unless given. */
  readonly floor?: number;
}

/** Indexes the first `orders` orders by item. The order of the history is the table's own: (time, order id). */
export function trainingBaskets(table: BasketTable, orders: number = table.at.length): TrainingBaskets {
  const itemCount = table.itemIds.length;
  const start = sharedUint32(table.start.length);
  start.set(table.start);
  const items = sharedUint32(table.items.length);
  items.set(table.items);
  const lines = start[orders]!;
  const ordersStart = sharedUint32(itemCount + 1);
  for (let line = 0; line < lines; line++) ordersStart[items[line]! + 1]!++;
  for (let item = 0; item < itemCount; item++) ordersStart[item + 1]! += ordersStart[item]!;
  const cursor = ordersStart.slice(0, itemCount);
  const ordersWith = sharedUint32(lines);
  for (let order = 0; order < orders; order++) {
    const to = start[order + 1]!;
    for (let line = start[order]!; line < to; line++) ordersWith[cursor[items[line]!]!++] = order;
  }
  return { start, items, orders, itemCount, ordersStart, ordersWith };
}

/** In how many of the orders an item is. */
export function ordersOf(baskets: TrainingBaskets, item: number): number {
  return baskets.ordersStart[item + 1]! - baskets.ordersStart[item]!;
}

/** An order of more items than this is a stocktake, not a choice: it says nothing about what goes together. */
export const GIANT_ORDER = 1000;

/**
 * Weight of each order: 0 for a giant one, else size^-sizePower * recency, where
 *
 *   recency = floor + (1 - floor) * 2^(-age / halfLife),   age 0 for the latest order and 1 for the first
 */
export function orderWeights(baskets: TrainingBaskets, weighting: OrderWeighting): Float64Array {
  const { start, orders } = baskets;
  const { sizePower, halfLife, floor = 0 } = weighting;
  const weights = new Float64Array(orders);
  for (let order = 0; order < orders; order++) {
    const size = start[order + 1]! - start[order]!;
    const age = (orders - 1 - order) / orders;
    const recency = halfLife === null ? 1 : floor + (1 - floor) * 2 ** (-age / halfLife);
    weights[order] = size === 0 || size > GIANT_ORDER ? 0 : size ** -sizePower * recency;
  }
  return weights;
}
