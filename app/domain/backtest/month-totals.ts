/** What an offer would have done in one month. Amounts are minor units of the shop's currency. */
export interface MonthTotals {
  /** Orders that were replayed. */
  readonly orders: number;
  /** Carts that would have got something, or been shown the offer. */
  readonly given: number;
  /** Carts that lacked one thing. */
  readonly near: number;
  /** Of the given carts, those that would have shipped for free. */
  readonly freeShipping: number;
  /** What would have been taken off units that were not given back. */
  readonly discountMinor: number;
  /** Store credit that would have been earned with units that were not given back. */
  readonly creditMinor: number;
  /** What was paid for the given carts: refunds deducted, without taxes. */
  readonly paidMinor: number;
  /** Given carts of which the cost of every unit is known. The figures below are of these alone. */
  readonly costed: number;
  /** What was paid for them, less what the units cost. */
  readonly marginMinor: number;
  /** What the offer would have taken off that, taxes apart, and the store credit. */
  readonly lostMinor: number;
  readonly costedFreeShipping: number;
}

export const NO_TOTALS: MonthTotals = {
  ...{ orders: 0, given: 0, near: 0, freeShipping: 0, discountMinor: 0, paidMinor: 0 },
  creditMinor: 0,
  ...{ costed: 0, marginMinor: 0, lostMinor: 0, costedFreeShipping: 0 },
};

/** The sum of two. */
export function addTotals(a: MonthTotals, b: MonthTotals): MonthTotals {
  const names = Object.keys(NO_TOTALS) as (keyof MonthTotals)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as MonthTotals;
}

/**
 * How many more carts like the given ones pay for what an offer costs.
 *
 * - `free`: it costs nothing.
 * - `unknown`: of no given cart are all costs known.
 * - `never`: each further cart costs more than it brings.
 * - `share`: so many more carts, as a share of the given ones: cost / (margin - cost).
 */
export type BreakEven =
  { readonly code: "free" | "unknown" | "never" } | { readonly code: "share"; readonly share: number };

/** @param shippingMinor What delivering one order for free costs the merchant. */
export function breakEven(totals: MonthTotals, shippingMinor: number): BreakEven {
  const { discountMinor, creditMinor, freeShipping, costed, marginMinor, lostMinor, costedFreeShipping } = totals;
  if (discountMinor + creditMinor + freeShipping * shippingMinor === 0) return { code: "free" };
  if (costed === 0) return { code: "unknown" };
  const cost = lostMinor + costedFreeShipping * shippingMinor;
  if (cost <= 0) return { code: "free" };
  return marginMinor <= cost ? { code: "never" } : { code: "share", share: cost / (marginMinor - cost) };
}
