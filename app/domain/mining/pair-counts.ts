import type { BasketRows } from "./basket-rows.ts";
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

/** Counts all pairs of a table; see {@link PairCounter}. */
export function countPairs(table: BasketTable, minTogether: number): PairTable {
  const rows = { itemCount: table.itemIds.length, start: table.start, items: table.items };
  const counter = new PairCounter(invertBaskets(rows), minTogether);
  const start = new Float64Array(rows.itemCount + 1);
  const pairs = new PairList();
  for (let item = 0; item < rows.itemCount; item++) {
    pairs.append(counter.partner, counter.together, counter.count(item));
    start[item + 1] = pairs.length;
  }
  return { itemOrders: counter.baskets.itemOrders, orders: table.start.length - 1, start, ...pairs.trimmed() };
}

/**
 * Baskets seen from their items: for each item, the stretches of `items` that follow it in its baskets, which hold
 * its partners with a higher number.
 */
export interface InvertedBaskets {
  readonly items: Uint32Array;
  /** Item -> number of orders with it. */
  readonly itemOrders: Uint32Array;
  /** Item -> its first stretch; length is items + 1. */
  readonly firstStretch: Uint32Array;
  /** Stretch -> where it begins and ends in `items`; empty stretches are not listed. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Turns baskets round. Time and memory are linear in the order lines. */
export function invertBaskets({ itemCount, start, items }: BasketRows): InvertedBaskets {
  const itemOrders = new Uint32Array(itemCount);
  const firstStretch = new Uint32Array(itemCount + 1);
  for (let at = 0; at < items.length; at++) itemOrders[items[at]!]!++;
  for (let item = 0; item < itemCount; item++) firstStretch[item + 1] = itemOrders[item]!;
  for (let order = 0; order + 1 < start.length; order++) {
    const end = start[order + 1]!;
    // The last item of a basket has nothing after it.
    if (end > start[order]!) firstStretch[items[end - 1]! + 1]!--;
  }
  for (let item = 0; item < itemCount; item++) firstStretch[item + 1]! += firstStretch[item]!;
  const cursor = firstStretch.slice(0, itemCount);
  const from = new Uint32Array(firstStretch[itemCount]!);
  const to = new Uint32Array(firstStretch[itemCount]!);
  for (let order = 0; order + 1 < start.length; order++) {
    const end = start[order + 1]!;
    for (let at = start[order]! + 1; at < end; at++) {
      const stretch = cursor[items[at - 1]!]!++;
      from[stretch] = at;
      to[stretch] = end;
    }
  }
  return { items, itemOrders, firstStretch, from, to };
}

/**
 * Counts the pairs of one item at a time with a sparse accumulator: one pass over the item's stretches, counting
 * partners in an array of all items, which is then swept and cleared. An item with many partners is swept from end to
 * end; one with few keeps a list of those it touched, so that a large catalogue costs nothing where it has no orders.
 * Time is linear in the pairs of all baskets.
 */
export class PairCounter {
  readonly baskets: InvertedBaskets;
  /** Partners of the item counted last, ascending, and its orders together with each; valid until the next one. */
  readonly partner: Uint32Array;
  readonly together: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #minTogether: number;

  constructor(baskets: InvertedBaskets, minTogether: number) {
    const itemCount = baskets.itemOrders.length;
    this.baskets = baskets;
    this.partner = new Uint32Array(itemCount);
    this.together = new Uint32Array(itemCount);
    this.#counts = new Uint32Array(itemCount);
    this.#minTogether = minTogether;
  }

  /** Counts the partners of `item` with a higher number; returns how many were bought together often enough. */
  count(item: number): number {
    const { itemOrders, firstStretch, from, to } = this.baskets;
    if (itemOrders[item]! < this.#minTogether) return 0;
    const first = firstStretch[item]!;
    const last = firstStretch[item + 1]!;
    let work = 0;
    for (let stretch = first; stretch < last; stretch++) work += to[stretch]! - from[stretch]!;
    if (work < this.#minTogether) return 0;
    return work * SWEEP_WORTH > itemOrders.length - item ? this.#dense(item, first, last) : this.#sparse(first, last);
  }

  #dense(item: number, first: number, last: number): number {
    const { items, from, to } = this.baskets;
    const counts = this.#counts;
    for (let stretch = first; stretch < last; stretch++) {
      const end = to[stretch]!;
      for (let at = from[stretch]!; at < end; at++) counts[items[at]!]!++;
    }
    const { partner, together } = this;
    const minTogether = this.#minTogether;
    let kept = 0;
    for (let other = item + 1; other < counts.length; other++) {
      const count = counts[other]!;
      if (count < minTogether) continue;
      partner[kept] = other;
      together[kept++] = count;
    }
    counts.fill(0, item + 1);
    return kept;
  }

  #sparse(first: number, last: number): number {
    const { items, from, to } = this.baskets;
    const { partner, together } = this;
    const counts = this.#counts;
    let touched = 0;
    for (let stretch = first; stretch < last; stretch++) {
      const end = to[stretch]!;
      for (let at = from[stretch]!; at < end; at++) {
        const other = items[at]!;
        if (counts[other]!++ === 0) partner[touched++] = other;
      }
    }
    let kept = 0;
    for (let i = 0; i < touched; i++) {
      const other = partner[i]!;
      if (counts[other]! >= this.#minTogether) partner[kept++] = other;
      else counts[other] = 0;
    }
    partner.subarray(0, kept).sort();
    for (let i = 0; i < kept; i++) {
      const other = partner[i]!;
      together[i] = counts[other]!;
      counts[other] = 0;
    }
    return kept;
  }
}

/** Sweeping one count costs about a fourth of counting one partner with a list kept. */
const SWEEP_WORTH = 4;

class PairList {
  #partner = new Uint32Array(1 << 12);
  #together = new Uint32Array(1 << 12);
  length = 0;

  append(partner: Uint32Array, together: Uint32Array, count: number): void {
    const length = this.length + count;
    if (length > this.#partner.length) {
      const capacity = Math.max(length, this.#partner.length * 2);
      this.#partner = widened(this.#partner, capacity);
      this.#together = widened(this.#together, capacity);
    }
    this.#partner.set(partner.subarray(0, count), this.length);
    this.#together.set(together.subarray(0, count), this.length);
    this.length = length;
  }

  trimmed(): { partner: Uint32Array; together: Uint32Array } {
    return { partner: this.#partner.slice(0, this.length), together: this.#together.slice(0, this.length) };
  }
}

function widened(array: Uint32Array<ArrayBuffer>, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity);
  larger.set(array);
  return larger;
}
