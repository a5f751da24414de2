/** What the browsing of several days says about one product. */
export interface BrowsedProduct {
  readonly product: string;
  /** As `ProductBrowsing` has them, over all days. */
  readonly viewers: number;
  readonly buyers: number;
  /** The days (counted from 0) on which it was browsed, and the sums of `ProductBrowsing` on each of them. */
  readonly days: readonly number[];
  readonly pairs: readonly number[];
  readonly boughtAfter: readonly number[];
  readonly boughtAs: readonly number[];
}

/** A pair that was met at least twice. */
export interface BrowsedPairOfDays {
  readonly product: string;
  readonly companion: string;
  readonly viewed: number;
  readonly thenBought: number;
}

/** Visitors lent to each product who met nothing else: a share of few visitors is no share yet. */
const LENT_VISITORS = 10;

/** A figure of each kind of browsing. */
interface OfBothKinds {
  readonly viewed: number;
  readonly thenBought: number;
}

/**
 * What chance alone would give, day by day: the configuration model of networks (Newman 2003) within each day,
 *
 *   expected = sum over days of (pairs of the trigger * pairs of the companion / all pairs)
 *
 * Chance of this kind has in it that long visits make many pairs, that most visitors look at some products, and that
 * products which are sold at the same time are met together.
 */
export class BrowsingChance {
  readonly #products: ReadonlyMap<string, BrowsedProduct>;
  /** All pairs of each day. */
  readonly #viewed: number[] = [];
  readonly #bought: number[] = [];
  /** The trigger at hand: of each day the share of all pairs that are the trigger's. */
  #trigger = "";
  readonly #viewedShare: number[] = [];
  readonly #boughtShare: number[] = [];

  constructor(products: readonly BrowsedProduct[]) {
    this.#products = new Map(products.map((one) => [one.product, one]));
    for (const { days, pairs, boughtAfter } of products) {
      days.forEach((day, n) => {
        this.#viewed[day] = (this.#viewed[day] ?? 0) + pairs[n]!;
        this.#bought[day] = (this.#bought[day] ?? 0) + boughtAfter[n]!;
      });
    }
  }

  /** How often the two would be met by chance; null for products that nothing is known of. */
  expected(product: string, companion: string): OfBothKinds | null {
    const [one, other] = [this.#products.get(product), this.#products.get(companion)];
    if (one === undefined || other === undefined) return null;
    if (this.#trigger !== product) this.#take(one);
    let [viewed, thenBought] = [0, 0];
    other.days.forEach((day, n) => {
      viewed += (this.#viewedShare[day] ?? 0) * other.pairs[n]!;
      thenBought += (this.#boughtShare[day] ?? 0) * other.boughtAs[n]!;
    });
    return { viewed, thenBought };
  }

  /**
   * How much more often a pair was met than by chance, as the share of those who could have met it: the added value of a
   * rule, confidence - support (Tan et al. 2002), with the low end of what was met. Never negative.
   *
   *   (low end - expected) / (visitors or buyers + lent)
   */
  beyond(pair: BrowsedPairOfDays): OfBothKinds | null {
    const expected = this.expected(pair.product, pair.companion);
    const one = this.#products.get(pair.product);
    if (expected === null || one === undefined) return null;
    return {
      viewed: Math.max(0, lowEnd(pair.viewed) - expected.viewed) / (one.viewers + LENT_VISITORS),
      thenBought: Math.max(0, lowEnd(pair.thenBought) - expected.thenBought) / (one.buyers + LENT_VISITORS),
    };
  }

  #take({ product, days, pairs, boughtAfter }: BrowsedProduct): void {
    this.#trigger = product;
    this.#viewedShare.length = 0;
    this.#boughtShare.length = 0;
    days.forEach((day, n) => {
      this.#viewedShare[day] = this.#viewed[day]! === 0 ? 0 : pairs[n]! / this.#viewed[day]!;
      this.#boughtShare[day] = this.#bought[day]! === 0 ? 0 : boughtAfter[n]! / this.#bought[day]!;
    });
  }
}

/**
 * The low end of the 95 % interval of a Poisson mean of which `count` was seen: twice the root of a count has a variance of
 * about 1, whatever the mean (Anscombe 1948). Without it a popular companion would have a weight by chance alone.
 */
function lowEnd(count: number): number {
  return Math.max(0, Math.sqrt(count) - 1) ** 2;
}
