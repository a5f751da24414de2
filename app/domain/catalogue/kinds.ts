import { comparable, knownPrice, type CatalogueItem } from "./catalogue-item.ts";
import { SimilarProducts } from "./similar-products.ts";
import { titleTokens } from "./title-tokens.ts";

/**
 * Which products are of one kind: by the merchant's product type and Shopify's category, or by their titles where those
 * say nothing.
 */
export interface Kinds {
  /** The other products of the item's kind, ascending by position in the catalogue. */
  others(item: number): readonly number[];
  sameKind(item: number, other: number): boolean;
}

/** A type or category that holds more than this share of a larger catalogue ("Goods", "Default") tells no kind. */
const WIDEST_KIND = 0.5;
const FEW = 20;
/** Titles alike to this degree name one kind of thing; at most so many of the likest. */
const LIKE_TITLE = 0.35;
const MOST_LIKE = 100;
/** Categories above this level hold whole departments: "Home & Garden > Kitchen & Dining". */
const NARROW_LEVEL = 3;
const LEVELS = " > ";

/** The category as kinds are compared by; null where it is unknown or too broad to tell a kind. */
export function kindOfCategory({ category }: Pick<CatalogueItem, "category">): string | null {
  const levels = (category ?? "").split(LEVELS).length;
  return levels < NARROW_LEVEL ? null : comparable(category ?? null);
}

/**
 * Kinds by product type and category where they are given and narrow enough: equal after Unicode and case folding. Where
 * two products have both, both have to agree: a type is often wide ("Tableware" holds cups and plates), and so is a
 * category (all tea is one). Products without such a type are of one kind by their category, or with at least 0.35 title
 * similarity ({@link SimilarProducts}, prices included; at most its 100 likest are listed), where a word says the more,
 * the more alike the prices of the products that have it: "mug" tells a kind, "red" and the name of a pattern do not. Of
 * two products, either's title may say so, so that kinds are mutual.
 */
export function kindsOf(items: readonly CatalogueItem[]): Kinds {
  const types = new Groups(items.map(({ kind }) => comparable(kind)));
  const categories = new Groups(items.map(kindOfCategory));
  const titles = new Titles(items, (item) => types.of(item) === null);
  const sameKind = (item: number, other: number) => {
    if (item === other) return false;
    const [byType, byCategory] = [types.agree(item, other), categories.agree(item, other)];
    if (byType === false || byCategory === false) return false;
    if (byType === true || byCategory === true) return true;
    return types.of(item) === null && types.of(other) === null && titles.alike(item, other);
  };
  const others = (item: number): readonly number[] => {
    const named = types.of(item) === null ? titles.others(item) : types.members(item);
    if (categories.of(item) === null) return named.filter((other) => other !== item && sameKind(item, other));
    const all = new Set([...named, ...categories.members(item)]);
    return [...all].filter((other) => sameKind(item, other)).sort((a, b) => a - b);
  };
  return { others, sameKind };
}

/** Products by a name that tells their kind; names that too many have tell none. */
class Groups {
  readonly #names: readonly (string | null)[];
  readonly #members = new Map<string, number[]>();

  constructor(names: readonly (string | null)[]) {
    names.forEach((name, n) => {
      if (name === null) return;
      const members = this.#members.get(name);
      if (members) members.push(n);
      else this.#members.set(name, [n]);
    });
    for (const [name, members] of this.#members) {
      if (names.length > FEW && members.length > names.length * WIDEST_KIND) this.#members.delete(name);
    }
    this.#names = names.map((name) => (name !== null && this.#members.has(name) ? name : null));
  }

  of(item: number): string | null {
    return this.#names[item] ?? null;
  }

  members(item: number): readonly number[] {
    const name = this.of(item);
    return name === null ? [] : this.#members.get(name)!;
  }

  /** Null where one of the two has no name that tells anything. */
  agree(item: number, other: number): boolean | null {
    const [name, theirs] = [this.of(item), this.of(other)];
    return name === null || theirs === null ? null : name === theirs;
  }
}

/**
 * Kinds by title, of products without a usable type: they are compared with each other only. Comparing two is cheap;
 * the lists of all are made when one is first asked for.
 */
class Titles {
  readonly #items: readonly CatalogueItem[];
  readonly #untyped: (item: number) => boolean;
  readonly #similar: SimilarProducts;
  #lists: readonly (readonly number[])[] | null = null;

  constructor(items: readonly CatalogueItem[], untyped: (item: number) => boolean) {
    this.#items = items;
    this.#untyped = untyped;
    this.#similar = likeTitles(items);
  }

  alike(item: number, other: number): boolean {
    return this.#similar.likeTitles(item, other) >= LIKE_TITLE;
  }

  others(item: number): readonly number[] {
    this.#lists ??= this.#allOthers();
    return this.#lists[item] ?? [];
  }

  #allOthers(): number[][] {
    const others: number[][] = this.#items.map(() => []);
    const options = { count: MOST_LIKE, least: LIKE_TITLE, fields: ["title"] as const, among: this.#untyped };
    this.#items.forEach((_, item) => {
      if (!this.#untyped(item)) return;
      for (const { item: other } of this.#similar.like(item, options)) {
        others[item]!.push(other);
        others[other]!.push(item);
      }
    });
    return others.map((list) => [...new Set(list)].sort((a, b) => a - b));
  }
}

/** Compares titles by the words that tell a kind of thing. */
export function likeTitles(items: readonly CatalogueItem[]): SimilarProducts {
  return new SimilarProducts(items, { saying: priceSaying(items) });
}

/** Products at the shop's spread of prices that count beside those that have a word. */
const PRIOR_PRODUCTS = 2;
const LEAST_SAYING = 0.05;

/**
 * What a title's word says of the kind of thing: 1 - v(word) / v(all), v being the variance of log prices around their
 * mean, that of the word's products drawn towards all products' by two; from 0.05 to 1. 1 for every word where no two
 * products have known and different prices.
 */
function priceSaying(items: readonly CatalogueItem[]): (word: string) => number {
  const all = new PriceSpread();
  const byWord = new Map<string, PriceSpread>();
  for (const item of [...items].sort((a, b) => (knownPrice(a) ?? 0) - (knownPrice(b) ?? 0))) {
    const price = knownPrice(item);
    if (price === null) continue;
    all.add(Math.log(price));
    for (const word of titleTokens(item.title)) {
      let spread = byWord.get(word);
      if (spread === undefined) byWord.set(word, (spread = new PriceSpread()));
      spread.add(Math.log(price));
    }
  }
  const usual = all.count === 0 ? 0 : all.squares / all.count;
  if (usual === 0) return () => 1;
  return (word) => {
    const { count, squares } = byWord.get(word) ?? new PriceSpread();
    const own = (squares + PRIOR_PRODUCTS * usual) / (count + PRIOR_PRODUCTS);
    return Math.max(LEAST_SAYING, 1 - own / usual);
  };
}

/** Sum of squared deviations from the mean, kept as values come (Welford, 1962). */
class PriceSpread {
  count = 0;
  squares = 0;
  #mean = 0;

  add(value: number): void {
    const before = value - this.#mean;
    this.#mean += before / ++this.count;
    this.squares += before * (value - this.#mean);
  }
}
