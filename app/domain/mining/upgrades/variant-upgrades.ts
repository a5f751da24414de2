import { comparable, knownPrice } from "../../catalogue/catalogue-item.ts";
import { measuredSize, timesLarger, type Measure } from "./measured-size.ts";
import { DEFAULT_PRICE_CAP } from "./upgrades.ts";

/** One variant of a product, by its options: { "Size": "500 ml", "Scent": "Rose" }. */
export interface VariantChoice {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
  readonly priceMinor: number | null;
}

/** A larger or better variant of the same product, differing in one option only. */
export interface VariantUpgrade {
  readonly id: string;
  readonly option: string;
  readonly from: string;
  readonly to: string;
  readonly priceRatio: number;
  readonly priceDifferenceMinor: number;
  /** Why it is more: so many times larger, or a step up in words ("standard" to "premium"). */
  readonly better:
    | { readonly code: "size"; readonly measure: Measure; readonly times: number; readonly unitPriceRatio: number }
    | { readonly code: "step"; readonly steps: number };
}

/** Words that say which of two is more, lowest first. Letter sizes are left out: they fit, they are not better. */
const LADDERS: readonly (readonly string[])[] = [
  ["mini", "small", "medium", "large", "extra large", "jumbo"],
  ["trial", "travel", "regular", "family"],
  ["basic", "standard", "plus", "premium"],
  ["standard", "deluxe", "luxury"],
  ["single", "double", "triple"],
  ["ミニ", "小", "中", "大", "特大"],
  ["お試し", "レギュラー", "徳用"],
  ["スタンダード", "プレミアム"],
  ["並", "上", "特上"],
  ["梅", "竹", "松"],
];

/**
 * The larger or better variants of a variant: those that differ from it in exactly one option, cost more than it and at
 * most `priceCap` times as much, and whose option names a larger measured size (500 ml to 1 l) or a higher step of a
 * known ladder of words. The least price per unit first (a step counts as none), then the lesser difference in price,
 * then the id. None for an unknown variant or price. Throws for a cap that is not above 1.
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
  const found: VariantUpgrade[] = [];
  for (const to of variants) {
    const dearer = knownPrice(to);
    const option = onlyDifference(from.options, to.options);
    if (dearer === null || dearer <= price || dearer > price * priceCap || option === null) continue;
    const [was, is] = [from.options[option]!, to.options[option]!];
    const better = betterBy(was, is, dearer / price);
    if (better === null) continue;
    const [priceRatio, priceDifferenceMinor] = [dearer / price, dearer - price];
    found.push({ id: to.id, option, from: was, to: is, priceRatio, priceDifferenceMinor, better });
  }
  const unitPrice = ({ better }: VariantUpgrade) => (better.code === "size" ? better.unitPriceRatio : 1);
  return found.sort(
    (a, b) => unitPrice(a) - unitPrice(b) || a.priceDifferenceMinor - b.priceDifferenceMinor || (a.id < b.id ? -1 : 1),
  );
}

function betterBy(from: string, to: string, priceRatio: number): VariantUpgrade["better"] | null {
  const larger = timesLarger(measuredSize(from), measuredSize(to));
  if (larger) return { code: "size", ...larger, unitPriceRatio: priceRatio / larger.times };
  const [low, high] = [comparable(from), comparable(to)];
  for (const ladder of LADDERS) {
    const [at, above] = [ladder.indexOf(low ?? ""), ladder.indexOf(high ?? "")];
    if (at >= 0 && above > at) return { code: "step", steps: above - at };
  }
  return null;
}

/** The name of the one option whose value differs; null where none or several do, or the options are not the same. */
function onlyDifference(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length || names.some((name) => !Object.hasOwn(b, name))) return null;
  const differing = names.filter((name) => comparable(a[name]!) !== comparable(b[name]!));
  return differing.length === 1 ? differing[0]! : null;
}
