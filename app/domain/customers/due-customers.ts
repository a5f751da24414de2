import type { CustomerKey } from "../ids.ts";
import type { UtcMs } from "../orders/order.ts";
import { type Due, type RepeatPurchases, whenDue } from "./repeat-interval.ts";
import { DAY_MS } from "../time/day.ts";

/** How many customers are due, by when. */
export interface DueCounts {
  /** Their interval is over, but not by so much that they count as lost. */
  readonly overdue: number;
  /** Expected within seven days; those whose day has come and whose interval is not over yet among them. */
  readonly week: number;
  /** As `week`, within thirty days: the week's among them. */
  readonly month: number;
}

/** One product that one customer is due for. */
export interface DueCustomer extends Omit<Due, "item"> {
  readonly customer: CustomerKey;
  readonly product: string;
}

export interface DueCustomers {
  /** Customers who are due for anything, each counted once. */
  readonly all: DueCounts;
  /** Item id -> customers who are due for it. */
  readonly byProduct: ReadonlyMap<string, DueCounts>;
  /**
   * Those of `all`, the surest first: before those who are overdue, then by intervals of their own (two or more, one,
   * none), then the nearest to the expected day, then by customer and product; bounded, with at most three of a customer.
   */
  readonly surest: readonly DueCustomer[];
}

/** No customer is due. */
export const NONE_DUE: DueCounts = { overdue: 0, week: 0, month: 0 };

/** At most this many entries for one customer, so that one who buys everything does not fill the list. */
const MOST_OF_A_CUSTOMER = 3;

/** Counts who is due at a time, and lists the `most` surest. */
export function dueCustomers(repeats: RepeatPurchases, now: UtcMs, most: number): DueCustomers {
  const byProduct = new Map<string, DueCounts>();
  const listed: DueCustomer[] = [];
  let all = NONE_DUE;
  for (const customer of repeats.customers.keys()) {
    let own = NONE_DUE;
    const ownDue: DueCustomer[] = [];
    for (const { item, ...due } of whenDue(repeats, customer, now)) {
      const counts = countsOf(due, now);
      if (item === null || (counts.overdue === 0 && counts.month === 0)) continue;
      byProduct.set(item, plus(byProduct.get(item) ?? NONE_DUE, counts));
      own = plus(own, counts);
      ownDue.push({ ...due, customer: customer as CustomerKey, product: item });
    }
    keepSurest(ownDue, now, MOST_OF_A_CUSTOMER);
    listed.push(...ownDue);
    all = plus(all, { overdue: once(own.overdue), week: once(own.week), month: once(own.month) });
    if (listed.length > 4 * most) keepSurest(listed, now, most);
  }
  keepSurest(listed, now, most);
  return { all, byProduct, surest: listed };
}

/** As {@link dueCustomers} for `orderIntervals`: the customers due for another order, whatever is in it. */
export function dueForAnyOrder(repeats: RepeatPurchases, now: UtcMs): DueCounts {
  let all = NONE_DUE;
  for (const customer of repeats.customers.keys()) {
    for (const due of whenDue(repeats, customer, now)) all = plus(all, countsOf(due, now));
  }
  return all;
}

function countsOf({ state, expectedAt }: Pick<Due, "state" | "expectedAt">, now: UtcMs): DueCounts {
  if (state === "overdue") return { overdue: 1, week: 0, month: 0 };
  return { overdue: 0, week: expectedAt < now + 7 * DAY_MS ? 1 : 0, month: expectedAt < now + 30 * DAY_MS ? 1 : 0 };
}

function plus(a: DueCounts, b: DueCounts): DueCounts {
  return { overdue: a.overdue + b.overdue, week: a.week + b.week, month: a.month + b.month };
}

const once = (count: number) => Math.min(1, count);

/** Intervals of their own beyond which a customer is not surer: bought again as often as any who are due. */
const SURE_GAPS = 2;

function keepSurest(listed: DueCustomer[], now: UtcMs, most: number): void {
  const isLate = ({ state }: DueCustomer) => (state === "overdue" ? 1 : 0);
  const sure = ({ ownGaps }: DueCustomer) => Math.min(SURE_GAPS, ownGaps);
  const distance = ({ expectedAt }: DueCustomer) => Math.abs(expectedAt - now);
  const isBefore = (a: DueCustomer, b: DueCustomer) =>
    a.customer === b.customer ? a.product < b.product : a.customer < b.customer;
  listed
    .sort(
      (a, b) => isLate(a) - isLate(b) || sure(b) - sure(a) || distance(a) - distance(b) || (isBefore(a, b) ? -1 : 1),
    )
    .splice(most);
}
