import { comparable, knownPrice, type CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { likeTitles } from "../../catalogue/kinds.ts";
import type { SimilarProducts } from "../../catalogue/similar-products.ts";

/**
 * Titles alike to this degree (prices included) name the same thing in another colour or pattern: "Green Regency
 * teacup" and "Roses Regency teacup" are at .98, two kinds of wrapping paper at .88, two tablecloths at .82.
 */
const NEAR_IDENTICAL = 0.85;
/** Of one product, at most. */
const MOST = 200;
/** Of two that differ in the first word of their titles alone, the dearer costs at most so many times the other. */
const SIMILAR_PRICE = 1.6;

/**
 * Tells products that differ in no more than a colour, a pattern or a maker: a list needs only one of them. Either
 * their titles are alike in all that tells a kind of thing, or they differ in nothing but the first word ("Hagi tea
 * cup", "Bizen tea cup") at a similar price. Products of different types are never near-identical.
 */
export class NearIdentical {
  readonly #catalogue: readonly CatalogueItem[];
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #similar: SimilarProducts;
  readonly #named: ReadonlyMap<string, readonly number[]>;
  readonly #known = new Map<number, ReadonlySet<number>>();

  constructor(catalogue: readonly CatalogueItem[]) {
    this.#catalogue = catalogue;
    this.#placeOf = new Map(catalogue.map(({ id }, place) => [id, place]));
    this.#similar = likeTitles(catalogue);
    this.#named = Map.groupBy(catalogue.keys(), (place) => nameOf(catalogue[place]!) ?? "");
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
    const item = this.#catalogue[place]!;
    const among = (other: number) => mayBeOneType(item, this.#catalogue[other]!);
    const options = { fields: ["title"] as const, least: NEAR_IDENTICAL, count: MOST, among };
    const found = new Set(this.#similar.like(place, options).map((one) => one.item));
    const name = nameOf(item);
    for (const other of name === null ? [] : this.#named.get(name)!) {
      if (other !== place && isOfSimilarPrice(item, this.#catalogue[other]!)) found.add(other);
    }
    this.#known.set(place, found);
    return found;
  }
}

/** The title without its first word, and the type; null where that says too little: one word alone needs a type. */
function nameOf({ title, kind }: CatalogueItem): string | null {
  const words = (comparable(title) ?? "").split(/\s+/).slice(1);
  const type = comparable(kind);
  return words.length < (type === null ? 2 : 1) ? null : `${type ?? ""}\n${words.join(" ")}`;
}

function mayBeOneType(a: CatalogueItem, b: CatalogueItem): boolean {
  const [type, theirs] = [comparable(a.kind), comparable(b.kind)];
  return type === null || theirs === null || type === theirs;
}

/** An unknown price does not count. */
function isOfSimilarPrice(a: CatalogueItem, b: CatalogueItem): boolean {
  const [price, theirs] = [knownPrice(a), knownPrice(b)];
  return price === null || theirs === null || Math.max(price / theirs, theirs / price) <= SIMILAR_PRICE;
}
