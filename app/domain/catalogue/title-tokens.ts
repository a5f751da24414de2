import { comparable } from "./catalogue-item.ts";

/** Scripts whose words stand side by side without spaces, with the marks that prolong or repeat a character. */
const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々]";
const RUNS = new RegExp(`(${UNSPACED}+)|(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}])+`, "gu");
/** A number, with or without a unit, or a single letter of a spaced script: which size it is, not which thing. */
const SIZE = /^(?:[0-9]+[a-z]{0,2}|[a-z])$/u;
const LONGEST_TITLE = 500;

/**
 * The tokens of a product title: words where the script has spaces, without an English plural's "s"; overlapping pairs
 * of characters where it has none (character bigrams, the usual index unit for Japanese where no dictionary is at
 * hand: Fujii & Croft, 1993), a single character alone being its own token. Numbers, sizes and single Latin letters are
 * left out; half-width and full-width forms are one. Distinct, in the order of appearance; none for a title without
 * letters. Titles are read up to 500 characters.
 */
export function titleTokens(title: string): string[] {
  const tokens = new Set<string>();
  const text = comparable(title.slice(0, LONGEST_TITLE)) ?? "";
  for (const [run, unspaced] of text.matchAll(RUNS)) {
    if (SIZE.test(run)) continue;
    for (const token of unspaced ? bigrams([...run]) : [singular(run)]) tokens.add(token);
  }
  return [...tokens];
}

function bigrams(characters: readonly string[]): string[] {
  if (characters.length === 1) return [...characters];
  return characters.slice(1).map((second, i) => characters[i]! + second);
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
