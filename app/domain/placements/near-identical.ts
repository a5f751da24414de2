import { titleTokens } from "../catalogue/title-tokens.ts";

/** What tells two products apart on a small list. */
export interface TitledProduct {
  readonly title: string;
  /** Product type, in the merchant's words; blank where there is none. */
  readonly productType: string;
}

/** Titles that share at least half of their words name one kind of thing. */
const SHARED_WORDS = 0.5;
/** What follows in a title is a choice or a note: "Tea Cup, Blue", "Tea Cup - Blue", "Tea Cup (Blue)". */
const NOTE = /\s*(?:[,、，/|(（[［【]|\s[-–—]\s).*$/su;

/**
 * Whether a shopper would take two products for the same thing in another make: they have the same product type, or
 * none, and their titles share half of their words (Jaccard) or end in the same word, as "Bamboo Strainer" and "Steel
 * Strainer" do. One product's own list is made with the whole catalogue at hand (`mining/lists/near-identical.ts`); this
 * is for what several lists bring together over a cart, of which only titles and types are known.
 */
export function isNearIdentical(product: TitledProduct, other: TitledProduct): boolean {
  if (product.productType.trim().toLowerCase() !== other.productType.trim().toLowerCase()) return false;
  const [words, theirs] = [titleTokens(product.title), new Set(titleTokens(other.title))];
  const shared = words.filter((word) => theirs.has(word)).length;
  if (shared === 0) return false;
  const all = words.length + theirs.size - shared;
  return shared / all >= SHARED_WORDS || lastWord(product.title) === lastWord(other.title);
}

function lastWord(title: string): string | undefined {
  return titleTokens(title.replace(NOTE, "")).at(-1);
}
