import type { BasketRows } from "../../orders/files/basket-rows.ts";
import { binomialUpperTail } from "../../statistics/significance.ts";

/** How large baskets are and how often products are bought: all that chance depends on. */
export interface BasketMargins {
  /** Number of items -> how many baskets have so many. */
  readonly sizes: ReadonlyMap<number, number>;
  /** Number of orders, above 0 -> how many products are in so many. */
  readonly orders: ReadonlyMap<number, number>;
}

/** The margins of baskets as rows of item numbers. */
export function basketMargins({ start, items }: Pick<BasketRows, "start" | "items">): BasketMargins {
  let last = -1;
  for (let at = 0; at < items.length; at++) last = Math.max(last, items[at]!);
  const itemOrders = new Uint32Array(last + 1);
  for (let at = 0; at < items.length; at++) itemOrders[items[at]!]!++;
  const orders = occurrences(itemOrders);
  orders.delete(0);
  return { sizes: occurrences(sizesOf(start)), orders };
}

function* sizesOf(start: Uint32Array): Generator<number> {
  for (let order = 0; order + 1 < start.length; order++) yield start[order + 1]! - start[order]!;
}

function occurrences(values: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * What the orders of a shop would look like if no product drew another: every basket keeps its size and every product
 * its number of orders, and the products are distributed over the baskets at random (the bipartite configuration
 * model). A few wholesale orders bring most pairs of a catalogue together, and single-item orders bring none together;
 * comparing with orders as if all had one size would call that an association.
 *
 * The chance that a basket of size s holds product i is p(x y), with x of the product and y of the size such that the
 * expected sizes and numbers of orders are the real ones. Two models are computed, and the one that brings a pair
 * together more often counts: p(z) = z / (1 + z), where all ways to fill the baskets are equally likely (maximum
 * entropy: Saracco, Di Clemente, Gabrielli & Squartini, Sci. Rep. 2015), and p(z) = 1 - exp(-z), where each basket is
 * filled by one draw after another. They differ for products that are in most large baskets.
 *
 * That a basket holds exactly s products makes two of them in it less likely, by 1 - (1 - p)(1 - p') / d with d = sum
 * of p (1 - p) over all products (Hájek, Ann. Math. Stat. 1964). It is scaled so that the s (s - 1) / 2 pairs of a
 * basket come out exactly; a single item meets nobody.
 *
 * The expected orders together, divided by a b / N, are a smooth function of a and b: it is tabulated at about 50
 * numbers of orders, and interpolated (error below 0.5 %). Sizes and numbers of orders above 24 are grouped by 6 %.
 */
export class NullModel {
  /** All orders, those of a single item among them. */
  readonly orders: number;
  /** Natural logarithm of expected / (a b / N) at pairs of knots, row by row. */
  readonly #logFactor: Float64Array;
  readonly #knots: number;
  /** Logarithmic distance of the knots; the first is one order, the last as many as any product has. */
  readonly #step: number;

  constructor({ sizes, orders }: BasketMargins) {
    let most = 2;
    for (const own of orders.keys()) most = Math.max(most, own);
    this.orders = [...sizes.values()].reduce((total, baskets) => total + baskets, 0);
    this.#knots = Math.ceil(Math.log(most) / MOST_KNOT_STEP) + 1;
    this.#step = Math.log(most) / (this.#knots - 1);
    this.#logFactor = new Float64Array(this.#knots ** 2).fill(Math.log(LEAST_FACTOR));
    if (orders.size === 0) return;
    for (const share of WAYS_OF_DEALING) {
      const model = new DrawModel(share, grouped(sizes), grouped(orders));
      model.raiseTo(this.#logFactor, this.#knots, this.#step);
    }
  }

  /** Orders with both of two products that are expected by chance, from their numbers of orders. */
  expected(ordersA: number, ordersB: number): number {
    return this.expectedAt(this.place(ordersA), this.place(ordersB), ordersA, ordersB);
  }

  /** Where a number of orders lies among the knots: for callers that ask of one product many times. */
  place(orders: number): number {
    return Math.min(this.#knots - 1, Math.log(Math.max(1, orders)) / this.#step);
  }

  /** As {@link expected}, with the {@link place}s of both worked out before. */
  expectedAt(placeA: number, placeB: number, ordersA: number, ordersB: number): number {
    if (ordersA <= 0 || ordersB <= 0 || this.orders === 0) return 0;
    if (placeA > placeB) return this.expectedAt(placeB, placeA, ordersB, ordersA);
    const knots = this.#knots;
    const a = Math.min(knots - 2, Math.floor(placeA));
    const b = Math.min(knots - 2, Math.floor(placeB));
    const partA = placeA - a;
    const partB = placeB - b;
    const at = a * knots + b;
    const table = this.#logFactor;
    const low = table[at]! + partB * (table[at + 1]! - table[at]!);
    const high = table[at + knots]! + partB * (table[at + knots + 1]! - table[at + knots]!);
    const factor = Math.exp(low + partA * (high - low));
    return Math.min(ordersA, ordersB, (ordersA * ordersB * factor) / this.orders);
  }
}

/**
 * Probability of at least `together` common orders where `expected` are expected by chance. The rarer product's orders
 * are taken for independent draws, each of which holds the other with the same probability: the binomial tail has the
 * exact mean and can only overstate the probability, since the true spread of drawing without replacement is smaller
 * (Hoeffding, Ann. Math. Stat. 1956). Where baskets do not differ in size and the rarer product is rare, it is Fisher's
 * exact test.
 */
export function chanceOfTogether(together: number, ordersA: number, ordersB: number, expected: number): number {
  const trials = Math.min(ordersA, ordersB);
  return trials <= 0 ? 1 : binomialUpperTail(together, trials, expected / trials);
}

const MOST_KNOT_STEP = 0.15;
/** Values up to this are kept apart, larger ones are grouped by this ratio. */
const KEPT_APART = 24;
const GROUP_STEP = Math.log(1.06);
const MOST_SWEEPS = 300;
const TOLERANCE = 1e-7;
/** x and y of what is in every basket, or holds everything: their logarithms stay finite. */
const MOST_ODDS = 1e12;

/** Values and how often each occurs; neighbouring large ones as their mean. */
interface Grouped {
  readonly value: Float64Array;
  readonly weight: Float64Array;
}

function grouped(counts: ReadonlyMap<number, number>): Grouped {
  const groups = new Map<number, { sum: number; weight: number }>();
  for (const [value, weight] of counts) {
    if (value <= 0) continue;
    const key = value <= KEPT_APART ? value : KEPT_APART + 1 + Math.floor(Math.log(value / KEPT_APART) / GROUP_STEP);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { sum: value * weight, weight });
    else {
      group.sum += value * weight;
      group.weight += weight;
    }
  }
  const ascending = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
  return {
    value: Float64Array.from(ascending, ({ sum, weight }) => sum / weight),
    weight: Float64Array.from(ascending, ({ weight }) => weight),
  };
}

/** Probability that a basket holds a product, from the product of their odds. */
type Share = (odds: number) => number;
const WAYS_OF_DEALING: readonly Share[] = [(odds) => odds / (1 + odds), (odds) => -Math.expm1(-odds)];

/** Stands for "never": where no order holds two items. */
const LEAST_FACTOR = 1e-12;

interface SizeClass {
  /** Baskets of the size, times what makes its pairs come out exactly. */
  readonly weight: number;
  /** 1 / d of Hájek's factor; 0 where the size leaves no choice. */
  readonly narrowing: number;
}

/** One model of how products get into baskets, fitted to the sizes of the baskets and the orders of the products. */
class DrawModel {
  readonly #share: Share;
  readonly #sizes: Grouped;
  readonly #items: Grouped;
  /** y of each size, x of each number of orders. */
  readonly #sizeOdds: Float64Array;
  readonly #itemOdds: Float64Array;

  constructor(share: Share, sizes: Grouped, items: Grouped) {
    this.#share = share;
    this.#sizes = sizes;
    this.#items = items;
    const scale = Math.sqrt(dot(sizes.value, sizes.weight));
    const [baskets, products] = [total(sizes.weight), total(items.weight)];
    // What is everywhere would take for ever to get there in steps.
    this.#sizeOdds = sizes.value.map((size) => (size >= products ? MOST_ODDS : size / scale));
    this.#itemOdds = items.value.map((orders) => (orders >= baskets ? MOST_ODDS : orders / scale));
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const changes = [
        this.#fit(this.#itemOdds, items.value, this.#sizeOdds, sizes.weight),
        this.#fit(this.#sizeOdds, sizes.value, this.#itemOdds, items.weight),
      ];
      if (Math.max(...changes) < TOLERANCE) break;
    }
  }

  /** Raises a table of logarithms of expected / (a b / N) at the knots to those of this way, where they are higher. */
  raiseTo(table: Float64Array, knots: number, step: number): void {
    const classes = this.#sizeClasses();
    const orders = total(this.#sizes.weight);
    const rows = Array.from({ length: knots }, (_, knot) => {
      const own = Math.min(Math.exp(knot * step), orders);
      return { own, shares: this.#sharesOf(own) };
    });
    for (let a = 0; a < knots; a++) {
      for (let b = 0; b <= a; b++) {
        const expected = expectedOf(classes, rows[a]!.shares, rows[b]!.shares);
        const factor = Math.log(Math.max((expected * orders) / (rows[a]!.own * rows[b]!.own), LEAST_FACTOR));
        table[a * knots + b] = table[b * knots + a] = Math.max(table[a * knots + b]!, factor);
      }
    }
  }

  /**
   * One step of iterative proportional fitting, given the odds of the other side; returns the largest relative change.
   */
  #fit(odds: Float64Array, wanted: Float64Array, others: Float64Array, weights: Float64Array): number {
    let change = 0;
    for (let i = 0; i < odds.length; i++) {
      const own = odds[i]!;
      let sum = 0;
      for (let j = 0; j < others.length; j++) sum += weights[j]! * this.#share(own * others[j]!);
      const next = Math.min(MOST_ODDS, (own * wanted[i]!) / sum);
      change = Math.max(change, Math.abs(next - own) / own);
      odds[i] = next;
    }
    return change;
  }

  #sizeClasses(): SizeClass[] {
    const { value, weight } = this.#sizes;
    return Array.from(value, (size, s) => {
      if (size <= 1) return { weight: 0, narrowing: 0 };
      let [d, squares] = [0, 0];
      for (let i = 0; i < this.#itemOdds.length; i++) {
        const p = this.#share(this.#itemOdds[i]! * this.#sizeOdds[s]!);
        const spread = p * (1 - p);
        d += this.#items.weight[i]! * spread;
        squares += this.#items.weight[i]! * spread * spread;
      }
      if (d < 1e-6) return { weight: weight[s]!, narrowing: 0 };
      const pairs = size * (size - 1);
      return { weight: weight[s]! * (pairs / (pairs + squares / d)), narrowing: 1 / d };
    });
  }

  /**
   * For each size, the chance that a basket of it holds a product of so many orders: x by bisection on its logarithm.
   */
  #sharesOf(orders: number): Float64Array {
    let [low, high] = [Math.log(1 / MOST_ODDS) * 2, Math.log(MOST_ODDS) * 2];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      const x = Math.exp(middle);
      let sum = 0;
      for (let s = 0; s < this.#sizeOdds.length; s++)
        sum += this.#sizes.weight[s]! * this.#share(x * this.#sizeOdds[s]!);
      if (sum < orders) low = middle;
      else high = middle;
    }
    return this.#sizeOdds.map((y) => this.#share(Math.exp((low + high) / 2) * y));
  }
}

function expectedOf(classes: readonly SizeClass[], sharesA: Float64Array, sharesB: Float64Array): number {
  let expected = 0;
  for (let s = 0; s < classes.length; s++) {
    const { weight, narrowing } = classes[s]!;
    const [p, q] = [sharesA[s]!, sharesB[s]!];
    expected += weight * p * q * Math.max(0, 1 - narrowing * (1 - p) * (1 - q));
  }
  return expected;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
