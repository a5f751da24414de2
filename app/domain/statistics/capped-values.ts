/**
 * A few very large orders decide how uncertain a mean is. So what a unit spent counts only up to a cap, which is set from
 * past orders before the experiment starts (winsorising; a cap from the experiment's own data would bias the interval).
 * What is then estimated is the difference in revenue per visitor counted up to the cap: an effect on larger orders alone
 * does not show, and every page that shows the figure says so.
 */
export const CAP_QUANTILE = 0.99;
/** Fewer past buyers do not determine the quantile. */
export const LEAST_PAST_BUYERS = 200;

/** The cap in the smallest unit of the currency, from what each past buyer spent; null for no cap. */
export function spendCap(spentByBuyer: readonly number[]): number | null {
  if (spentByBuyer.length < LEAST_PAST_BUYERS) return null;
  const ascending = [...spentByBuyer].sort((a, b) => a - b);
  return ascending[Math.ceil(CAP_QUANTILE * ascending.length) - 1]!;
}

/** What counts of `spent`. */
export function capped(spent: number, cap: number | null): number {
  return cap === null ? spent : Math.min(spent, cap);
}
