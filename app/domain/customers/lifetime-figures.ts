import type { UtcMs } from "../orders/order.ts";
import type { CustomerOrder } from "./lwp.ts";

/** What a shop's own orders give for the formulas of `lifetime-value.ts`; null where the history is too short. */
export interface LifetimeFigures {
  readonly customers: number;
  readonly orders: number;
  /** Revenue over orders, rounded half up to the smallest unit; never below 0. */
  readonly averageOrderMinor: number | null;
  readonly ordersPerCustomer: number | null;
  /** Orders of the last 365 days over the customers who made them; needs a year of history. */
  readonly ordersPerYear: number | null;
  /** Share of the customers of the year before who ordered in the last 365 days; needs two years of history. */
  readonly yearlyRetention: number | null;
  /** 1 / (1 - yearly retention): the years that a customer stays; null where all came back. */
  readonly years: number | null;
}

const YEAR_MS = 365 * 86_400_000;

/**
 * Reads the figures from the orders up to `now`. Orders after it, of unknown time or amount are left out. A figure that
 * the history cannot give is null and has to be asked for; nothing is filled in.
 */
export function lifetimeFigures(orders: Iterable<CustomerOrder>, now: UtcMs): LifetimeFigures {
  const ever = new Set<string>();
  const lastYear = new Set<string>();
  const yearBefore = new Set<string>();
  let [count, countOfYear, revenueMinor, first] = [0, 0, 0, Infinity];
  for (const { customer, at, revenueMinor: revenue } of orders) {
    if (!Number.isFinite(at) || !(at <= now) || !Number.isFinite(revenue)) continue;
    count++;
    revenueMinor += revenue;
    first = Math.min(first, at);
    ever.add(customer);
    if (at > now - YEAR_MS) {
      countOfYear++;
      lastYear.add(customer);
    } else if (at > now - 2 * YEAR_MS) yearBefore.add(customer);
  }
  const back = [...yearBefore].filter((customer) => lastYear.has(customer)).length;
  const hasTwoYears = first <= now - 2 * YEAR_MS && yearBefore.size > 0;
  const yearlyRetention = hasTwoYears ? back / yearBefore.size : null;
  return {
    customers: ever.size,
    orders: count,
    averageOrderMinor: count === 0 ? null : Math.max(0, Math.floor(revenueMinor / count + 0.5)),
    ordersPerCustomer: count === 0 ? null : count / ever.size,
    ordersPerYear: first <= now - YEAR_MS && lastYear.size > 0 ? countOfYear / lastYear.size : null,
    yearlyRetention,
    years: yearlyRetention === null || yearlyRetention === 1 ? null : 1 / (1 - yearlyRetention),
  };
}
