import { netNews, type BasketNews, type CountedBasket } from "./basket-news.ts";
import { KEPT_COMPANIONS, mostTogetherFirst, type PairCount, type ProductCounts } from "./product-counts.ts";

type Companions = ReadonlyMap<string, ReadonlySet<string>>;

/** Counts as they were stored, and what orders changed since. Ids are bare numbers. */
export interface CountsAndNews {
  /** The stored counts of each product; one that is absent was in no basket. */
  readonly stored: ReadonlyMap<string, ProductCounts>;
  /** In the order in which they came, as far as they are of one order. */
  readonly news: readonly BasketNews[];
  /** Companions in each product's list. Stored counts hold them, unless they had not met. */
  readonly listed: Companions;
  /** Companions that a person chose or refused for each product, which may be since the counts were stored. */
  readonly chosen: Companions;
}

export interface CountsWithNews {
  /** Those of each product that is in a basket. */
  readonly counts: ReadonlyMap<string, ProductCounts>;
  /** Products whose counts are to be made anew from the baskets: the first or last time of something may be gone. */
  readonly untold: readonly string[];
  /** Pairs that are to be counted from the baskets: chosen ones that nobody knew to keep. */
  readonly untoldPairs: readonly { readonly product: string; readonly companion: string }[];
}

/**
 * The counts of some products with what orders changed since these were stored: what counting all baskets anew would
 * give. Of a product that has met more companions than are kept, the others are unknown; they stay absent, however
 * often they were met since. The order in which different orders' news came changes nothing.
 */
export function countsWithNews(products: Iterable<string>, given: CountsAndNews): CountsWithNews {
  const news = netNews(given.news);
  const counts = new Map<string, ProductCounts>();
  const untold: string[] = [];
  const untoldPairs: { product: string; companion: string }[] = [];
  for (const product of products) {
    const stored = given.stored.get(product);
    const listed = given.listed.get(product) ?? NONE;
    const chosen = given.chosen.get(product) ?? NONE;
    const changes = news.filter(({ before, after }) => holds(before, product) || holds(after, product));
    // What a full product's counts do not hold it may have met; of any other one it has not.
    const certain = isFull(stored) ? listed : new Set([...listed, ...chosen]);
    const told = changes.length === 0 ? stored : changedCounts(product, stored, changes, certain);
    if (told === undefined) continue;
    if (told === "untold") untold.push(product);
    else {
      counts.set(product, told);
      const held = (companion: string) => told.companions.some(({ productId }) => productId === companion);
      for (const companion of chosen) {
        if (!certain.has(companion) && !held(companion)) untoldPairs.push({ product, companion });
      }
    }
  }
  return { counts, untold, untoldPairs };
}

const NONE: ReadonlySet<string> = new Set();

const holds = (basket: CountedBasket | null, product: string) => basket?.products.has(product) === true;

/** So many that each of its products meets more companions than are kept by this one order. */
const isLargeBasket = (basket: CountedBasket | null) => (basket?.products.size ?? 0) > KEPT_COMPANIONS;

/** Times of pairs are stored in whole seconds. */
const wholeSeconds = (at: number) => Math.floor(at / 1000) * 1000;

const isFull = (stored: ProductCounts | undefined) => (stored?.companions.length ?? 0) >= KEPT_COMPANIONS;

/** Undefined for a product that is in no basket any more. */
function changedCounts(
  product: string,
  stored: ProductCounts | undefined,
  changes: readonly BasketNews[],
  certain: ReadonlySet<string>,
): ProductCounts | undefined | "untold" {
  const tally = new ProductTally(stored, changes, certain);
  for (const { before, after } of changes) tally.move(product, before, after);
  if (tally.isUntold) return "untold";
  return tally.baskets > 0 ? tally.counts(product) : undefined;
}

/** One product's counts while baskets come and go. */
class ProductTally {
  readonly #own: Meetings;
  readonly #companions = new Map<string, Meetings>();
  /** The only companions that are counted; null where all are. */
  readonly #counted: ReadonlySet<string> | null;

  /** `certain`: companions that the stored counts would hold, had they been met. */
  constructor(stored: ProductCounts | undefined, changes: readonly BasketNews[], certain: ReadonlySet<string>) {
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

  get isUntold(): boolean {
    return this.#own.isUntold || [...this.#companions.values()].some((one) => one.isUntold);
  }

  /** Takes what one order was and is; one of them at least holds the product. */
  move(product: string, before: CountedBasket | null, after: CountedBasket | null): void {
    const was = holds(before, product) ? before : null;
    const is = holds(after, product) ? after : null;
    const stays = was?.at === is?.at;
    this.#each(product, was, stays ? is : null, (meetings, at) => meetings.takeOff(at));
    this.#each(product, is, stays ? was : null, (meetings, at) => meetings.add(at));
  }

  /** The product itself and its companions in a basket, but for what is in `but` as well. */
  #each(
    product: string,
    basket: CountedBasket | null,
    but: CountedBasket | null,
    tell: (meetings: Meetings, at: number) => void,
  ): void {
    if (basket === null) return;
    if (but === null) tell(this.#own, basket.at);
    // Of what both hold, the smaller one names the candidates.
    const isSmaller = this.#counted !== null && this.#counted.size < basket.products.size;
    const [candidates, others] = isSmaller ? [this.#counted, basket.products] : [basket.products, this.#counted];
    for (const companion of candidates) {
      if (companion === product || others?.has(companion) === false || holds(but, companion)) continue;
      tell(this.#meetings(companion), wholeSeconds(basket.at));
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

/** How often something was seen, first and last when. */
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

  /** The first or the last that was stored may have gone, and something is left. */
  get isUntold(): boolean {
    return this.#endsWent && this.count > 0;
  }

  add(at: number): void {
    this.count++;
    this.firstAt = Math.min(this.firstAt, at);
    this.lastAt = Math.max(this.lastAt, at);
  }

  takeOff(at: number): void {
    this.count--;
    // Between the two of them nothing that goes is either.
    this.#endsWent ||= at <= this.#storedFirst || at >= this.#storedLast;
  }
}
