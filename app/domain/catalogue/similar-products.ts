import { comparable, knownPrice, type CatalogueItem } from "./catalogue-item.ts";
import { titleTokens } from "./title-tokens.ts";
import { compareIds } from "../ids.ts";

/** A product like another one, by position in the catalogue given; similarity from 0 to 1. */
export interface SimilarItem {
  readonly item: number;
  readonly similarity: number;
}

/** A product's companion, as the mined lists hold it. */
export interface WeightedItem {
  readonly id: string;
  readonly weight: number;
}

/** A companion without orders of its own: what similar products are bought with. */
export interface NewProductCompanion extends WeightedItem {
  /** Shown as what it is, never as "bought together". */
  readonly source: "similar-products";
  /** The products whose companions these are, the most telling first; at most three. */
  readonly from: readonly { readonly id: string; readonly similarity: number }[];
}

const FIELDS = ["title", "kind", "tags", "collections", "vendor"] as const;
type Field = (typeof FIELDS)[number];
const TITLE_FIELD = FIELDS.indexOf("title");
/** What a field can add to the similarity, at most. Type and title say what a thing is; the vendor says little. */
const FIELD_WEIGHT: Record<Field, number> = { title: 1, kind: 1, tags: 0.6, collections: 0.5, vendor: 0.3 };
const LEAST_SIMILARITY = 0.15;
const MOST_SIMILAR = 20;
const MOST_COMPANIONS = 50;

/** The products that have a word, and what it weighs in each. */
interface Postings {
  readonly items: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * Finds the products like a product by what the catalogue says of them.
 *
 * Each field is a vector of its words (title tokens, type, tags, collections, vendor), each word weighing ln((N + 1) /
 * products that have it), at unit length (tf-idf with cosine: Salton & Buckley, 1988). Similarity is the mean of the
 * fields' cosines by FIELD_WEIGHT over the fields that the asked product has, times 2^(-|log2(price ratio)|/2) where
 * both prices are known: half at four times the price. A word that more than half of the products have says nothing.
 * Products without a single word in common are never similar.
 */
export class SimilarProducts {
  readonly #items: readonly CatalogueItem[];
  readonly #postings: ReadonlyMap<string, Postings>;
  readonly #vectors: ReadonlyMap<string, number>[][];
  /** Scores of the question at hand, and the items that have one. */
  readonly #scores: Float64Array;
  readonly #touched: Uint32Array;

  /** `saying` multiplies the weight of a title's word; `among` lets in what may be found. All and 1 unless given. */
  constructor(
    items: readonly CatalogueItem[],
    { saying = () => 1, among = () => true }: { saying?: (titleWord: string) => number; among?: Among } = {},
  ) {
    this.#items = items;
    const words = items.map((item) => FIELDS.map((field) => wordsOf(item, field)));
    const having = new Map<string, number>();
    for (const fields of words) {
      for (const field of fields) for (const word of field) having.set(word, (having.get(word) ?? 0) + 1);
    }
    this.#vectors = words.map((fields) => fields.map((field) => unitVector(field, having, items.length, saying)));
    this.#postings = postingsOf(this.#vectors, among);
    this.#scores = new Float64Array(items.length);
    this.#touched = new Uint32Array(items.length);
  }

