import type { BasketTable } from "../mining/basket-table.ts";
import { ownedForGood } from "../mining/ranking/customer-history.ts";
import type { HistoryScales } from "../mining/ranking/history-additions.ts";
import { HistoryAdditions } from "../mining/ranking/history-additions.ts";
import type { LearntParts } from "../mining/ranking/parts.ts";
import { fittedParts } from "../mining/ranking/parts.ts";
import type { BareId, PublishedAddition } from "../placements/published.ts";
import { OWNED_PRODUCTS } from "../placements/published.ts";

/** What one customer's orders say for the next: what it adds to published lists, and what is owned for good. */
export interface CustomerSuggestion {
  /** Pseudonym. */
  readonly customer: string;
  /** Largest first. */
  readonly adds: readonly PublishedAddition[];
  /** Ascending. */
  readonly owned: readonly BareId[];
}

/** Only so many customers are suggested to, those who ordered last. */
export const MOST_CUSTOMERS = 20_000;

/** Digits of a weight that are published: nobody's order of suggestions hangs on more. */
const DIGITS = 4;

/**
 * What the histories of the customers who ordered last add to the published lists. `parts` were learnt from all orders of the table, whose items are products. Ascending by customer.
 */
export function customerSuggestions(
  table: BasketTable,
  parts: LearntParts,
  scales: HistoryScales,
  most = MOST_CUSTOMERS,
): CustomerSuggestion[] {
  const additions = new HistoryAdditions(fittedParts(parts), scales);
  return latestCustomers(table, most).map((customer) => {
    const adds = additions.of(customer).map(({ item, weight, again }) => ({
      product: table.itemIds[item]!,
      weight: Number(weight.toPrecision(DIGITS)),
      ...(again ? { again: true as const } : {}),
    }));
    const owned = [...ownedForGood(parts.history, customer)].map((item) => table.itemIds[item]!).sort();
    return { customer: table.customerIds[customer]!, adds, owned: owned.slice(0, OWNED_PRODUCTS) };
  });
}

/** Indexes of the customers with the latest orders, ascending. */
function latestCustomers({ customer, customerIds }: BasketTable, most: number): number[] {
  const found = new Set<number>();
  for (let order = customer.length - 1; order >= 0 && found.size < Math.min(most, customerIds.length); order--) {
    if (customer[order]! >= 0) found.add(customer[order]!);
  }
  return [...found].sort((a, b) => a - b);
}

/** Share of all their sum by which weights may drift before they are published anew; as for offers. */
const MATERIAL_MOVE = 0.1;

/**
 * Whether what is stored of a customer is to be replaced by what was learnt now. Weights drift with everybody's orders;
 * it is worth a call to Shopify only where other products are owned or added, where an item came to be bought again and
 * again, or where weights moved by more than a tenth of their sum in all.
 */
export function isSuggestionToReplace(
  stored: Pick<CustomerSuggestion, "adds" | "owned">,
  learnt: Pick<CustomerSuggestion, "adds" | "owned">,
): boolean {
  if (stored.owned.join() !== learnt.owned.join()) return true;
  if (names(stored.adds) !== names(learnt.adds)) return true;
  const before = new Map(stored.adds.map(({ product, weight }) => [product, weight]));
  const moved = learnt.adds.reduce((sum, { product, weight }) => sum + Math.abs(weight - before.get(product)!), 0);
  return moved > MATERIAL_MOVE * Math.max(sumOf(stored.adds), sumOf(learnt.adds));
}

function names(adds: readonly PublishedAddition[]): string {
  return adds
    .map(({ product, again }) => (again === true ? `${product}*` : product))
    .sort()
    .join();
}

function sumOf(adds: readonly PublishedAddition[]): number {
  return adds.reduce((sum, { weight }) => sum + weight, 0);
}
