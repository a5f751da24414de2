import type { Amount } from "../../../catalogue/attribute.ts";
import type { AttributeValue, Difference } from "../../../mining/upgrades/difference.ts";
import { type BetterLine, LONGEST_LINE, MOST_LINES } from "./published.ts";

/**
 * What shoppers read of the differences that were found, at most three lines: sizes, attributes, what is gained, more to
 * choose from, better ratings. A figure that is lower, tags, vendors and returns are for staff alone: nobody can tell
 * whether a shopper would call them better. What is too long for a line is left out.
 */
export function betterLines(differences: readonly Difference[]): BetterLine[] {
  return differences
    .flatMap((difference) => lineOf(difference) ?? [])
    .filter((line) => Object.values(line).every((text: string) => text !== "" && text.length <= LONGEST_LINE))
    .slice(0, MOST_LINES);
}

function lineOf(difference: Difference): BetterLine | null {
  switch (difference.code) {
    case "size":
      return { from: difference.from, to: difference.to };
    case "attribute": {
      const { name, from, to } = difference;
      if (from !== null && isLower(from, to)) return null;
      return { name, ...(from === null ? {} : { from: written(from) }), to: written(to) };
    }
    case "gained":
      return { to: difference.name };
    case "choice":
      return { name: difference.name, to: written(difference.values) };
    case "rating": {
      const { name, from, to, outOf } = difference;
      return { name, from: String(from), to: `${to} / ${outOf}` };
    }
    case "benefit":
    case "vendor":
    case "fewer-returns":
      return null;
  }
}

function isLower(from: AttributeValue, to: AttributeValue): boolean {
  return isAmount(from) && isAmount(to) && from.unit === to.unit && to.amount < from.amount;
}

/** As the merchant wrote it. */
function written(value: AttributeValue): string {
  if (!isAmount(value)) return value.join(", ");
  return value.unit === null ? String(value.amount) : `${value.amount} ${value.unit}`;
}

function isAmount(value: AttributeValue): value is Amount {
  return "amount" in value;
}