  /**
   * The products most like the item at this position, the most similar first (then by id), itself left out and only
   * those that `among` lets in. `fields` narrows what is compared. At most `count`, at least `least` similar.
   */
  like(
    asked: number,
    { count = MOST_SIMILAR, least = LEAST_SIMILARITY, fields = FIELDS, among = () => true }: LikeOptions = {},
  ): SimilarItem[] {
    const { present, touches } = this.#score(asked, fields);
    const found: SimilarItem[] = [];
    for (let n = 0; n < touches; n++) {
      const item = this.#touched[n]!;
      const alike = Math.min(1, this.#scores[item]! / present);
      this.#scores[item] = 0;
      // A price only makes two products less alike: most need not be looked at.
      if (alike < least || item === asked || !among(item)) continue;
      const similarity = alike * priceCloseness(this.#items[asked]!, this.#items[item]!);
      if (similarity >= least) found.push({ item, similarity });
    }
    return found
      .sort((x, y) => y.similarity - x.similarity || compareIds(this.#items[x.item]!.id, this.#items[y.item]!.id))
      .slice(0, count);
  }

  /** Adds up what the asked item's words say of others; `present` is what they could say at most. */
  #score(asked: number, fields: readonly Field[]): { present: number; touches: number } {
    const [scores, touched] = [this.#scores, this.#touched];
    let present = 0;
    let touches = 0;
    for (let f = 0; f < FIELDS.length; f++) {
      const field = FIELDS[f]!;
      const vector = this.#vectors[asked]?.[f];
      if (!vector || vector.size === 0 || !fields.includes(field)) continue;
      present += FIELD_WEIGHT[field];
      for (const [word, weight] of vector) {
        const postings = this.#postings.get(word);
        if (postings === undefined) continue;
        const { items, weights } = postings;
        const by = FIELD_WEIGHT[field] * weight;
        for (let n = 0; n < items.length; n++) {
          const item = items[n]!;
          if (scores[item] === 0) touched[touches++] = item;
          scores[item]! += by * weights[n]!;
        }
      }
    }
    return { present, touches };
  }

  /** How alike two items are by their titles and prices, as {@link like} has it with the title alone; 0 to 1. */
  likeTitles(a: number, b: number): number {
    const [mine, theirs] = [this.#vectors[a]?.[TITLE_FIELD], this.#vectors[b]?.[TITLE_FIELD]];
    if (mine === undefined || theirs === undefined) return 0;
    let score = 0;
    for (const [word, weight] of mine) score += weight * (theirs.get(word) ?? 0);
    return Math.min(1, score) * priceCloseness(this.#items[a]!, this.#items[b]!);
  }
}

type Among = (item: number) => boolean;

export interface LikeOptions {
  readonly count?: number;
  readonly least?: number;
  readonly fields?: readonly Field[];
  readonly among?: Among;
}

function postingsOf(vectors: readonly ReadonlyMap<string, number>[][], among: Among): Map<string, Postings> {
  const lists = new Map<string, { items: number[]; weights: number[] }>();
  vectors.forEach((fields, item) => {
    if (!among(item)) return;
    for (const vector of fields) {
      for (const [word, weight] of vector) {
        let list = lists.get(word);
        if (list === undefined) lists.set(word, (list = { items: [], weights: [] }));
        list.items.push(item);
        list.weights.push(weight);
      }
    }
  });
  return new Map(
    [...lists].map(([word, { items, weights }]) => [
      word,
      { items: Uint32Array.from(items), weights: Float64Array.from(weights) },
    ]),
  );
}

/**
 * Companions for a product without orders, from the companions of the products like it:
 * weight(c) = sum over similar s of similarity(s)^2 weight(s, c) / sum over similar s of similarity(s)^2, so that it
 * is a weighted mean of what they are bought with (item-based nearest neighbours on content; cf. Schein et al., 2002).
 * The product itself is never its own companion. The strongest first, then by id; at most `count`; none where no
 * similar product has companions.
 */
export function newProductCompanions(
  items: readonly CatalogueItem[],
  similar: readonly SimilarItem[],
  companionsOf: (id: string) => readonly WeightedItem[],
  newId: string,
  count: number = MOST_COMPANIONS,
): NewProductCompanion[] {
  const found = new Map<string, { weight: number; from: { id: string; similarity: number; part: number }[] }>();
  let total = 0;
  for (const { item, similarity } of similar) {
    const { id: from } = items[item]!;
    const companions = companionsOf(from).filter(
      ({ id, weight }) => id !== newId && weight > 0 && Number.isFinite(weight),
    );
    if (companions.length > 0) total += similarity ** 2;
    for (const { id, weight } of companions) {
      const part = similarity ** 2 * weight;
      const entry = found.get(id) ?? { weight: 0, from: [] };
      entry.weight += part;
      entry.from.push({ id: from, similarity, part });
      found.set(id, entry);
    }
  }
  return [...found]
    .map(([id, { weight, from }]) => ({
      id,
      weight: weight / total,
      source: "similar-products" as const,
      from: from
        .sort((x, y) => y.part - x.part || compareIds(x.id, y.id))
        .slice(0, 3)
        .map(({ id, similarity }) => ({ id, similarity })),
    }))
    .sort((x, y) => y.weight - x.weight || compareIds(x.id, y.id))
    .slice(0, count);
}

/** 1 at the same price, a half at four times the price; 1 where a price is unknown, which then says nothing. */
function priceCloseness(a: CatalogueItem, b: CatalogueItem): number {
  const [x, y] = [knownPrice(a), knownPrice(b)];
  return x === null || y === null ? 1 : 2 ** (-Math.abs(Math.log2(x / y)) / 2);
}

function wordsOf(item: CatalogueItem, field: Field): string[] {
  const raw =
    field === "title"
      ? titleTokens(item.title)
      : field === "tags" || field === "collections"
        ? item[field]
        : [item[field]];
  const words = new Set(raw.map((word) => comparable(word)).filter((word) => word !== null));
  return [...words].sort().map((word) => `${field}:${word}`);
}

function unitVector(
  words: readonly string[],
  having: ReadonlyMap<string, number>,
  items: number,
  saying: (titleWord: string) => number,
): Map<string, number> {
  const weights = words
    .map((word) => [word, Math.log((items + 1) / having.get(word)!) * sayingOf(word, saying)] as const)
    .filter(([word]) => having.get(word)! * 2 <= items || items < FEW);
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight ** 2, 0));
  return new Map(length === 0 ? [] : weights.map(([word, weight]) => [word, weight / length]));
}

function sayingOf(word: string, saying: (titleWord: string) => number): number {
  return word.startsWith(TITLE) ? saying(word.slice(TITLE.length)) : 1;
}

const TITLE = "title:";
/** Among so few products a word that most of them have may still tell them apart from the rest. */
const FEW = 10;
