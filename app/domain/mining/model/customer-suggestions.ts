import type { BasketTable } from "../../baskets/basket-table.ts";
import { ownedForGood } from "../rankers/customer-history.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import { HistoryAdditions } from "../rankers/history-additions.ts";
import type { LearntRankers } from "../rankers/rankers.ts";
import { fitRankers } from "../rankers/rankers.ts";
import type { BareId } from "../../ids.ts";
import { OWNED_PRODUCTS } from "../../shoppers/list-lengths.ts";

/** What a customer's history adds to one product's sum over a cart. */
export interface CustomerAddition {
  readonly product: BareId;
  readonly weight: number;
  /** The customer buys it repeatedly. */
  readonly again?: true;
}

/** What one customer's history changes: what it adds to published lists, and the one-time purchases to leave out. */
export interface CustomerSuggestion {
  /** Pseudonym. */
  readonly customer: string;
  /** Largest first. */
  readonly adds: readonly CustomerAddition[];
  /** Ascending. */
  readonly owned: readonly BareId[];
}

/** Suggestions are kept for the customers who ordered last, this many at most. */
export const MOST_CUSTOMERS = 20_000;

/** Significant digits of a published weight; more would not change the order of suggestions. */
const DIGITS = 4;

/**
 * What the histories of the customers who ordered last add to the published lists, ascending by customer. `rankers`
 * were learnt from all orders of the table, whose items are products.
 */
export function customerSuggestions(
  table: BasketTable,
  rankers: LearntRankers,
  scales: HistoryScales,
  most = MOST_CUSTOMERS,
): CustomerSuggestion[] {
  const additions = new HistoryAdditions(fitRankers(rankers), scales);
  return latestCustomers(table, most).map((customer) => {
    const adds = additions.of(customer).map(({ item, weight, again }) => ({
      product: table.itemIds[item]!,
      weight: Number(weight.toPrecision(DIGITS)),
      ...(again ? { again: true as const } : {}),
    }));
    const owned = [...ownedForGood(rankers.history, customer)].map((item) => table.itemIds[item]!).sort();
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
