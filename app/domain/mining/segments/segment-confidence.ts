import type { BasketTable } from "../basket-table.ts";
import { countPairs } from "../pair-counts.ts";

/** Scores of items, with the list of those touched, so that many questions share one array. */
export class ItemScores {
  readonly score: Float64Array;
  readonly touched: number[] = [];

  constructor(items: number) {
    this.score = new Float64Array(items);
  }

  add(item: number, score: number): void {
    if (this.score[item] === 0) this.touched.push(item);
    this.score[item]! += score;
  }

  clear(): void {
    for (const item of this.touched) this.score[item] = 0;
    this.touched.length = 0;
  }
}

/** Orders of everybody that count beside a segment's own. */
const PRIOR_ORDERS = 20;
const LEAST_TOGETHER = 2;

/**
 * Confidence of every pair both ways round, n(a, b) / n(a) over pairs with at least two orders together; of a segment's
 * orders drawn towards everybody's where a prior is given: (n_s(a, b) + 20 n(a, b) / n(a)) / (n_s(a) + 20).
 */
export class SegmentConfidence {
  readonly itemOrders: Uint32Array;
  readonly #prior: SegmentConfidence | null;
  readonly #start: Float64Array;
  readonly #partner: Uint32Array;
  readonly #together: Uint32Array;

  constructor(table: BasketTable, prior: SegmentConfidence | null = null) {
    const pairs = countPairs(table, LEAST_TOGETHER);
    const items = pairs.itemOrders.length;
    this.itemOrders = pairs.itemOrders;
    this.#prior = prior;
    this.#start = new Float64Array(items + 1);
    for (let item = 0; item < items; item++) {
      this.#start[item + 1]! += pairs.start[item + 1]! - pairs.start[item]!;
      for (let at = pairs.start[item]!; at < pairs.start[item + 1]!; at++) this.#start[pairs.partner[at]! + 1]!++;
    }
    for (let item = 0; item < items; item++) this.#start[item + 1]! += this.#start[item]!;
    const cursor = this.#start.slice(0, items);
    this.#partner = new Uint32Array(this.#start[items]!);
    this.#together = new Uint32Array(this.#start[items]!);
    const put = (item: number, other: number, together: number) => {
      this.#partner[cursor[item]!] = other;
      this.#together[cursor[item]!++] = together;
    };
    for (let item = 0; item < items; item++) {
      for (let at = pairs.start[item]!; at < pairs.start[item + 1]!; at++) {
        put(item, pairs.partner[at]!, pairs.together[at]!);
        put(pairs.partner[at]!, item, pairs.together[at]!);
      }
    }
  }

  /** Adds the weights of one item's companions, times `scale`. */
  addTo(scores: ItemScores, item: number, scale = 1): void {
    const orders = this.itemOrders[item]!;
    const all = this.#prior === null ? orders : orders + PRIOR_ORDERS;
    if (all === 0) return;
    this.#prior?.addTo(scores, item, (scale * PRIOR_ORDERS) / all);
    for (let at = this.#start[item]!; at < this.#start[item + 1]!; at++) {
      scores.add(this.#partner[at]!, (scale * this.#together[at]!) / all);
    }
  }
}
