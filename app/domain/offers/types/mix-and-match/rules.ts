import type { MixAndMatchRules } from "../../../pricing/rules.ts";
import type { PublishedMixAndMatch } from "./published.ts";

/** What the discount Function reads of a published offer. */
export function mixAndMatchRules(
  { choose, reward }: PublishedMixAndMatch,
  { number, priority }: { readonly number: number; readonly priority: number },
): MixAndMatchRules {
  return { type: "mix-and-match", number, priority, choose, reward };
}
