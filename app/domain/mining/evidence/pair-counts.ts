import type { BasketRows } from "../../orders/files/basket-rows.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import { basketMargins, type BasketMargins } from "./null-model.ts";

/**
 * Exact co-purchase counts of all pairs of items with at least `minTogether` orders together, as compressed sparse
 * rows: row `a` holds the partners `b > a` in ascending order. Counts are 32-bit.
 */
export interface PairTable {
  /** Item index -> number of orders with it. */
  readonly itemOrders: Uint32Array;
  readonly orders: number;
  readonly margins: BasketMargins;
  /** Item index -> position of its first partner; length is items + 1. */
  readonly start: Float64Array;
  readonly partner: Uint32Array;
  readonly together: Uint32Array;
}

/** Counts all pairs of a table; see {@link PairCounter}. */
export function countPairs(table: BasketTable, minTogether: number): PairTable {
  const { start, items } = table;
  return countRowPairs({ itemCount: table.itemIds.length, start, items: items.slice() }, minTogether);
}

/** As {@link countPairs}, from bare rows. Overwrites `rows.items`. */
export function countRowPairs(rows: BasketRows, minTogether: number): PairTable {
  const margins = basketMargins(rows);
  const counter = new PairCounter(invertBaskets(rows), minTogether);
  const start = new Float64Array(rows.itemCount + 1);
  const pairs = new PairList();
  for (let item = 0; item < rows.itemCount; item++) {
    pairs.append(counter.partner, counter.together, counter.count(item));
    start[item + 1] = pairs.length;
  }
  const { itemOrders } = counter.baskets;
  return { itemOrders, orders: rows.start.length - 1, margins, start, ...pairs.trimmed() };
}

/**
 * Baskets seen from their items: for each item, where in `items` the rest of each of its baskets begins, which holds
 * its partners with a higher number. All arrays are over shared memory, so that threads can count different items.
 */
export interface InvertedBaskets {
  /** Items of all baskets; the last item of a basket is stored as its complement, and so ends the rest. */
  readonly items: Int32Array;
  /** Item -> number of orders with it. */
  readonly itemOrders: Uint32Array;
  /** Item -> its first rest; length is items + 1. */
  readonly firstRest: Uint32Array;
  /** Where each rest begins in `items`; empty ones are not listed. */
  readonly rests: Uint32Array;
  /** Item -> length of all its rests together: what counting its partners costs. */
  readonly work: Float64Array;
}

/** Turns baskets round. Time and memory are linear in the order lines. Overwrites `rows.items`. */
export function invertBaskets({ itemCount, start, items: rowItems }: BasketRows): InvertedBaskets {
  const items = new Int32Array(rowItems.buffer, rowItems.byteOffset, rowItems.length);
  const itemOrders = new Uint32Array(new SharedArrayBuffer(itemCount * 4));
  const firstRest = new Uint32Array(new SharedArrayBuffer((itemCount + 1) * 4));
  const work = new Float64Array(new SharedArrayBuffer(itemCount * 8));
  for (let at = 0; at < items.length; at++) itemOrders[items[at]!]!++;
  for (let item = 0; item < itemCount; item++) firstRest[item + 1] = itemOrders[item]!;
  const orders = start.length - 1;
  for (let order = 0; order < orders; order++) {
    const end = start[order + 1]!;
    // The last item of a basket has nothing after it.
    if (end > start[order]!) firstRest[items[end - 1]! + 1]!--;
  }
  for (let item = 0; item < itemCount; item++) firstRest[item + 1]! += firstRest[item]!;
  const rests = new Uint32Array(new SharedArrayBuffer(firstRest[itemCount]! * 4));
  const cursor = firstRest.slice(0, itemCount);
  let at = 0;
  for (let order = 0; order < orders; order++) {
    const end = start[order + 1]!;
    if (at === end) continue;
    for (at++; at < end; at++) {
      const item = items[at - 1]!;
      rests[cursor[item]!++] = at;
      work[item]! += end - at;
    }
    items[end - 1] = ~items[end - 1]!;
  }
  return { items, itemOrders, firstRest, rests, work };
}

/**
 * Counts the pairs of one item at a time with a sparse accumulator: one pass over the rests of the item's baskets, counting
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
    const { itemOrders, work } = this.baskets;
    if (itemOrders[item]! < this.#minTogether || work[item]! < this.#minTogether) return 0;
    return work[item]! * SWEEP_WORTH > itemOrders.length - item ? this.#dense(item) : this.#sparse(item);
  }

  #dense(item: number): number {
    const { items, firstRest, rests } = this.baskets;
    const counts = this.#counts;
    const last = firstRest[item + 1]!;
    for (let rest = firstRest[item]!; rest < last; rest++) {
      let at = rests[rest]!;
      let other = items[at]!;
      while (other >= 0) {
        counts[other]!++;
        other = items[++at]!;
      }
      counts[~other]!++;
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

  #sparse(item: number): number {
    const { items, firstRest, rests } = this.baskets;
    const { partner, together } = this;
    const counts = this.#counts;
    const last = firstRest[item + 1]!;
    let touched = 0;
    for (let rest = firstRest[item]!; rest < last; rest++) {
      let at = rests[rest]!;
      let other: number;
      do {
        other = items[at++]!;
        const index = other < 0 ? ~other : other;
        if (counts[index]!++ === 0) partner[touched++] = index;
      } while (other >= 0);
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
    return { partner: this.#partner.subarray(0, this.length), together: this.#together.subarray(0, this.length) };
  }
}

function widened(array: Uint32Array<ArrayBuffer>, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity);
  larger.set(array);
  return larger;
}
