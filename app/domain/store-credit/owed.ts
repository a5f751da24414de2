import { creditFor, type CreditTerms } from "./terms.ts";

/** What an order cost as a whole: in the shop's currency and in the one that was paid in. */
export interface OrderCost {
  readonly shopMinor: number;
  readonly paidMinor: number;
}

/** What of a set is still sold, in the shop's currency, and what the order was paid in. */
export interface KeptSet {
  readonly setMinor: number;
  readonly setCurrency: string;
  readonly currency: string;
}

/** What a set earns in the currency that was paid in. Shopify's own rate of the order converts the set's price. */
export function owedMinor(terms: CreditTerms, { setMinor, setCurrency, currency }: KeptSet, cost: OrderCost): number {
  const amountMinor = setCurrency === currency ? setMinor : convert(setMinor, cost);
  return creditFor(terms, { amountMinor, currency });
}

function convert(minor: number, { shopMinor, paidMinor }: OrderCost): number {
  return shopMinor <= 0 ? 0 : Number((BigInt(minor) * BigInt(paidMinor)) / BigInt(shopMinor));
}

/** What one minor unit of what was paid in is worth in the shop's currency. */
export function worthOf({ setCurrency, currency }: KeptSet, { shopMinor, paidMinor }: OrderCost): number {
  return setCurrency === currency || paidMinor <= 0 ? 1 : shopMinor / paidMinor;
}
