import { compareIds } from "../../ids.ts";

/** A product that a visitor looked at. `at`: milliseconds since 1970 UTC. */
export interface ProductView {
  readonly visitor: string;
  readonly at: number;
  readonly product: string;
}

/** What the browsing of one day (UTC), or of several, says about one product. Ids are bare numbers. */
export interface ProductBrowsing {
  readonly product: string;
  /** Visitors who looked at it and at another product in one visit; each counts once a day. */
  readonly viewers: number;
  /** Sum of `viewed` over all products that were viewed with it, those that are not kept as well. */
  readonly pairs: number;
  /** Orders whose buyer had looked at it. */
  readonly buyers: number;
  /** Sum of `thenBought` over all products that were bought after it was viewed, and over all that it was bought after. */
  readonly boughtAfter: number;
  readonly boughtAs: number;
}

/** How often two products were viewed in one visit, and how often `companion` was bought after `product` was viewed. */
export interface BrowsedPair {
  readonly companion: string;
  readonly viewed: number;
  readonly thenBought: number;
}

/** The browsing of one day, as counts that name no visitor and no order. */
export interface BrowsingDay {
  readonly visits: number;
  readonly visitors: number;
  /** Visitors who looked at more than a person does. */
  readonly leftOut: number;
  /** Orders whose buyer had looked at products before. */
  readonly buyers: number;
  readonly products: readonly (ProductBrowsing & { readonly companions: readonly BrowsedPair[] })[];
}

/** Nothing looked at for so long ends a visit. */
const VISIT_ENDS_MS = 30 * 60_000;
/** A visitor with more views or more different products in one day is a program, or somebody who compares everything. */
const MOST_VIEWS = 300;
const MOST_PRODUCTS = 60;
/** Two products of a visit make a pair if at most so many products lie between their first views. */
const NEAREST = 10;
/** Pairs of a day, in both directions, after which no more visitors are taken: enough to tell what goes together. */
const MOST_PAIRS = 6_000_000;
/** On a day with more pairs, one that a single visitor viewed says nothing and is not kept. */
const MANY_PAIRS = 1_000_000;
/** Companions kept of each product and day, those met most often. */
const KEPT_COMPANIONS = 50;
/** Two products as one whole number below 2^53. */
const KEY = 2 ** 26;

/**
 * Counts the browsing of one day. Views have to come by visitor, and of each visitor in the order of time. Visitors are
 * hashes, so that the first of them are a sample of all where a day has more than is counted.
 */
export class BrowsingDayCounter {
  readonly #products: string[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #viewers: number[] = [];
  readonly #buyers: number[] = [];
  readonly #viewedPairs = new PairLog();
  readonly #boughtPairs = new PairLog();
  #views: ProductView[] = [];
  #isTooMany = false;
  #visits = 0;
  #visitors = 0;
  #leftOut = 0;
  #orders = 0;

  /** Whether enough was counted: what still comes of other visitors is not taken. */
  get isFull(): boolean {
    return this.#viewedPairs.length >= MOST_PAIRS;
  }

