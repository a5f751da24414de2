import type { UtcMs } from "../orders/order.ts";
import type { CustomerOrder } from "./rfm.ts";

/** What a shop's own orders give for the formulas of `lifetime-value.ts`; null where the history is too short. */
export interface LifetimeFigures {
  readonly customers: number;
  readonly orders: number;
  /**
   * Revenue over orders, those given back as a whole among them; rounded half up to the smallest unit; never below 0.
   */
  readonly averageOrderMinor: number | null;
  readonly ordersPerCustomer: number | null;
  /** Orders of the last 365 days over the customers who made them; needs a year of history. */
  readonly ordersPerYear: number | null;
  /** Revenue of the last 365 days over the customers who ordered in them; needs a year of history; never below 0. */
  readonly yearlyRevenueMinor: number | null;
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
  const tally = new LifetimeTally(now);
  for (const order of orders) tally.add(order);
  return tally.figures();
}

/** {@link lifetimeFigures} for orders that come one at a time. */
export class LifetimeTally {
  readonly #now: UtcMs;
  readonly #ever = new Set<string>();
  readonly #lastYear = new Set<string>();
  readonly #yearBefore = new Set<string>();
  #orders = 0;
  #ordersOfYear = 0;
  #revenueMinor = 0;
  #revenueOfYearMinor = 0;
  #first = Infinity;

  constructor(now: UtcMs) {
    this.#now = now;
  }

  /** Counts one order; one after `now`, of unknown time or amount is left out. */
  add({ customer, at, revenueMinor }: CustomerOrder): void {
    if (!Number.isFinite(at) || !(at <= this.#now) || !Number.isFinite(revenueMinor)) return;
    this.#orders++;
    this.#revenueMinor += revenueMinor;
    this.#first = Math.min(this.#first, at);
    this.#ever.add(customer);
    if (at > this.#now - YEAR_MS) {
      this.#ordersOfYear++;
      this.#revenueOfYearMinor += revenueMinor;
      this.#lastYear.add(customer);
    } else if (at > this.#now - 2 * YEAR_MS) this.#yearBefore.add(customer);
  }

  figures(): LifetimeFigures {
    const [ever, lastYear] = [this.#ever.size, this.#lastYear.size];
    const back = [...this.#yearBefore].filter((customer) => this.#lastYear.has(customer)).length;
    const hasTwoYears = this.#first <= this.#now - 2 * YEAR_MS && this.#yearBefore.size > 0;
    const hasYear = this.#first <= this.#now - YEAR_MS && lastYear > 0;
    const mean = (total: number, count: number) => Math.max(0, Math.floor(total / count + 0.5));
    const yearlyRetention = hasTwoYears ? back / this.#yearBefore.size : null;
    return {
      customers: ever,
      orders: this.#orders,
      averageOrderMinor: this.#orders === 0 ? null : mean(this.#revenueMinor, this.#orders),
      ordersPerCustomer: this.#orders === 0 ? null : this.#orders / ever,
      ordersPerYear: hasYear ? this.#ordersOfYear / lastYear : null,
      yearlyRevenueMinor: hasYear ? mean(this.#revenueOfYearMinor, lastYear) : null,
      yearlyRetention,
      years: yearlyRetention === null || yearlyRetention === 1 ? null : 1 / (1 - yearlyRetention),
    };
  }
}
