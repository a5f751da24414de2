import type { ProductId } from "../../ids.ts";
import { type CompatibilityRule, MOST_NAMED_PRODUCTS, MOST_NAMED_TAGS, MOST_RULES } from "./compatibility-rules.ts";
import type { FitsRow } from "./fits-file.ts";

/** What a cell of the file stands for. */
export type FitsName =
  | { readonly kind: "product"; readonly product: ProductId }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "unknown" }
  /** Several products go by it. */
  | { readonly kind: "ambiguous" };

/** What a file's rows become, and the rows that become nothing. */
export interface ImportedRules {
  readonly rules: readonly CompatibilityRule[];
  readonly unknown: readonly { readonly line: number; readonly name: string; readonly code: "unknown" | "ambiguous" }[];
  /** Rows that say the same as an earlier one. */
  readonly repeated: number;
  /** Combinations that are too many for the rules of a shop; 0 where all have room. */
  readonly left: number;
}

/** What a cell names beside a product: "tag:EF mount". */
export const TAG_CELL = /^(?:tag|タグ)[:：]\s*(.+)$/i;

/**
 * The fewest rules that say what the rows say: products that fit exactly the same things share one. `room` is how many
 * rules the shop can still have.
 */
export function rulesOfRows(
  rows: readonly FitsRow[],
  nameOf: (cell: string) => FitsName,
  room: number = MOST_RULES,
): ImportedRules {
  const fitsOf = new Map<string, Set<string>>();
  const unknown: ImportedRules["unknown"][number][] = [];
  let repeated = 0;
  for (const { line, product, fits } of rows) {
    const [left, right] = [nameOf(product), nameOf(fits)];
    const faults = [
      { name: product, found: left },
      { name: fits, found: right },
    ].flatMap(({ name, found: { kind } }) =>
      kind === "unknown" || kind === "ambiguous" ? [{ line, name, code: kind }] : [],
    );
    unknown.push(...faults);
    if (faults.length > 0) continue;
    const known = fitsOf.get(JSON.stringify(left)) ?? new Set();
    if (known.has(JSON.stringify(right))) repeated += 1;
    fitsOf.set(JSON.stringify(left), known.add(JSON.stringify(right)));
  }
  const groups = Map.groupBy(fitsOf, ([, fits]) => [...fits].sort().join(" "));
  const rules = [...groups.values()].flatMap((group) => {
    const fits = [...group[0]![1]];
    return chunksOf(group.map(([left]) => left)).flatMap((lefts) => chunksOf(fits).map((part) => ruleOf(lefts, part)));
  });
  return { rules: rules.slice(0, room), unknown, repeated, left: Math.max(0, rules.length - room) };
}

/** No side names more than a rule may. Two rules with the same left side say together what one would. */
function chunksOf(names: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (const name of names) {
    const last = chunks.at(-1) ?? [];
    const tags = [...last, name].filter((one) => one.startsWith(TAG)).length;
    if (last.length === 0 || last.length === MOST_NAMED_PRODUCTS || tags > MOST_NAMED_TAGS) chunks.push([name]);
    else last.push(name);
  }
  return chunks;
}

/** What a tag's name begins with here. */
const TAG = JSON.stringify({ kind: "tag" }).slice(0, -1);

function ruleOf(lefts: readonly string[], fits: readonly string[]): CompatibilityRule {
  const side = (names: readonly string[]) => {
    const read = names.map((name) => JSON.parse(name) as FitsName);
    return {
      products: read.flatMap((one) => (one.kind === "product" ? [one.product] : [])),
      tags: read.flatMap((one) => (one.kind === "tag" ? [one.tag] : [])),
    };
  };
  const [left, right] = [side(lefts), side(fits)];
  return {
    ...{ products: left.products, collections: [], tags: left.tags },
    ...{ fitProducts: right.products, fitCollections: [], fitTags: right.tags },
  };
}
