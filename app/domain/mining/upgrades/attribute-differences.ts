import type { Amount, ProductAttribute } from "../../catalogue/attribute.ts";
import { comparable } from "../../catalogue/catalogue-item.ts";
import { RANK, type Ranked } from "./difference.ts";
import { measuredSize, timesLarger } from "./measured-size.ts";

/** A rating must be better by this share of its scale before it is worth a word: 0.2 of five stars. */
const BETTER_RATING = 0.04;
/** 1.1 l is 1100 ml, but for how numbers are kept. */
const ROUNDING = 1e-9;

/**
 * What the attributes of `to` say that those of `from` do not, in the order of names. Attributes are the same by name,
 * after Unicode and case folding, and compared where they are of one kind; two of different kinds say nothing.
 */
export function attributeDifferences(from: readonly ProductAttribute[], to: readonly ProductAttribute[]): Ranked[] {
  const was = byName(from);
  return [...byName(to)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, is]) => differenceOf(was.get(name) ?? null, is))
    .filter((one) => one !== null);
}

/** What shoppers cannot choose is a fact like another one: an option of one value. */
function byName(attributes: readonly ProductAttribute[]): Map<string, ProductAttribute> {
  const named = new Map<string, ProductAttribute>();
  for (const attribute of attributes) {
    const name = comparable(attribute.name);
    const isFact = attribute.kind === "option" && attribute.values.length === 1;
    if (name !== null && !named.has(name)) named.set(name, isFact ? { ...attribute, kind: "text" } : attribute);
  }
  return named;
}

function differenceOf(was: ProductAttribute | null, is: ProductAttribute): Ranked | null {
  switch (is.kind) {
    case "option":
      return choiceDifference(was, is.name, is.values);
    case "text":
      return textDifference(was, is.name, is.values);
    case "amount":
      return amountDifference(was, is.name, { amount: is.amount, unit: is.unit });
    case "flag":
      if (!is.is || (was !== null && (was.kind !== "flag" || was.is))) return null;
      return { rank: RANK.gained, difference: { code: "gained", name: is.name } };
    case "rating": {
      if (was?.kind !== "rating" || was.outOf !== is.outOf) return null;
      if (is.rating - was.rating < BETTER_RATING * is.outOf * (1 - ROUNDING)) return null;
      const { name, outOf } = is;
      return { rank: RANK.rating, difference: { code: "rating", name, from: was.rating, to: is.rating, outOf } };
    }
  }
}

/** Only what can be chosen besides: another palette is no more than the one. */
function choiceDifference(was: ProductAttribute | null, name: string, values: readonly string[]): Ranked | null {
  if (was === null) return { rank: RANK.choice, difference: { code: "choice", name, values, more: false } };
  if (was.kind !== "option" && was.kind !== "text") return null;
  const had = new Set(was.values.map(comparable));
  const added = new Map(values.map((value) => [comparable(value), value]));
  const keepsAll = [...had].every((value) => added.delete(value));
  if (!keepsAll || added.size === 0) return null;
  return { rank: RANK.choice, difference: { code: "choice", name, values: [...added.values()], more: true } };
}

function textDifference(was: ProductAttribute | null, name: string, to: readonly string[]): Ranked | null {
  if (was === null) return { rank: RANK.added, difference: { code: "attribute", name, from: null, to } };
  if (was.kind !== "text") return null;
  const from = was.values;
  const [had, has] = [new Set(from.map(comparable)), new Set(to.map(comparable))];
  if (had.size === has.size && [...has].every((value) => had.has(value))) return null;
  const rank = [...had].every((value) => has.has(value)) || isLarger(from, to) ? RANK.higher : RANK.other;
  return { rank, difference: { code: "attribute", name, from, to } };
}

/** Whether two texts are sizes, the second the larger: "800 ml" and "1.2 L". */
function isLarger(from: readonly string[], to: readonly string[]): boolean {
  return from.length === 1 && to.length === 1 && timesLarger(measuredSize(from[0]!), measuredSize(to[0]!)) !== null;
}

function amountDifference(was: ProductAttribute | null, name: string, to: Amount): Ranked | null {
  if (was === null) return { rank: RANK.added, difference: { code: "attribute", name, from: null, to } };
  if (was.kind !== "amount") return null;
  const from: Amount = { amount: was.amount, unit: was.unit };
  const [less, more] = [inUnits(from, to.unit), inUnits(to, from.unit)];
  if (less === null || more === null || Math.abs(more - less) <= ROUNDING * Math.abs(more)) return null;
  return { rank: more > less ? RANK.higher : RANK.lower, difference: { code: "attribute", name, from, to } };
}

/** Millimetres, grams, millilitres. */
const UNITS: Readonly<Record<string, readonly [measure: string, factor: number]>> = {
  ...{ mm: ["length", 1], cm: ["length", 10], m: ["length", 1000] },
  ...{ in: ["length", 25.4], ft: ["length", 304.8], yd: ["length", 914.4] },
  ...{ g: ["mass", 1], kg: ["mass", 1000], oz: ["mass", 28.3495], lb: ["mass", 453.592] },
  ...{ ml: ["volume", 1], cl: ["volume", 10], l: ["volume", 1000], "m³": ["volume", 1e6] },
  ...{ "fl oz": ["volume", 29.5735], pt: ["volume", 473.176], qt: ["volume", 946.353], gal: ["volume", 3785.41] },
};

/** The amount in what `other` measures; null where the two units do not measure the same. */
function inUnits({ amount, unit }: Amount, other: string | null): number | null {
  if (unit === other) return amount;
  const [mine, theirs] = [unitOf(unit), unitOf(other)];
  return mine !== undefined && theirs !== undefined && mine[0] === theirs[0] ? amount * mine[1] : null;
}

function unitOf(unit: string | null): (typeof UNITS)[string] | undefined {
  const name = (unit ?? "").toLowerCase();
  return Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
}
