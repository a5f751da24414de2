import { customerSuggestions, type CustomerSuggestion } from "../../domain/mining/model/customer-suggestions.ts";
import type { BasketTable } from "../../domain/baskets/basket-table.ts";
import { NO_HISTORY } from "../../domain/mining/rankers/history-additions.ts";
import type { RankingModel } from "../../domain/mining/model/model.ts";
import { saveCustomerSuggestions } from "../../persistence/publishing/customer-suggestions.ts";
import type { ShopStream } from "../../persistence/database/in-shop.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** After a complete run customers are ranked, which publishes them sooner; this is for where that fails. */
const RANKED_AFTER_SECONDS = 120;

/** What customers' own histories add to the lists of a model; nothing but what they own where that finds no more. */
export function learnSuggestions(table: BasketTable, model: RankingModel): CustomerSuggestion[] {
  // A choice that an earlier version stored has none.
  return customerSuggestions(table, model.rankers, model.report.history?.scales ?? NO_HISTORY);
}

/** Stores what changed, and has it published. */
export async function storeSuggestions(tx: ShopStream, suggestions: readonly CustomerSuggestion[]): Promise<void> {
  await saveCustomerSuggestions(tx, suggestions);
  await enqueue(tx, "publish-customers", {}, { delaySeconds: RANKED_AFTER_SECONDS });
}
