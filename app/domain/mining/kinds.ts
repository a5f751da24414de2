import { comparable, type CatalogueItem } from "./catalogue-item.ts";
import type { SimilarProducts } from "./similar-products.ts";

/** Which products are of one kind: by the merchant's product type, or by their titles where that says nothing. */
export interface Kinds {
  /** The other products of the item's kind, ascending by position in the catalogue. */
  others(item: number): readonly number[];
  sameKind(item: number, other: number): boolean;
}

/** A type that holds more than this share of a larger catalogue ("Goods", "Default") tells no kind. */
const WIDEST_KIND = 0.5;
const FEW = 20;
/** Titles alike to this degree name one kind of thing; at most so many of the likest. */
const LIKE_TITLE = 0.35;
const MOST_LIKE = 100;

/**
 * Kinds by product type where it is given and narrow enough: equal types after Unicode and case folding. A product
 * without such a type is of one kind with those of at least 0.35 title similarity (prices count, see
 * {@link SimilarProducts}); of two products, either's title may say so, so that kinds are mutual.
 */
export function kindsOf(items: readonly CatalogueItem[], similar: SimilarProducts): Kinds {
  const byType = new Map<string, number[]>();
  items.forEach((item, n) => {
    const type = comparable(item.kind);
    if (type === null) return;
    const members = byType.get(type);
    if (members) members.push(n);
    else byType.set(type, [n]);
  });
  for (const [type, members] of byType) {
    if (items.length > FEW && members.length > items.length * WIDEST_KIND) byType.delete(type);
  }
  const typeOf = (item: number) => {
    const type = comparable(items[item]?.kind ?? null);
    return type !== null && byType.has(type) ? type : null;
  };
  const byTitle = mutual(items, similar, (item) => typeOf(item) === null);
  const others = (item: number): readonly number[] => {
    const type = typeOf(item);
    return type === null ? (byTitle[item] ?? []) : byType.get(type)!.filter((other) => other !== item);
  };
  const sameKind = (item: number, other: number) => {
    const type = typeOf(item);
    return item !== other && (type === null ? (byTitle[item]?.includes(other) ?? false) : type === typeOf(other));
  };
  return { others, sameKind };
}

/** Products without a usable type are compared with each other only. */
function mutual(items: readonly CatalogueItem[], similar: SimilarProducts, untyped: (item: number) => boolean) {
  const others: number[][] = items.map(() => []);
  items.forEach((_, item) => {
    if (!untyped(item)) return;
    const options = { count: MOST_LIKE, least: LIKE_TITLE, fields: ["title"] as const, among: untyped };
    for (const { item: other } of similar.like(item, options)) {
      others[item]!.push(other);
      others[other]!.push(item);
    }
  });
  return others.map((list) => [...new Set(list)].sort((a, b) => a - b));
}
