import type { BasketTable } from "./basket-table.ts";

/**
 * Exact co-purchase counts of all pairs of items with at least `minTogether` orders together, as compressed sparse
 * rows: row `a` holds the partners `b > a` in ascending order. Counts are 32-bit.
 */
export interface PairTable {
  /** Item index -> number of orders with it. */
  readonly itemOrders: Uint32Array;
  readonly orders: number;
  /** Item index -> position of its first partner; length is items + 1. */
  readonly start: Float64Array;
  readonly partner: Uint32Array;
  readonly together: Uint32Array;
}

/**
 * Counts pairs with a sparse accumulator: for each item, one pass over the rest of each basket that holds it, counting
 * partners in one array that is swept and cleared afterwards. Time is linear in the pairs of all baskets; memory in
 * the lines and the pairs kept.
 */
export function countPairs(table: BasketTable, minTogether: number): PairTable {
  const itemCount = table.itemIds.length;
  const itemOrders = ordersPerItem(table);
  const { start: rowStart, position, end } = restOfBaskets(table, itemOrders);
  const counts = new Uint32Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const start = new Float64Array(itemCount + 1);
  const kept = new PairList();
  for (let item = 0; item < itemCount; item++) {
    let touches = 0;
    for (let row = rowStart[item]!; row < rowStart[item + 1]!; row++) {
      for (let at = position[row]!; at < end[row]!; at++) {
        const other = table.items[at]!;
        if (counts[other]!++ === 0) touched[touches++] = other;
      }
    }
    const others = touched.subarray(0, touches).sort();
    for (let i = 0; i < touches; i++) {
      const other = others[i]!;
      if (counts[other]! >= minTogether) kept.add(other, counts[other]!);
      counts[other] = 0;
    }
    start[item + 1] = kept.length;
  }
  return { itemOrders, orders: table.start.length - 1, start, partner: kept.partners(), together: kept.togethers() };
}

/** Item index -> number of orders with it. */
export function ordersPerItem(table: BasketTable): Uint32Array {
  const orders = new Uint32Array(table.itemIds.length);
  for (let at = 0; at < table.items.length; at++) orders[table.items[at]!]!++;
  return orders;
}

/** For each item, the stretches of `items` that follow it in its baskets: its partners with a higher index. */
function restOfBaskets(table: BasketTable, itemOrders: Uint32Array) {
  const start = new Uint32Array(itemOrders.length + 1);
  for (let item = 0; item < itemOrders.length; item++) start[item + 1] = start[item]! + itemOrders[item]!;
  const cursor = start.slice(0, itemOrders.length);
  const position = new Uint32Array(table.items.length);
  const end = new Uint32Array(table.items.length);
  for (let order = 0; order + 1 < table.start.length; order++) {
    const to = table.start[order + 1]!;
    for (let at = table.start[order]!; at < to; at++) {
      const row = cursor[table.items[at]!]!++;
      position[row] = at + 1;
      end[row] = to;
    }
  }
  return { start, position, end };
}

class PairList {
  #partner = new Uint32Array(1 << 12);
  #together = new Uint32Array(1 << 12);
  length = 0;

  add(partner: number, together: number): void {
    if (this.length === this.#partner.length) {
      this.#partner = doubled(this.#partner);
      this.#together = doubled(this.#together);
    }
    this.#partner[this.length] = partner;
    this.#together[this.length] = together;
    this.length++;
  }

  partners(): Uint32Array {
    return this.#partner.slice(0, this.length);
  }

  togethers(): Uint32Array {
    return this.#together.slice(0, this.length);
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
