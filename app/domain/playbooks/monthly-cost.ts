import type { ProposalCheck } from "./proposal.ts";

/** Months in the 90 days that recent orders are counted in. */
const RECENT_MONTHS = 3;

/** Orders of the latest 90 days, in a month. */
export function monthlyOrders(recent: number): number {
  return recent / RECENT_MONTHS;
}

/** What a discount costs in a month; nothing to say where no such order came lately. Amounts in minor units. */
export function monthlyCost(ordersAMonth: number, discountMinor: number): ProposalCheck[] {
  const monthlyMinor = Math.round(ordersAMonth * discountMinor);
  return monthlyMinor > 0 ? [{ code: "cost", monthlyMinor }] : [];
}
