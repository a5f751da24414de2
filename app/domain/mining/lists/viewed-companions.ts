import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { kindsOf, type Kinds } from "../../catalogue/kinds.ts";
import { BrowsingChance, type BrowsedPairOfDays, type BrowsedProduct } from "../browsing/browsing-chance.ts";
import type { BrowsingCounts, BrowsingScales } from "../browsing/browsing-lists.ts";
import { poissonUpperTail } from "../../statistics/significance.ts";

/** A companion that browsing puts first with a new product, and how often it did. */
export interface ViewedCompanion {
  readonly id: string;
  /** In (0, 1]: the greater of the two shares that browsing has beyond chance. */
  readonly weight: number;
  /** Visitors who viewed the product among others, how many of them viewed the companion too... */
  readonly viewers: number;
  readonly viewed: number;
  /** ... and orders of those who had viewed the product that hold the companion. */
  readonly thenBought: number;
}

/** Fewer visitors than that who viewed both are shown to nobody. */
export const LEAST_VIEWED = 10;
/** Chance of so many visitors up to which they are believed, divided by the products that were viewed with it. */
const BELIEVED = 0.01;
const MOST_VIEWED = 8;

/**
 * Finds companions for new products in what shoppers browse: at least ten visitors viewed both in one visit, more than
 * chance gives (Poisson, with the mean of `BrowsingChance`; Bonferroni over the products viewed with the new one). What is
 * viewed together is often what shoppers choose between: products of one kind are left out. Best first, by what the
 * trial found that either kind of browsing is worth.
 */
export class ViewedCompanions {
  readonly #products: ReadonlyMap<string, BrowsedProduct>;
  readonly #pairs = new Map<string, BrowsedPairOfDays[]>();
  readonly #chance: BrowsingChance;
  readonly #scales: BrowsingScales;
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #catalogue: readonly CatalogueItem[];
  #kinds: Kinds | null = null;

  /** Nothing outside of the `catalogue` is found: it was deleted. */
  constructor(
    { counts, scales }: { readonly counts: BrowsingCounts; readonly scales: BrowsingScales },
    catalogue: readonly CatalogueItem[],
  ) {
    this.#catalogue = catalogue;
    this.#products = new Map(counts.products.map((one) => [one.product, one]));
    this.#chance = new BrowsingChance(counts.products);
    this.#scales = scales;
    this.#placeOf = new Map(catalogue.map(({ id }, place) => [id, place]));
    for (const pair of counts.pairs) {
      const known = this.#pairs.get(pair.product);
      if (known === undefined) this.#pairs.set(pair.product, [pair]);
      else known.push(pair);
    }
  }

  /** At most eight. */
  of(id: string): ViewedCompanion[] {
    const [own, place] = [this.#products.get(id), this.#placeOf.get(id)];
    const pairs = this.#pairs.get(id) ?? [];
    if (own === undefined || place === undefined) return [];
    const found = pairs.flatMap((pair) => {
      const otherPlace = this.#placeOf.get(pair.companion);
      const expected = this.#chance.expected(id, pair.companion);
      if (otherPlace === undefined || expected === null || pair.viewed < LEAST_VIEWED) return [];
      if (poissonUpperTail(pair.viewed, expected.viewed) > BELIEVED / pairs.length) return [];
      const { viewed, thenBought } = this.#chance.beyond(pair)!;
      const score = this.#scales.viewed * viewed + this.#scales.thenBought * thenBought;
      return score > 0 ? [{ ...pair, place: otherPlace, score, weight: Math.max(viewed, thenBought) }] : [];
    });
    return found
      .sort((a, b) => b.score - a.score || a.place - b.place)
      .filter((one) => !this.#isSameKind(place, one.place))
      .slice(0, MOST_VIEWED)
      .map(({ companion, weight, viewed, thenBought }) => {
        return { id: companion, weight, viewers: own.viewers, viewed, thenBought };
      });
  }

  #isSameKind(one: number, other: number): boolean {
    this.#kinds ??= kindsOf(this.#catalogue);
    return this.#kinds.sameKind(one, other);
  }
}
