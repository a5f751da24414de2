import {
  FEWEST_ORDERS_TOGETHER,
  gradeOf,
  liftFactor,
  type EvidenceLimits,
} from "../domain/mining/evidence/association.ts";
import { chanceOfTogether, NullModel, type BasketMargins } from "../domain/mining/evidence/null-model.ts";
import { PairCounter, type InvertedBaskets } from "../domain/mining/evidence/pair-counts.ts";
import { qValueOf, type QValueTable } from "../domain/statistics/q-values.ts";
import { writeRounded } from "./rounded-numbers.ts";

/** What threads that test pairs together share: the baskets, and the next items that no thread has taken yet. */
export interface SharedTests {
  readonly baskets: InvertedBaskets;
  readonly margins: BasketMargins;
  readonly next: Int32Array;
}

/** What the pairs of all threads are judged by, once all of them were tested. */
export interface SharedStandard {
  readonly limits: EvidenceLimits;
  readonly qValues: QValueTable;
}

/** Items are taken in small blocks, since some cost a thousand times as much as others. */
const BLOCK = 4;

/** How likely pairs are by chance, for pairs of items by number. */
class PairChance {
  readonly #chance: NullModel;
  readonly #itemOrders: Uint32Array;
  readonly #places: Float64Array;

  constructor({ baskets, margins }: Pick<SharedTests, "baskets" | "margins">) {
    this.#chance = new NullModel(margins);
    this.#itemOrders = baskets.itemOrders;
    this.#places = Float64Array.from(baskets.itemOrders, (orders) => this.#chance.place(orders));
  }

  expected(a: number, b: number): number {
    const orders = this.#itemOrders;
    const places = this.#places;
    return this.#chance.expectedAt(places[a]!, places[b]!, orders[a]!, orders[b]!);
  }

  pValue(a: number, b: number, together: number, expected: number): number {
    return chanceOfTogether(together, this.#itemOrders[a]!, this.#itemOrders[b]!, expected);
  }
}

/**
 * The pairs that one thread tested. It keeps their p-values in the order of counting, and so writes the items that it
 * tested: working them out takes longer than counting.
 */
export class TestedPairs {
  readonly chance: PairChance;
  /** The blocks of items taken, ascending. */
  readonly blocks: number[] = [];
  #pValues = new Float64Array(1 << 16);
  #tested = 0;

  /** Tests all pairs with five orders or more of the items that are still to be had. */
  constructor(shared: SharedTests) {
    this.chance = new PairChance(shared);
    const { baskets, next } = shared;
    const counter = new PairCounter(baskets, FEWEST_ORDERS_TOGETHER);
    for (let block = Atomics.add(next, 0, 1); ; block = Atomics.add(next, 0, 1)) {
      const [from, to] = itemsOf(block, baskets);
      if (from >= to) return;
      this.blocks.push(block);
      for (let item = from; item < to; item++) this.#test(counter, item, counter.count(item));
    }
  }

  /** Of all pairs tested. */
  ascending(): Float64Array<ArrayBuffer> {
    return this.#pValues.slice(0, this.#tested).sort();
  }

  /** In the order of counting. */
  get pValues(): Float64Array {
    return this.#pValues.subarray(0, this.#tested);
  }

  #test({ partner, together }: PairCounter, item: number, count: number): void {
    if (this.#tested + count > this.#pValues.length) {
      const larger = new Float64Array(2 * (this.#tested + count));
      larger.set(this.#pValues);
      this.#pValues = larger;
    }
    for (let i = 0; i < count; i++) {
      const expected = this.chance.expected(item, partner[i]!);
      this.#pValues[this.#tested++] = this.chance.pValue(item, partner[i]!, together[i]!, expected);
    }
  }
}

/** The first item of a block, and the one after its last. */
export function itemsOf(block: number, { itemOrders }: InvertedBaskets): [from: number, to: number] {
  return [block * BLOCK, Math.min((block + 1) * BLOCK, itemOrders.length)];
}

const GRADES = { thin: "thin,", fair: "fair,", strong: "strong," } as const;
const COMMA = 44;

/** Writes the columns `lift,grade,lift_low,lift_high,q` of pairs, which come in the order in which they were tested. */
export class EvidenceColumns {
  readonly #chance: PairChance;
  readonly #pValues: Float64Array;
  #read = 0;
  readonly #standard: SharedStandard;
  readonly #itemOrders: Uint32Array;
  readonly #orders: number;

  constructor(tested: TestedPairs, standard: SharedStandard, itemOrders: Uint32Array, orders: number) {
    this.#chance = tested.chance;
    this.#pValues = tested.pValues;
    this.#standard = standard;
    this.#itemOrders = itemOrders;
    this.#orders = orders;
  }

  /** Passes over a pair that is not to be written. */
  skip(together: number): void {
    if (together >= FEWEST_ORDERS_TOGETHER) this.#read++;
  }

  /** Returns where they end. */
  write(a: number, b: number, together: number, target: DataView, at: number): number {
    const expected = this.#chance.expected(a, b);
    const isTested = together >= FEWEST_ORDERS_TOGETHER;
    const p = isTested ? this.#pValues[this.#read++]! : this.#chance.pValue(a, b, together, expected);
    const lift = together / expected;
    const factor = liftFactor(together, this.#itemOrders[a]!, this.#itemOrders[b]!, this.#orders);
    at = writeRounded(lift, target, at);
    target.setUint8(at++, COMMA);
    const grade = GRADES[gradeOf(together, lift / factor, p, this.#standard.limits)];
    for (let i = 0; i < grade.length; i++) target.setUint8(at++, grade.charCodeAt(i));
    at = writeRounded(lift / factor, target, at);
    target.setUint8(at++, COMMA);
    at = writeRounded(lift * factor, target, at);
    target.setUint8(at++, COMMA);
    return writeRounded(qValueOf(this.#standard.qValues, p), target, at);
  }
}
