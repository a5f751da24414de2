import type { TrainingBaskets } from "./training-baskets.ts";

/**
 * Weighted counts of items bought together, the matrix G = X' W X of the baskets X with order weights W, as compressed
 * sparse rows: both halves are kept, so that a row is all that is bought with an item.
 */
export interface PairWeights {
  /** Item -> position of its first partner; length is items + 1. */
  readonly start: Uint32Array;
  /** Partners, ascending within each row. */
  readonly partner: Uint32Array;
  readonly weight: Float32Array;
  /** Summed weights of the item's own orders, G[i][i]. */
  readonly own: Float64Array;
}

/** Pairs kept; beyond this the lightest are dropped, so that memory stays bounded. 16 bytes a pair while in use. */
const MOST_PAIRS = 40_000_000;

/** Sums run in ascending order of items and of orders, so they do not depend on arrival. */
export function pairWeights(
  baskets: TrainingBaskets,
  orderWeight: Float64Array,
  mostPairs: number = MOST_PAIRS,
): PairWeights {
  const { itemCount, table, ordersStart, ordersWith } = baskets;
  const { start, items } = table;
  const together = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const own = new Float64Array(itemCount);
  const pairs = new LaterPartners(itemCount, mostPairs);
  for (let item = 0; item < itemCount; item++) {
    let count = 0;
    let sum = 0;
    const lastOrder = ordersStart[item + 1]!;
    for (let k = ordersStart[item]!; k < lastOrder; k++) {
      const order = ordersWith[k]!;
      const weight = orderWeight[order]!;
      if (weight === 0) continue;
      sum += weight;
      // Baskets ascend: walked from the end, the partners after this item come first.
      for (let line = start[order + 1]! - 1; items[line]! > item; line--) {
        const other = items[line]!;
        if (together[other] === 0) touched[count++] = other;
        together[other]! += weight;
      }
    }
    own[item] = sum;
    pairs.addRow(item, touched.subarray(0, count), together);
  }
  return { ...pairs.bothHalves(), own };
}

/** Catalogues up to this size are looked up in a square of 64 MB at most; larger ones by search in the rows. */
const SQUARE_ITEMS = 4096;

/**
 * A function that writes the weights of the pairs (item, others[0]), (item, others[1]) ... (item, others[count - 1])
 * into `into` from `offset` on; 0 for pairs that never occurred. The others ascend.
 */
export function pairLookup(pairs: PairWeights): PairLookup {
  return pairs.own.length <= SQUARE_ITEMS ? squareLookup(pairs) : searchLookup(pairs);
}

export type PairLookup = (item: number, others: Uint32Array, count: number, into: Float64Array, offset: number) => void;

function squareLookup({ start, partner, weight, own }: PairWeights): PairLookup {
  const itemCount = own.length;
  const square = new Float32Array(itemCount * itemCount);
  for (let item = 0; item < itemCount; item++) {
    for (let e = start[item]!; e < start[item + 1]!; e++) square[item * itemCount + partner[e]!] = weight[e]!;
  }
  return (item, others, count, into, offset) => {
    const row = item * itemCount;
    for (let k = 0; k < count; k++) into[offset + k] = square[row + others[k]!]!;
  };
}

/** Others ascend, and so do the rows: each search goes on where the one before it stopped. */
function searchLookup({ start, partner, weight }: PairWeights): PairLookup {
  return (item, others, count, into, offset) => {
    const end = start[item + 1]!;
    let low = start[item]!;
    for (let k = 0; k < count; k++) {
      const other = others[k]!;
      let high = end;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (partner[middle]! < other) low = middle + 1;
        else high = middle;
      }
      into[offset + k] = low < end && partner[low] === other ? weight[low]! : 0;
    }
  };
}

/** The upper half of the matrix, row by row, in arrays that grow; doubles its floor and thins out when it is full. */
class LaterPartners {
  readonly #start: Uint32Array;
  readonly #mostPairs: number;
  #partner = new Uint32Array(1 << 16);
  #weight = new Float32Array(1 << 16);
  #length = 0;
  #floor = 0;

  constructor(itemCount: number, mostPairs: number) {
    this.#start = new Uint32Array(itemCount + 1);
    this.#mostPairs = mostPairs;
  }

  /** Takes the row and clears `together` at its items. */
  addRow(item: number, touched: Uint32Array, together: Float64Array): void {
    touched.sort();
    this.#makeRoom(touched.length);
    for (let k = 0; k < touched.length; k++) {
      const other = touched[k]!;
      if (together[other]! > this.#floor) {
        this.#partner[this.#length] = other;
        this.#weight[this.#length++] = together[other]!;
      }
      together[other] = 0;
    }
    this.#start[item + 1] = this.#length;
    while (this.#length > this.#mostPairs) this.#thinOut(item);
  }

  bothHalves(): { start: Uint32Array; partner: Uint32Array; weight: Float32Array } {
    const itemCount = this.#start.length - 1;
    const start = new Uint32Array(itemCount + 1);
    for (let item = 0; item < itemCount; item++) {
      start[item + 1]! += this.#start[item + 1]! - this.#start[item]!;
      for (let e = this.#start[item]!; e < this.#start[item + 1]!; e++) start[this.#partner[e]! + 1]!++;
    }
    for (let item = 0; item < itemCount; item++) start[item + 1]! += start[item]!;
    const cursor = start.slice(0, itemCount);
    const partner = new Uint32Array(start[itemCount]!);
    const weight = new Float32Array(start[itemCount]!);
    // Earlier items reach a row before its own later partners do, so every row ends up ascending.
    for (let item = 0; item < itemCount; item++) {
      for (let e = this.#start[item]!; e < this.#start[item + 1]!; e++) {
        const other = this.#partner[e]!;
        partner[cursor[other]!] = item;
        weight[cursor[other]!++] = this.#weight[e]!;
      }
    }
    for (let item = 0; item < itemCount; item++) {
      const from = this.#start[item]!;
      const to = this.#start[item + 1]!;
      partner.set(this.#partner.subarray(from, to), cursor[item]!);
      weight.set(this.#weight.subarray(from, to), cursor[item]!);
    }
    return { start, partner, weight };
  }

  #thinOut(lastItem: number): void {
    this.#floor = this.#floor === 0 ? 2 ** -10 : this.#floor * 2;
    let write = 0;
    let from = 0;
    for (let item = 0; item <= lastItem; item++) {
      const to = this.#start[item + 1]!;
      for (let e = from; e < to; e++) {
        if (this.#weight[e]! <= this.#floor) continue;
        this.#partner[write] = this.#partner[e]!;
        this.#weight[write++] = this.#weight[e]!;
      }
      from = to;
      this.#start[item + 1] = write;
    }
    this.#length = write;
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#partner.length) return;
    const size = Math.max(this.#partner.length * 2, this.#length + more);
    const partner = new Uint32Array(size);
    const weight = new Float32Array(size);
    partner.set(this.#partner.subarray(0, this.#length));
    weight.set(this.#weight.subarray(0, this.#length));
    this.#partner = partner;
    this.#weight = weight;
  }
}
