import type { Refusal } from "../../../shape/field.ts";
import { amounts, texts } from "../../../shape/keyed-values.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { ids, list } from "../../../shape/lists.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { boolean, integer } from "../../../shape/values.ts";
import { someOf } from "../../conditions/condition.ts";
import { LARGEST_AMOUNT } from "../../rewards/largest-amount.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import { LONGEST_LINE, MOST_LINES, MOST_PUBLISHED_UPGRADES } from "./published.ts";

const DEFAULT_CAP = 15_000;
const MOST_PAIRS = 50;
const MOST_PRODUCTS_OF_A_PAIR = 20;

const pair = shape({
  /** In place of any of these. */
  products: ids("Product", { most: MOST_PRODUCTS_OF_A_PAIR }),
  /** The one product to offer instead. */
  upgrade: ids("Product", { most: 1 }),
  /** What is better about it, a line each; by language. The app's own words where it is empty. */
  better: texts({ longest: MOST_LINES * (LONGEST_LINE + 2) }),
});
export type UpgradePair = ShapeValue<typeof pair>;

const variantPair = shape({
  /** In place of this one. */
  variant: ids("ProductVariant", { most: 1 }),
  /** Another one of the same product. */
  betterVariant: ids("ProductVariant", { most: 1 }),
  /** As of a pair of products. Where it is empty, the options that differ are named. */
  better: texts({ longest: MOST_LINES * (LONGEST_LINE + 2) }),
});
export type VariantUpgradePair = ShapeValue<typeof variantPair>;

const config = shape(
  {
    /** What an upgrade costs at most, as a share of the product's price. Pairs of staff may cost more. */
    upgradeCap: integer({ default: DEFAULT_CAP, min: 10_100, max: 100_000, unit: "basis-points" }),
    /** Only for products that cost less than this, by currency; for all where there is none. */
    priceBelow: amounts({ max: LARGEST_AMOUNT }),
    /** How many upgrades a product page shows at most. */
    upgradesShown: integer({ default: 1, min: 1, max: MOST_PUBLISHED_UPGRADES }),
    /** Whether a better variant of the product itself is offered as well: 1 l in place of 500 ml. */
    ownVariants: boolean({ default: true }),
    /** What staff decide themselves; it comes before what the app finds. */
    pairs: list(pair, { most: MOST_PAIRS }),
    /** The same for variants of one product. */
    variantPairs: list(variantPair, { most: MOST_PAIRS }),
  },
  ({ pairs, variantPairs }) => [
    ...pairs.flatMap((one, place) => pairRefusals(one, pairs.slice(0, place), `pairs.${place}`)),
    ...variantPairs.flatMap((one, place) =>
      variantPairRefusals(one, variantPairs.slice(0, place), `variantPairs.${place}`),
    ),
  ],
);
export type UpgradeConfig = ShapeValue<typeof config>;

/** A pair names its products and one upgrade, and no product of an earlier pair. */
function pairRefusals(pair: UpgradePair, before: readonly UpgradePair[], path: string): Refusal[] {
  const isTaken = () => pair.products.some((product) => before.some((one) => one.products.includes(product)));
  const isSame = () => pair.products.some((product) => pair.upgrade.includes(product));
  return refusalsOf(
    () => someOf(`${path}.products`, pair.products),
    () => someOf(`${path}.upgrade`, pair.upgrade),
    () => (isTaken() ? [{ path: `${path}.products`, code: "in-two-pairs" }] : []),
    () => (isSame() ? [{ path: `${path}.upgrade`, code: "same-product" }] : []),
    () => wordsRefusals(pair.better, path),
  );
}

/** A pair of variants names both, and takes the place of none that an earlier pair does. */
function variantPairRefusals(pair: VariantUpgradePair, before: readonly VariantUpgradePair[], path: string): Refusal[] {
  const isTaken = () => pair.variant.some((one) => before.some((other) => other.variant.includes(one)));
  const isSame = () => pair.variant.some((one) => pair.betterVariant.includes(one));
  return refusalsOf(
    () => someOf(`${path}.variant`, pair.variant),
    () => someOf(`${path}.betterVariant`, pair.betterVariant),
    () => (isTaken() ? [{ path: `${path}.variant`, code: "in-two-pairs" }] : []),
    () => (isSame() ? [{ path: `${path}.betterVariant`, code: "same-variant" }] : []),
    () => wordsRefusals(pair.better, path),
  );
}

function wordsRefusals(better: UpgradePair["better"], path: string): Refusal[] {
  return Object.entries(better).flatMap(([language, text]) =>
    lineRefusals(linesOf(text), `${path}.better.${language}`),
  );
}

/** The lines of a text, without those that are blank. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function lineRefusals(lines: readonly string[], path: string): Refusal[] {
  if (lines.length > MOST_LINES) return [{ path, code: "too-many-lines", limit: MOST_LINES }];
  const isLong = lines.some((line) => line.length > LONGEST_LINE);
  return isLong ? [{ path, code: "line-too-long", limit: LONGEST_LINE }] : [];
}

/** Offers a better product in place of the one that a shopper looks at or has in the cart. */
export const upgrade: OfferType<UpgradeConfig> = {
  name: "upgrade",
  configVersion: 1,
  config,
  surfaces: ["product", "cart"],
  conditions: PRODUCT_CONDITIONS,
  rewards: [],
  modes: ["automatic", "review", "manual"],
  missing: () => [],
};
