import { bareNumber, type ProductId, type VariantId } from "../../../ids.ts";
import type { OfferMode } from "../../../settings/modes.ts";
import { linesOf, type UpgradeConfig, type UpgradePair, type VariantUpgradePair } from "./config.ts";
import { type BetterLine, type ListedUpgrade, type VariantPair, withinLimits } from "./published.ts";

/** A product that was found to be an upgrade and that nobody refused. */
export interface FoundCandidate {
  readonly product: ProductId;
  /** Whether a person said that it may be shown. */
  readonly approved: boolean;
  readonly better: readonly BetterLine[];
}

/** A variant of the product that was found to be better than another one, and that nobody refused. */
export interface FoundVariant {
  readonly from: VariantId;
  readonly to: VariantId;
  /** In which way they differ, as {@link stepOf} writes it. */
  readonly step: string;
  readonly approved: boolean;
  /** Whether only its price says that it is better: then it is shown once a person has approved it, in every mode. */
  readonly needsApproval: boolean;
}

/** The same text for variants that are one choice to a shopper: "500 ml" to "1 l", whatever the scent. */
export function stepOf({ option, from, to }: { option: string; from: string; to: string }): string {
  return JSON.stringify([option, from, to]);
}

/** In which way two variants of a product differ, whatever is the same in both: the names and values of those options. */
export function stepBetween(from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): string {
  const differing = Object.keys(to).filter((option) => from[option] !== to[option]);
  return JSON.stringify(differing.map((option) => [option, from[option], to[option]]));
}

/** What is known of one product and of what could be offered in its place. Prices are in the shop's own currency. */
export interface UpgradeChoice {
  /** Null where the product has no price, or nothing may be suggested with it. */
  readonly priceMinor: number | null;
  readonly currency: string;
  /** The best first. */
  readonly candidates: readonly FoundCandidate[];
  /** Those of the product itself; the best first. */
  readonly variants: readonly FoundVariant[];
  /** Whether a product fits whatever this one does, as far as staff stated what fits what. */
  fitsInPlace(product: ProductId): boolean;
  /** What a product costs that may be offered in place of this one; null where it may not, or cannot be bought. */
  priceOf(product: ProductId): number | null;
  /** What a variant of the product costs; null for one that is gone. */
  priceOfVariant(variant: VariantId): number | null;
  /** As {@link stepBetween}; null where one is no variant of the product, or the other may not take its place. */
  stepOfPair(from: VariantId, to: VariantId): string | null;
}

const WHOLE_BASIS_POINTS = 10_000;

/**
 * The upgrades of one product, the best first: what staff decided, whatever the cap, then what was found, as far as the mode
 * allows. Of both, better variants of its own come before other products: they are closest to what the shopper chose. Each
 * costs more than what it replaces. None where the product costs as much as the limit or more.
 */
export function listedUpgrades(
  product: ProductId,
  { config, mode }: { readonly config: UpgradeConfig; readonly mode: OfferMode },
  choice: UpgradeChoice,
): ListedUpgrade[] {
  const { priceMinor: own, currency, candidates } = choice;
  if (own === null || own >= (config.priceBelow[currency] ?? Infinity)) return [];
  const isDearer = (other: ProductId, cap: number) => {
    const price = choice.priceOf(other);
    return other !== product && price !== null && price > own && price * WHOLE_BASIS_POINTS <= own * cap;
  };
  const pairs = config.pairs.filter(({ products, upgrade }) => products.includes(product) && upgrade.length > 0);
  const pinned = pairs.filter(({ upgrade: [other] }) => isDearer(other!, Infinity));
  const found = candidates.filter(
    (one) =>
      (mode === "automatic" || one.approved) &&
      choice.fitsInPlace(one.product) &&
      !pinned.some(({ upgrade }) => upgrade.includes(one.product)) &&
      isDearer(one.product, config.upgradeCap),
  );
  return withinLimits([
    ...pinnedSteps(product, config.variantPairs, choice),
    ...pinned.map((pair) => pinnedUpgrade(pair, candidates)),
    ...(config.ownVariants ? listedSteps(product, { config, mode }, choice) : []),
    ...found.map(({ product: other, better }) => listed(other, better)),
  ]);
}

/** What staff decided for variants of the product; those that differ in the same way and have the same words together. */
function pinnedSteps(
  product: ProductId,
  pairs: readonly VariantUpgradePair[],
  { priceOfVariant, stepOfPair }: UpgradeChoice,
): ListedUpgrade[] {
  const shown = pairs.flatMap(({ variant: [from], betterVariant: [to], better }) => {
    if (from === undefined || to === undefined) return [];
    const step = stepOfPair(from, to);
    const [price, dearer] = [priceOfVariant(from), priceOfVariant(to)];
    if (step === null || price === null || dearer === null || dearer <= price) return [];
    const pair: VariantPair = [bareNumber(from), bareNumber(to)];
    return [{ pair, step, words: wordsOf(better) }];
  });
  const alike = Map.groupBy(shown, ({ step, words }) => JSON.stringify([step, words]));
  return [...alike.values()].map((together) => {
    const { words } = together[0]!;
    return {
      ...{ product: bareNumber(product), variants: together.map(({ pair }) => pair), pinned: true as const },
      ...(words === null ? {} : { words }),
    };
  });
}

/** The product's better variants that were found, those that differ in the same way together; each by today's prices. */
function listedSteps(
  product: ProductId,
  { config, mode }: { readonly config: UpgradeConfig; readonly mode: OfferMode },
  { variants, priceOfVariant }: UpgradeChoice,
): ListedUpgrade[] {
  const shown = variants.filter(({ from, to, approved, needsApproval }) => {
    const [price, dearer] = [priceOfVariant(from), priceOfVariant(to)];
    if (price === null || dearer === null || dearer <= price) return false;
    if (config.variantPairs.some(({ variant, betterVariant }) => variant[0] === from && betterVariant[0] === to))
      return false;
    return (
      dearer * WHOLE_BASIS_POINTS <= price * config.upgradeCap && (approved || (mode === "automatic" && !needsApproval))
    );
  });
  return [...Map.groupBy(shown, ({ step }) => step).values()].map((ofStep) => ({
    product: bareNumber(product),
    variants: ofStep.map(({ from, to }): VariantPair => [bareNumber(from), bareNumber(to)]),
  }));
}

function pinnedUpgrade({ upgrade, better }: UpgradePair, candidates: readonly FoundCandidate[]): ListedUpgrade {
  const product = upgrade[0]!;
  const words = wordsOf(better);
  const found = candidates.find((one) => one.product === product)?.better ?? [];
  const { product: number, better: lines } = listed(product, found);
  return {
    ...{ product: number, pinned: true },
    ...(words !== null ? { words } : lines === undefined ? {} : { better: lines }),
  };
}

/** What staff wrote, in lines by language; null for nothing. */
function wordsOf(better: UpgradePair["better"]): Record<string, string[]> | null {
  const written = Object.entries(better).flatMap(([language, text]): [string, string[]][] => {
    const lines = linesOf(text);
    return lines.length === 0 ? [] : [[language, lines]];
  });
  return written.length === 0 ? null : Object.fromEntries(written);
}

function listed(product: ProductId, better: readonly BetterLine[]): ListedUpgrade {
  return { product: bareNumber(product), ...(better.length === 0 ? {} : { better }) };
}
