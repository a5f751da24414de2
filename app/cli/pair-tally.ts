import { PairCounter, type InvertedBaskets } from "../domain/mining/evidence/pair-counts.ts";

/** What several threads count together: the baskets, and the next item that no thread has taken yet. */
export interface SharedCount {
  readonly baskets: InvertedBaskets;
  readonly next: Int32Array;
  readonly orders: number;
  readonly minTogether: number;
}

export interface PairTally {
  readonly pairs: number;
  /** Orders together of all pairs, summed. */
  readonly sum: number;
  /** Largest lift of any pair. */
  readonly highestLift: number;
}

/** Items are taken in small blocks, since some cost a thousand times as much as others. */
const BLOCK = 16;

/**
 * Counts all pairs of the items that are still to be had, with support, confidence both ways and lift of each. Run by
 * several threads on the same {@link SharedCount}, each pair is counted by one of them.
 */
export function tallyPairs({ baskets, next, orders, minTogether }: SharedCount): PairTally {
  const { itemOrders } = baskets;
  const counter = new PairCounter(baskets, minTogether);
  const { partner, together } = counter;
  const measures = new Float64Array(itemOrders.length * 4);
  let [pairs, sum, highestLift] = [0, 0, 0];
  for (;;) {
    const from = Atomics.add(next, 0, BLOCK);
    if (from >= itemOrders.length) return { pairs, sum, highestLift };
    const to = Math.min(from + BLOCK, itemOrders.length);
    for (let item = from; item < to; item++) {
      const kept = counter.count(item);
      measure(measures, kept, orders, itemOrders[item]!, itemOrders, partner, together);
      for (let i = 0; i < kept; i++) {
        sum += together[i]!;
        const lift = measures[4 * i + 3]!;
        if (lift > highestLift) highestLift = lift;
      }
      pairs += kept;
    }
  }
}

/** Support, confidence of the partner given the item, of the item given the partner, and lift, for each partner. */
function measure(
  measures: Float64Array,
  kept: number,
  orders: number,
  ordersA: number,
  itemOrders: Uint32Array,
  partner: Uint32Array,
  together: Uint32Array,
): void {
  for (let i = 0; i < kept; i++) {
    const n = together[i]!;
    const ordersB = itemOrders[partner[i]!]!;
    measures[4 * i] = n / orders;
    measures[4 * i + 1] = n / ordersA;
    measures[4 * i + 2] = n / ordersB;
    measures[4 * i + 3] = (n * orders) / (ordersA * ordersB);
  }
}
