import type { CustomerAddition, CustomerSuggestion } from "../mining/model/customer-suggestions.ts";
import { MATERIAL_MOVE, movedWeight, sumOfWeights } from "./publish-due.ts";

/**
 * Whether what is stored of a customer is to be replaced by what was learnt now. Weights drift with everybody's orders,
 * and the weakest of the additions change places; it is worth a call to Shopify only where other products are owned or
 * bought again and again, or where weights moved by more than a tenth of their sum in all. What is absent weighs nothing.
 */
export function isSuggestionToReplace(
  stored: Pick<CustomerSuggestion, "adds" | "owned">,
  learnt: Pick<CustomerSuggestion, "adds" | "owned">,
): boolean {
  if (stored.owned.join() !== learnt.owned.join()) return true;
  if (boughtAgain(stored.adds) !== boughtAgain(learnt.adds)) return true;
  const moved = movedWeight(stored.adds, learnt.adds);
  return moved > MATERIAL_MOVE * Math.max(sumOfWeights(stored.adds), sumOfWeights(learnt.adds));
}

function boughtAgain(adds: readonly CustomerAddition[]): string {
  const products = adds.filter(({ again }) => again === true).map(({ product }) => product);
  return products.sort().join();
}
