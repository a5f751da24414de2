import { comparable, type CatalogueItem } from "../catalogue-item.ts";
import { likeTitles } from "../kinds.ts";
import type { SimilarProducts } from "./similar-products.ts";

/**
 * Titles alike to this degree (prices included) name the same thing in another colour or pattern: "Green Regency teacup"
 * and "Roses Regency teacup" are at .98, two kinds of wrapping paper at .88, two tablecloths at .82.
 */
const NEAR_IDENTICAL = 0.85;
/** Of one product, at most. */
const MOST = 200;

/** Tells products that differ in no more than a colour or a pattern: a list needs only one of them. */
export class NearIdentical {
  readonly #catalogue: readonly CatalogueItem[];
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #similar: SimilarProducts;
  readonly #known = new Map<number, ReadonlySet<number>>();

  constructor(catalogue: readonly CatalogueItem[]) {
    this.#catalogue = catalogue;
    this.#placeOf = new Map(catalogue.map(({ id }, place) => [id, place]));
    this.#similar = likeTitles(catalogue);
  }

  /** For each product of a list, the first one before it that it is near-identical to; null for none. */
  earlierOf(ids: readonly string[]): (string | null)[] {
    const leaders: number[] = [];
    return ids.map((id) => {
      const place = this.#placeOf.get(id);
      if (place === undefined) return null;
      const others = this.#of(place);
      const leader = leaders.find((other) => others.has(other));
      if (leader !== undefined) return this.#catalogue[leader]!.id;
      leaders.push(place);
      return null;
    });
  }

  #of(place: number): ReadonlySet<number> {
    const known = this.#known.get(place);
    if (known !== undefined) return known;
    const type = comparable(this.#catalogue[place]!.kind);
    const isOneType = (other: number) => {
      const theirs = comparable(this.#catalogue[other]!.kind);
      return type === null || theirs === null || type === theirs;
    };
    const options = { fields: ["title"] as const, least: NEAR_IDENTICAL, count: MOST, among: isOneType };
    const found = new Set(this.#similar.like(place, options).map(({ item }) => item));
    this.#known.set(place, found);
    return found;
  }
}
