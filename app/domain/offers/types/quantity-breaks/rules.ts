import type { QuantityBreaksRules } from "../../../pricing/rules.ts";
import type { PublishedQuantityBreaks } from "./published.ts";

/** What the discount Function reads of published quantity breaks. */
export function quantityBreaksRules(
  { together, tiers }: PublishedQuantityBreaks,
  { number, priority }: { readonly number: number; readonly priority: number },
): QuantityBreaksRules {
  return {
    ...{ type: "quantity-breaks", number, priority, together },
    tiers: tiers.map(({ from, reward }) => ({ least: from, reward })),
  };
}
