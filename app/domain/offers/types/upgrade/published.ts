import type { BareId } from "../../../ids.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import {
  amountsByCurrency,
  firstOfEachProduct,
  isBareId,
  isPositiveInteger,
  list,
  record,
} from "../../../publishing/read-json.ts";
import { SURFACES, type SurfaceName } from "../../surface.ts";

/** What surfaces read of an upgrade offer. */

const TYPE = "upgrade";
/** Most upgrades of an entry: those after the ones that are shown stand in for what is sold out. */
export const MOST_PUBLISHED_UPGRADES = 3;
/** Most entries that lead from variants of the product to better ones of its own, and most variants in all of them. */
export const MOST_STEPS = 6;
export const MOST_VARIANT_PAIRS = 60;
/** Most lines that say what is better, and most UTF-16 units of each. */
export const MOST_LINES = 3;
export const LONGEST_LINE = 100;
/** Most languages that a line is read in. */
const MOST_LANGUAGES = 20;

/** One thing that is different: "Capacity: 1.2 L instead of 0.8 L". Without `from` the product has no such thing. */
export interface BetterLine {
  readonly name?: string;
  readonly from?: string;
  readonly to: string;
}

/** A variant, and the better one of the same product that takes its place. */
export type VariantPair = readonly [from: BareId, to: BareId];

export interface ListedUpgrade {
  /** The product itself where the upgrade is a variant of its own. */
  readonly product: BareId;
  /**
   * Variants of the product, all of which differ in the same way: in the value of one option. What is different is
   * written by the surface, in the shopper's language. Absent for another product.
   */
  readonly variants?: readonly VariantPair[];
  /** Staff chose it: it may cost more than the cap. */
  readonly pinned?: true;
  /** The merchant's own words, by language; they stand in place of `better`. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** What the attributes say. */
  readonly better?: readonly BetterLine[];
}

/** What is offered in place of one product. No price is in it: surfaces show the upgrade's own, as it is then. */
export interface PublishedUpgrade extends PublishedEntry {
  readonly type: typeof TYPE;
  /** How many are shown at most: the first that can be bought. */
  readonly show: number;
  /** What an upgrade costs at most, in basis points of the product's price. */
  readonly cap: number;
  /** The product's price has to be less than this, in minor units; a currency that is absent has no such limit. */
  readonly below?: Readonly<Record<string, number>>;
  /** Absent where it is shown on every surface of the type. */
  readonly on?: readonly SurfaceName[];
  /** The best first. */
  readonly upgrades: readonly ListedUpgrade[];
}

/** Reads one entry of an envelope. Null for what names no upgrade; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedUpgrade | null {
  const { id, show, cap } = entry;
  if (entry.type !== TYPE || !isPositiveInteger(cap)) return null;
  const upgrades = withinLimits(list(entry.upgrades).flatMap((one) => upgradeIn(one) ?? []));
  if (upgrades.length === 0) return null;
  const below = amountsByCurrency(entry.below);
  return {
    ...{ type: TYPE, id, cap, show: isPositiveInteger(show) ? Math.min(show, MOST_PUBLISHED_UPGRADES) : 1 },
    ...(below === null ? {} : { below }),
    ...(Array.isArray(entry.on) ? { on: SURFACES.filter((surface) => list(entry.on).includes(surface)) } : {}),
    upgrades,
  };
}

/**
 * As many of other products as are published at most, each once, and of the product's own variants; in the order given.
 */
export function withinLimits(upgrades: readonly ListedUpgrade[]): ListedUpgrade[] {
  const others = firstOfEachProduct(upgrades.filter(({ variants }) => variants === undefined));
  const kept = new Set([
    ...others.slice(0, MOST_PUBLISHED_UPGRADES),
    ...upgrades.filter(({ variants }) => variants !== undefined).slice(0, MOST_STEPS),
  ]);
  let room = MOST_VARIANT_PAIRS;
  return upgrades.flatMap((one): ListedUpgrade[] => {
    if (!kept.has(one)) return [];
    if (one.variants === undefined) return [one];
    const variants = one.variants.slice(0, room);
    room -= variants.length;
    return variants.length === 0 ? [] : [{ ...one, variants }];
  });
}

function upgradeIn(value: unknown): ListedUpgrade | null {
  const { product, variants, pinned, words, better } = record(value) ?? {};
  if (!isBareId(product)) return null;
  const pairs = variants === undefined ? null : list(variants).flatMap((one) => pairIn(one) ?? []);
  if (pairs?.length === 0) return null;
  const own = wordsIn(words);
  const lines = list(better)
    .slice(0, MOST_LINES)
    .flatMap((one) => lineIn(one) ?? []);
  return {
    product,
    ...(pairs === null ? {} : { variants: pairs }),
    ...(pinned === true ? { pinned: true as const } : {}),
    ...(own === null ? {} : { words: own }),
    ...(lines.length === 0 ? {} : { better: lines }),
  };
}

function pairIn(value: unknown): VariantPair[] | null {
  const [from, to] = list(value);
  return isBareId(from) && isBareId(to) && from !== to ? [[from, to]] : null;
}

function wordsIn(value: unknown): Record<string, string[]> | null {
  const languages = Object.entries(record(value) ?? {}).slice(0, MOST_LANGUAGES);
  const read = languages.flatMap(([language, lines]): [string, string[]][] => {
    const texts = list(lines).filter(isLine).slice(0, MOST_LINES);
    return texts.length === 0 ? [] : [[language, texts]];
  });
  return read.length === 0 ? null : Object.fromEntries(read);
}

function lineIn(value: unknown): BetterLine | null {
  const { name, from, to } = record(value) ?? {};
  if (!isLine(to)) return null;
  return { ...(isLine(name) ? { name } : {}), ...(isLine(from) ? { from } : {}), to };
}

function isLine(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_LINE;
}