  addView(view: ProductView): void {
    if (this.#views.length > 0 && this.#views[0]!.visitor !== view.visitor) this.#endVisitor();
    if (this.#views.length < MOST_VIEWS) this.#views.push(view);
    else this.#isTooMany = true;
  }

  /** An order: what its buyer had looked at, and what is in it. */
  addOrder(viewed: readonly string[], bought: readonly string[]): void {
    const before = new Set(viewed);
    if (before.size === 0 || before.size > MOST_PRODUCTS) return;
    if (bought.length === 0 || bought.length > MOST_PRODUCTS) return;
    if (this.#boughtPairs.length >= MOST_PAIRS) return;
    this.#orders++;
    for (const product of before) {
      const from = this.#index(product);
      this.#buyers[from]!++;
      for (const other of new Set(bought)) if (other !== product) this.#boughtPairs.add(from, this.#index(other));
    }
  }

  /** What was counted. Nothing can be added after it. */
  day(): BrowsingDay {
    if (this.#views.length > 0) this.#endVisitor();
    const after = new Uint32Array(this.#products.length);
    const bought = new Uint32Array(this.#products.length);
    for (const { from, to, times } of this.#boughtPairs.counts()) {
      after[from]! += times;
      bought[to]! += times;
    }
    const products = [...this.#companions()].map(({ index, pairs, companions }) => ({
      ...{ product: this.#products[index]!, viewers: this.#viewers[index]!, buyers: this.#buyers[index]! },
      ...{ pairs, boughtAfter: after[index]!, boughtAs: bought[index]!, companions },
    }));
    return {
      ...{ visits: this.#visits, visitors: this.#visitors, leftOut: this.#leftOut, buyers: this.#orders },
      products: products.sort((a, b) => compareIds(a.product, b.product)),
    };
  }

  /** Of each product the sum of its viewed pairs, and the companions that are kept. Both logs ascend by product. */
  *#companions(): Generator<{ index: number; pairs: number; companions: BrowsedPair[] }> {
    const least = this.#viewedPairs.length > MANY_PAIRS ? 2 : 1;
    const viewed = new PairReader(this.#viewedPairs);
    const bought = new PairReader(this.#boughtPairs);
    for (let index = 0; index < this.#products.length; index++) {
      const met = new Map<number, { viewed: number; thenBought: number }>();
      let pairs = 0;
      for (const { to, times } of viewed.of(index)) {
        pairs += times;
        if (times >= least) met.set(to, { viewed: times, thenBought: 0 });
      }
      for (const { to, times } of bought.of(index))
        met.set(to, { viewed: met.get(to)?.viewed ?? 0, thenBought: times });
      yield { index, pairs, companions: this.#strongest(met) };
    }
  }

  #strongest(companions: ReadonlyMap<number, Omit<BrowsedPair, "companion">>): BrowsedPair[] {
    const all = [...companions].map(([index, counts]) => ({ companion: this.#products[index]!, ...counts }));
    const met = ({ viewed, thenBought }: BrowsedPair) => viewed + thenBought;
    return all.sort((a, b) => met(b) - met(a) || compareIds(a.companion, b.companion)).slice(0, KEPT_COMPANIONS);
  }

  #endVisitor(): void {
    const views = this.#views;
    const isPerson = !this.#isTooMany && new Set(views.map(({ product }) => product)).size <= MOST_PRODUCTS;
    if (isPerson && !this.isFull) this.#count(views);
    else if (!isPerson) this.#leftOut++;
    this.#views = [];
    this.#isTooMany = false;
  }

  /** Of one visitor's day each pair counts once, in however many visits it was viewed. */
  #count(views: readonly ProductView[]): void {
    const pairs = new Set<number>();
    const inPairs = new Set<number>();
    let visit: number[] = [];
    let lastAt = -Infinity;
    for (const { product, at } of views) {
      if (at - lastAt > VISIT_ENDS_MS) {
        visit = [];
        this.#visits++;
      }
      lastAt = at;
      const one = this.#index(product);
      if (visit.includes(one)) continue;
      for (const other of visit.slice(-NEAREST)) {
        pairs.add(Math.min(one, other) * KEY + Math.max(one, other));
        inPairs.add(one).add(other);
      }
      visit.push(one);
    }
    this.#visitors++;
    for (const index of inPairs) this.#viewers[index]!++;
    for (const pair of pairs) {
      const [one, other] = [Math.floor(pair / KEY), pair % KEY];
      this.#viewedPairs.add(one, other);
      this.#viewedPairs.add(other, one);
    }
  }

  #index(product: string): number {
    const known = this.#indexOf.get(product);
    if (known !== undefined) return known;
    const index = this.#products.push(product) - 1;
    this.#indexOf.set(product, index);
    this.#viewers.push(0);
    this.#buyers.push(0);
    return index;
  }
}

/** Pairs as they come, counted at the end: sorting numbers takes less memory than a map of millions of pairs. */
class PairLog {
  #keys = new Float64Array(1024);
  length = 0;

  add(from: number, to: number): void {
    if (this.length === this.#keys.length) {
      const longer = new Float64Array(2 * this.length);
      longer.set(this.#keys);
      this.#keys = longer;
    }
    this.#keys[this.length++] = from * KEY + to;
  }

  /** Ascending by both products. Nothing can be added after it. */
  *counts(): Generator<PairCount> {
    const keys = this.#keys.subarray(0, this.length).sort();
    for (let at = 0; at < keys.length;) {
      const key = keys[at]!;
      const first = at;
      while (at < keys.length && keys[at] === key) at++;
      yield { from: Math.floor(key / KEY), to: key % KEY, times: at - first };
    }
  }
}

interface PairCount {
  readonly from: number;
  readonly to: number;
  readonly times: number;
}

/** Reads the counts of a log product by product, in ascending order. */
class PairReader {
  readonly #counts: Iterator<PairCount>;
  #next: PairCount | undefined;

  constructor(log: PairLog) {
    this.#counts = log.counts();
    this.#advance();
  }

  *of(product: number): Generator<PairCount> {
    for (let pair = this.#next; pair?.from === product; pair = this.#next) {
      yield pair;
      this.#advance();
    }
  }

  #advance(): void {
    const { done, value } = this.#counts.next();
    this.#next = done === true ? undefined : (value as PairCount);
  }
}
