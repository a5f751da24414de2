import type { BasketTable } from "./basket-table.ts";

/** The inverted basket table: for each item, the orders that hold it. */
export interface ItemOrders {
  /** Item index -> position of its first order in `orders`; length is items + 1. */
  readonly start: Uint32Array;
  /** Order indexes, ascending within each item, and so in the order of time. */
  readonly orders: Uint32Array;
}

/** Inverts the table in one pass over its lines. */
export function itemOrders(table: BasketTable): ItemOrders {
  const start = new Uint32Array(table.itemIds.length + 1);
  for (let at = 0; at < table.items.length; at++) start[table.items[at]! + 1]!++;
  for (let item = 0; item < table.itemIds.length; item++) start[item + 1]! += start[item]!;
  const cursor = start.slice(0, table.itemIds.length);
  const orders = new Uint32Array(table.items.length);
  for (let order = 0; order + 1 < table.start.length; order++) {
    for (let at = table.start[order]!; at < table.start[order + 1]!; at++) {
      orders[cursor[table.items[at]!]!++] = order;
    }
  }
  return { start, orders };
}

/** The orders of one item, ascending; none for an item index outside the table. */
export function ordersWith(index: ItemOrders, item: number): Uint32Array {
  if (!(item >= 0 && item + 1 < index.start.length)) return new Uint32Array(0);
  return index.orders.subarray(index.start[item]!, index.start[item + 1]!);
}
