import type { CustomerAddition, CustomerSuggestion } from "../mining/model/customer-suggestions.ts";
import { haveWeightsMoved } from "./material-change.ts";

/**
 * Whether what is stored for a customer is to be replaced by what was learnt now: only where other products are owned or
 * bought again and again, or where weights moved by more than a tenth of their sum in all.
 */
export function isSuggestionToReplace(
  stored: Pick<CustomerSuggestion, "adds" | "owned">,
  learnt: Pick<CustomerSuggestion, "adds" | "owned">,
): boolean {
  if (stored.owned.join() !== learnt.owned.join()) return true;
  if (boughtAgain(stored.adds) !== boughtAgain(learnt.adds)) return true;
  return haveWeightsMoved(stored.adds, learnt.adds);
}

function boughtAgain(adds: readonly CustomerAddition[]): string {
  const products = adds.filter(({ again }) => again === true).map(({ product }) => product);
  return products.sort().join();
}
