import type { BasketTable } from "../../baskets/basket-table.ts";
import { ownedForGood } from "../rankers/customer-history.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import { HistoryAdditions } from "../rankers/history-additions.ts";
import type { LearntParts } from "../rankers/parts.ts";
import { fittedParts } from "../rankers/parts.ts";
import type { BareId } from "../../ids.ts";
import { OWNED_PRODUCTS } from "../../shoppers/list-lengths.ts";

/** What a customer's history adds to one product's sum over a cart. */
export interface CustomerAddition {
  readonly product: BareId;
  readonly weight: number;
  /** The customer buys it again and again. */
  readonly again?: true;
}

/** What one customer's orders say for the next: what it adds to published lists, and what is owned for good. */
export interface CustomerSuggestion {
  /** Pseudonym. */
  readonly customer: string;
  /** Largest first. */
  readonly adds: readonly CustomerAddition[];
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
