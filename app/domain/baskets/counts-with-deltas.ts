import { netDeltas, type BasketDelta, type CountedBasket } from "./basket-delta.ts";
import { KEPT_COMPANIONS, mostTogetherFirst, type PairCount, type ProductCounts } from "./product-counts.ts";

type Companions = ReadonlyMap<string, ReadonlySet<string>>;

/** Stored counts, and the deltas of orders that changed since. Ids are bare numbers. */
export interface CountsAndDeltas {
  /** The stored counts of each product; one that is absent was in no basket. */
  readonly stored: ReadonlyMap<string, ProductCounts>;
  /** Those of one order in the order in which they happened. */
  readonly deltas: readonly BasketDelta[];
  /** Companions in each product's list. Stored counts hold every one that the product was bought with. */
  readonly listed: Companions;
  /** Companions that staff pinned or blocked for each product, possibly after the counts were stored. */
  readonly chosen: Companions;
}

export interface CountsWithDeltas {
  /** The counts of each product that is in a basket. */
  readonly counts: ReadonlyMap<string, ProductCounts>;
  /** Products that must be counted from the baskets: the first or last time of some count may be gone. */
  readonly stale: readonly string[];
  /** Pairs that must be counted from the baskets: chosen ones that the stored counts may not have kept. */
  readonly stalePairs: readonly { readonly product: string; readonly companion: string }[];
}

/**
 * Adds deltas to the stored counts of some products. The result equals counting all baskets from scratch. A product
 * with more companions than are kept has unknown ones; they stay absent even if it was bought with them since. The
 * order in which different orders' deltas come does not matter.
 */
export function countsWithDeltas(products: Iterable<string>, given: CountsAndDeltas): CountsWithDeltas {
  const deltas = netDeltas(given.deltas);
  const counts = new Map<string, ProductCounts>();
  const stale: string[] = [];
  const stalePairs: { product: string; companion: string }[] = [];
  for (const product of products) {
    const stored = given.stored.get(product);
    const listed = given.listed.get(product) ?? NONE;
    const chosen = given.chosen.get(product) ?? NONE;
    const changes = deltas.filter(({ before, after }) => holds(before, product) || holds(after, product));
    // A product whose counts are full may have been bought with others; any other product has not.
    const certain = isFull(stored) ? listed : new Set([...listed, ...chosen]);
    const changed = changes.length === 0 ? stored : changedCounts(product, stored, changes, certain);
    if (changed === undefined) continue;
    if (changed === "stale") stale.push(product);
    else {
      counts.set(product, changed);
      const held = (companion: string) => changed.companions.some(({ productId }) => productId === companion);
      for (const companion of chosen) {
        if (!certain.has(companion) && !held(companion)) stalePairs.push({ product, companion });
      }
    }
  }
  return { counts, stale, stalePairs };
}

const NONE: ReadonlySet<string> = new Set();

const holds = (basket: CountedBasket | null, product: string) => basket?.products.has(product) === true;

/** Whether this one order gives each of its products more companions than are kept. */
const isLargeBasket = (basket: CountedBasket | null) => (basket?.products.size ?? 0) > KEPT_COMPANIONS;

/** Times of pairs are stored in whole seconds. */
const wholeSeconds = (at: number) => Math.floor(at / 1000) * 1000;

const isFull = (stored: ProductCounts | undefined) => (stored?.companions.length ?? 0) >= KEPT_COMPANIONS;

/** Undefined for a product that is in no basket any more. */
function changedCounts(
  product: string,
  stored: ProductCounts | undefined,
  changes: readonly BasketDelta[],
  certain: ReadonlySet<string>,
): ProductCounts | undefined | "stale" {
  const tally = new ProductTally(stored, changes, certain);
  for (const { before, after } of changes) tally.move(product, before, after);
  if (tally.isStale) return "stale";
  return tally.baskets > 0 ? tally.counts(product) : undefined;
}

