import type { BuyXGetYRules } from "../../../pricing/rules.ts";
import type { PublishedBuyXGetY } from "./published.ts";

/** What the discount Function reads of a published offer. */
export function buyXGetYRules(
  { buy, get, most, reward, products }: PublishedBuyXGetY,
  { number, priority }: { readonly number: number; readonly priority: number },
): BuyXGetYRules {
  return { type: "buy-x-get-y", number, priority, buy, get, most, reward, listed: products };
}
