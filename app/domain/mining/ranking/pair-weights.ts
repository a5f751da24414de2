import type { TrainingBaskets } from "./training-baskets.ts";

/**
 * Weighted counts of items bought together, the matrix G = X' W X of the baskets X with order weights W, kept sparse:
 * `partners[i]` are the items bought with i, `weights[i]` the summed weights of those orders, `own[i]` = G[i][i].
 */
export interface PairWeights {
  readonly partners: readonly Uint32Array[];
  readonly weights: readonly Float32Array[];
  readonly own: Float64Array;
}

/** Entries kept in all; more than this and each item keeps its strongest partners only. 8 bytes an entry. */
const MOST_ENTRIES = 40_000_000;

/** Items are visited in ascending order and their orders in table order, so sums do not depend on arrival. */
export function pairWeights(baskets: TrainingBaskets, orderWeight: Float64Array): PairWeights {
  const { itemCount, table, ordersStart, ordersWith } = baskets;
  const longest = Math.max(64, Math.floor(MOST_ENTRIES / Math.max(1, itemCount)));
  const { start, items } = table;
  const together = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const own = new Float64Array(itemCount);
  const partners: Uint32Array[] = [];
  const weights: Float32Array[] = [];
  const room = new Slabs();
  for (let item = 0; item < itemCount; item++) {
    let count = 0;
    const lastOrder = ordersStart[item + 1]!;
    for (let k = ordersStart[item]!; k < lastOrder; k++) {
      const order = ordersWith[k]!;
      const weight = orderWeight[order]!;
      if (weight === 0) continue;
      const to = start[order + 1]!;
      for (let line = start[order]!; line < to; line++) {
        const other = items[line]!;
        if (together[other] === 0) touched[count++] = other;
        together[other]! += weight;
      }
    }
    own[item] = together[item]!;
    together[item] = 0;
    const found = touched.subarray(0, count).filter((other) => other !== item);
    const kept = found.length > longest ? strongestPartners(found, together, longest) : found;
    const row = room.take(kept.length);
    row.partners.set(kept);
    for (let k = 0; k < kept.length; k++) row.weights[k] = together[kept[k]!]!;
    for (let k = 0; k < count; k++) together[touched[k]!] = 0;
    partners.push(row.partners);
    weights.push(row.weights);
  }
  return { partners, weights, own };
}

/** The `keep` items with the greatest weight, equal weights by item, strongest first. */
export function strongestPartners(items: Uint32Array, weight: Float64Array, keep: number): Uint32Array {
  const sorted = items.slice().sort((a, b) => weight[b]! - weight[a]! || a - b);
  return sorted.slice(0, keep);
}

/** Rows cut from large buffers, so that a hundred thousand rows are not a hundred thousand buffers. */
class Slabs {
  static readonly size = 1 << 20;
  #partners = new Uint32Array(Slabs.size);
  #weights = new Float32Array(Slabs.size);
  #used = 0;

  take(length: number): { partners: Uint32Array; weights: Float32Array } {
    if (this.#used + length > this.#partners.length) {
      const size = Math.max(Slabs.size, length);
      this.#partners = new Uint32Array(size);
      this.#weights = new Float32Array(size);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += length;
    return {
      partners: this.#partners.subarray(from, this.#used),
      weights: this.#weights.subarray(from, this.#used),
    };
  }
}
