import type { BareId } from "../ids.ts";
import { CUSTOMER_ADDS, OWNED_PRODUCTS } from "../shoppers/list-lengths.ts";
import type { CustomerRank } from "../shoppers/shopper.ts";
import { firstOfEachProduct, isBareId, list, objectIn, record } from "./read-json.ts";

/** What is published on a customer who allows it: the checkout extension reads it for the buyer who is logged in. */

const VERSION = 1;
const RANKS: readonly CustomerRank[] = ["A", "B", "C", "D"];

/** What a customer's own history adds to one product's sum. */
export interface PublishedAddition {
  readonly product: BareId;
  /** In the unit of the offers' weights; 0 or more. */
  readonly weight: number;
  /** The customer buys it again and again: it may be suggested though no offer of the cart lists it. */
  readonly again?: true;
}

/** What one customer's own orders say. */
export interface PublishedCustomer {
  readonly version: typeof VERSION;
  readonly rank: CustomerRank | null;
  /** Whether the customer has ordered before. */
  readonly returning: boolean;
  /** Products that the customer owns for good: never suggested again. */
  readonly owned: readonly BareId[];
  /** What the customer's history adds to what goes with a cart. */
  readonly adds: readonly PublishedAddition[];
}

/**
 * The text of a customer's metafield. Only customers with orders are published, so each of them is a returning one. The
 * same input gives the same text.
 */
export function compileCustomer(customer: {
  rank: CustomerRank | null;
  owned: readonly BareId[];
  adds: readonly PublishedAddition[];
}): string {
  const published: PublishedCustomer = {
    version: VERSION,
    rank: customer.rank,
    returning: true,
    owned: customer.owned.slice(0, OWNED_PRODUCTS),
    adds: customer.adds
      .slice(0, CUSTOMER_ADDS)
      .map(({ product, weight, again }) => ({ product, weight, ...(again === true ? { again } : {}) })),
  };
  return JSON.stringify(published);
}

/** Reads what is published on a customer, from a metafield's text or its parsed JSON. Null for anything else. */
export function parseCustomer(value: unknown): PublishedCustomer | null {
  const json = objectIn(value);
  if (json?.version !== VERSION) return null;
  const adds = list(json.adds).flatMap((one) => parseAddition(one) ?? []);
  return {
    version: VERSION,
    rank: RANKS.find((rank) => rank === json.rank) ?? null,
    returning: json.returning === true,
    owned: [...new Set(list(json.owned).filter(isBareId))].slice(0, OWNED_PRODUCTS),
    adds: firstOfEachProduct(adds).slice(0, CUSTOMER_ADDS),
  };
}

function parseAddition(value: unknown): PublishedAddition | null {
  const { product, weight, again } = record(value) ?? {};
  if (!isBareId(product)) return null;
  const isWeight = typeof weight === "number" && weight > 0 && Number.isFinite(weight);
  return { product, weight: isWeight ? weight : 0, ...(again === true ? { again: true } : {}) };
}
