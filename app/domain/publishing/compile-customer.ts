import type { CustomerRank } from "../shoppers/shopper.ts";
import { PUBLISHED_VERSION } from "./published.ts";
import { CUSTOMER_ADDS, OWNED_PRODUCTS } from "../shoppers/list-lengths.ts";
import type { PublishedAddition, PublishedCustomer } from "./published.ts";
import type { BareId } from "../ids.ts";

/**
 * Value of a customer's metafield. Only customers with orders are published, so each of them is a returning one. The
 * same input compiles to the same text.
 */
export function compileCustomer(customer: {
  rank: CustomerRank | null;
  owned: readonly BareId[];
  adds: readonly PublishedAddition[];
}): string {
  const published: PublishedCustomer = {
    version: PUBLISHED_VERSION,
    rank: customer.rank,
    returning: true,
    owned: customer.owned.slice(0, OWNED_PRODUCTS),
    adds: customer.adds
      .slice(0, CUSTOMER_ADDS)
      .map(({ product, weight, again }) => ({ product, weight, ...(again === true ? { again } : {}) })),
  };
  return JSON.stringify(published);
}
