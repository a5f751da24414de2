import { comparable, knownPrice } from "../../catalogue/catalogue-item.ts";
import { measuredSize, timesLarger, type Measure } from "./measured-size.ts";
import { DEFAULT_PRICE_CAP } from "./upgrades.ts";

/** One variant of a product, by its options: { "Size": "500 ml", "Scent": "Rose" }. */
export interface VariantChoice {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
  readonly priceMinor: number | null;
  /** Orders with it, as far as lines name variants. */
  readonly orders: number;
}

/** A larger or better variant of the same product, differing in one option only. */
export interface VariantUpgrade {
  readonly id: string;
  readonly option: string;
  readonly from: string;
  readonly to: string;
  readonly priceRatio: number;
  readonly priceDifferenceMinor: number;
  readonly orders: number;
  /**
   * Why it is more: so many times larger, a step up in words ("standard" to "premium"), or only because it costs more
   * whatever else is chosen: a person has to say whether that is better.
   */
  readonly better:
    | { readonly code: "size"; readonly measure: Measure; readonly times: number; readonly unitPriceRatio: number }
    | { readonly code: "step"; readonly steps: number }
    | { readonly code: "price" };
}

/** Of a product whose variants are in so many orders, one that is in none is not wanted. */
const ENOUGH_ORDERS = 20;

/** Words that say which of two is more, lowest first. Letter sizes are left out: they fit, they are not better. */
const LADDERS: readonly (readonly string[])[] = [
  ["mini", "small", "medium", "large", "extra large", "jumbo"],
  ["trial", "travel", "regular", "family"],
  ["basic", "standard", "plus", "premium"],
  ["standard", "deluxe", "luxury"],
  ["single", "double", "triple"],
  ["starter", "basic", "pro", "business", "enterprise"],
  ["lite", "standard", "pro", "max"],
  ["ミニ", "小", "中", "大", "特大"],
  ["お試し", "レギュラー", "徳用"],
  ["ライト", "スタンダード", "プレミアム"],
  ["ベーシック", "スタンダード", "プロ"],
  ["並", "上", "特上"],
  ["梅", "竹", "松"],
];

/** An option of more values lists things and no levels. */
const MOST_LEVELS = 8;
/** Options whose values suit a person or a taste: a dearer one is not better. */
const OF_TASTE = /colou?r|カラー|^色|scent|flavou?r|香り|味/u;
/** A size that fits: letters as "XL" and "3XL", or a bare number as of shoes and rings. */
const FITS = /^(\d?x{0,3}[sml]|\d+([.,]\d)?|one size|free|フリー)$/u;

/**
 * The larger or better variants of a variant: those that differ from it in exactly one option, cost more than it and at
 * most `priceCap` times as much, and whose option names a larger measured size (500 ml to 1 l), a higher step of a known
 * ladder of words, or one of few values that costs more in every combination with the other options and is neither
 * smaller, a lower step, a fit nor a taste. A variant that nobody orders while others of the product are ordered is left out.
 *
 * The least price per unit first (a step counts as none), those that only cost more last, then the lesser difference in
 * price, then the id. None for an unknown variant or price. Throws for a cap that is not above 1.
 */
export function variantUpgrades(
  variants: readonly VariantChoice[],
  variantId: string,
  priceCap: number = DEFAULT_PRICE_CAP,
): VariantUpgrade[] {
  if (!(priceCap > 1)) throw new Error(`Not a price cap: ${priceCap}`);
  const from = variants.find(({ id }) => id === variantId);
  const price = from ? knownPrice(from) : null;
  if (!from || price === null) return [];
  const levelled = Object.keys(from.options).filter((option) => isOfLevels(variants, option));
  const isOrdered = variants.reduce((sum, { orders }) => sum + orders, 0) >= ENOUGH_ORDERS;
  const found: VariantUpgrade[] = [];
  for (const to of variants) {
    const dearer = knownPrice(to);
    const option = onlyDifference(from.options, to.options);
    if (dearer === null || dearer <= price || dearer > price * priceCap || option === null) continue;
    if (isOrdered && to.orders === 0) continue;
    const [was, is] = [from.options[option]!, to.options[option]!];
    const mayBeLevels = levelled.includes(option);
    const better = betterBy(was, is, dearer / price) ?? (mayBeLevels ? dearerBy(variants, { option, was, is }) : null);
    if (better === null) continue;
    const [priceRatio, priceDifferenceMinor] = [dearer / price, dearer - price];
    found.push({ id: to.id, option, from: was, to: is, priceRatio, priceDifferenceMinor, orders: to.orders, better });
  }
  return found.sort(
    (a, b) => placeOf(a) - placeOf(b) || a.priceDifferenceMinor - b.priceDifferenceMinor || (a.id < b.id ? -1 : 1),
  );
}

function placeOf({ better }: VariantUpgrade): number {
  return better.code === "size" ? better.unitPriceRatio : better.code === "step" ? 1 : Number.MAX_VALUE;
}

function betterBy(from: string, to: string, priceRatio: number): VariantUpgrade["better"] | null {
  const larger = timesLarger(measuredSize(from), measuredSize(to));
  if (larger) return { code: "size", ...larger, unitPriceRatio: priceRatio / larger.times };
  const [at, above] = stepsOf(from, to) ?? [0, 0];
  return above > at ? { code: "step", steps: above - at } : null;
}

/** The places of two words in the first ladder that has both. */
function stepsOf(from: string, to: string): readonly [number, number] | null {
  const [one, other] = [comparable(from) ?? "", comparable(to) ?? ""];
  const ladder = LADDERS.find((words) => words.includes(one) && words.includes(other));
  return ladder === undefined ? null : [ladder.indexOf(one), ladder.indexOf(other)];
}

function isOfLevels(variants: readonly VariantChoice[], option: string): boolean {
  if (OF_TASTE.test(comparable(option) ?? "")) return false;
  return new Set(variants.map(({ options }) => comparable(options[option] ?? ""))).size <= MOST_LEVELS;
}

/** Whether one value of an option costs more than another whatever else is chosen, and may be better for it. */
function dearerBy(
  variants: readonly VariantChoice[],
  { option, was, is }: { readonly option: string; readonly was: string; readonly is: string },
): { readonly code: "price" } | null {
  const [low, high] = [comparable(was) ?? "", comparable(is) ?? ""];
  if (FITS.test(low) || FITS.test(high)) return null;
  if (stepsOf(was, is) !== null || isMeasuredAlike(was, is)) return null;
  const [cheaper, dearer] = [low, high].map((value) =>
    variants.filter(({ options }) => comparable(options[option] ?? "") === value),
  );
  const isDearer = cheaper!.every((one) =>
    dearer!.every((other) => {
      if (onlyDifference(one.options, other.options) === null) return true;
      return (knownPrice(other) ?? 0) > (knownPrice(one) ?? Infinity);
    }),
  );
  return isDearer ? { code: "price" } : null;
}

/** Whether two texts name sizes of the same measure. */
function isMeasuredAlike(from: string, to: string): boolean {
  const sizes = measuredSize(to);
  return Object.keys(measuredSize(from)).some((measure) => Object.hasOwn(sizes, measure));
}

/** The name of the one option whose value differs; null where none or several do, or the options are not the same. */
function onlyDifference(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length || names.some((name) => !Object.hasOwn(b, name))) return null;
  const differing = names.filter((name) => comparable(a[name]!) !== comparable(b[name]!));
  return differing.length === 1 ? differing[0]! : null;
}