/** One product's counts while baskets are added and removed. */
class ProductTally {
  readonly #own: Meetings;
  readonly #companions = new Map<string, Meetings>();
  /** The companions that are counted; null for all. */
  readonly #counted: ReadonlySet<string> | null;

  /** `certain`: companions that the stored counts would hold if the product had been bought with them. */
  constructor(stored: ProductCounts | undefined, changes: readonly BasketDelta[], certain: ReadonlySet<string>) {
    this.#own = new Meetings(stored?.baskets ?? 0, stored?.firstAt, stored?.lastAt);
    for (const { productId, together, firstAt, lastAt } of stored?.companions ?? []) {
      this.#companions.set(productId, new Meetings(together, firstAt, lastAt));
    }
    // All companions of an order of thousands, for each of its products, would be millions.
    const isLarge = changes.some(({ before, after }) => isLargeBasket(before) || isLargeBasket(after));
    this.#counted = isFull(stored) || isLarge ? new Set([...this.#companions.keys(), ...certain]) : null;
  }

  get baskets(): number {
    return this.#own.count;
  }

  get isStale(): boolean {
    return this.#own.isStale || [...this.#companions.values()].some((one) => one.isStale);
  }

  /** Replaces one order's basket; `before` or `after` holds the product. */
  move(product: string, before: CountedBasket | null, after: CountedBasket | null): void {
    const was = holds(before, product) ? before : null;
    const is = holds(after, product) ? after : null;
    const stays = was?.at === is?.at;
    this.#each(product, was, stays ? is : null, (meetings, at) => meetings.takeOff(at));
    this.#each(product, is, stays ? was : null, (meetings, at) => meetings.add(at));
  }

  /** Updates the product itself and its companions in a basket, except those that are in `but` as well. */
  #each(
    product: string,
    basket: CountedBasket | null,
    but: CountedBasket | null,
    update: (meetings: Meetings, at: number) => void,
  ): void {
    if (basket === null) return;
    if (but === null) update(this.#own, basket.at);
    // Of what both hold, the smaller one names the candidates.
    const isSmaller = this.#counted !== null && this.#counted.size < basket.products.size;
    const [candidates, others] = isSmaller ? [this.#counted, basket.products] : [basket.products, this.#counted];
    for (const companion of candidates) {
      if (companion === product || others?.has(companion) === false || holds(but, companion)) continue;
      update(this.#meetings(companion), wholeSeconds(basket.at));
    }
  }

  #meetings(companion: string): Meetings {
    let meetings = this.#companions.get(companion);
    if (meetings === undefined) this.#companions.set(companion, (meetings = new Meetings(0)));
    return meetings;
  }

  counts(productId: string): ProductCounts {
    const companions: PairCount[] = [];
    for (const [companion, { count, firstAt, lastAt }] of this.#companions) {
      if (count > 0) companions.push({ productId: companion, together: count, firstAt, lastAt });
    }
    const { count, firstAt, lastAt } = this.#own;
    return { productId, baskets: count, firstAt, lastAt, companions: companions.sort(mostTogetherFirst) };
  }
}

/** Number of baskets, and the first and last time. */
class Meetings {
  count: number;
  firstAt: number;
  lastAt: number;
  readonly #storedFirst: number;
  readonly #storedLast: number;
  #endsWent = false;

  constructor(count: number, firstAt = Infinity, lastAt = -Infinity) {
    this.count = count;
    this.firstAt = this.#storedFirst = firstAt;
    this.lastAt = this.#storedLast = lastAt;
  }

  /** Whether the first or last stored time may be gone while baskets remain. */
  get isStale(): boolean {
    return this.#endsWent && this.count > 0;
  }

  add(at: number): void {
    this.count++;
    this.firstAt = Math.min(this.firstAt, at);
    this.lastAt = Math.max(this.lastAt, at);
  }

  takeOff(at: number): void {
    this.count--;
    // A basket between the two is neither the first nor the last.
    this.#endsWent ||= at <= this.#storedFirst || at >= this.#storedLast;
  }
}
