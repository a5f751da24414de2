import { creditFor, type CreditTerms } from "./terms.ts";

/** One order's credit that has still to be given. */
export interface WaitingCredit {
  readonly terms: CreditTerms | null;
  /** What is left of the set, in the shop's currency. */
  readonly setMinor: number;
  readonly setCurrency: string;
  /** What the customer paid in. */
  readonly currency: string;
}

/**
 * What an order was promised, in the currency that was paid in. Where that is not the shop's, the rate is known only when the
 * credit is given: until then an amount counts in full, and a share as its limit, or as nothing without one.
 */
export function promisedMinor({ terms, setMinor, setCurrency, currency }: WaitingCredit): number {
  if (terms === null || setMinor <= 0) return 0;
  if (setCurrency === currency) return creditFor(terms, { amountMinor: setMinor, currency });
  return (terms.basisPoints === undefined ? terms.amounts : terms.most)?.[currency] ?? 0;
}
