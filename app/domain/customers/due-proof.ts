import type { BasketTable } from "../baskets/basket-table.ts";
import type { UtcMs } from "../orders/order.ts";
import { repeatIntervals, whenDue } from "./repeat-interval.ts";
import { DAY_MS } from "../time/day.ts";

/** How often a customer was due for a product, and how often they then bought it. */
export interface DueOutcome {
  readonly times: number;
  readonly bought: number;
}

/** What became of those who were due thirty days ago: how much "due" is worth in this shop. */
export interface DueProof {
  /** Those who were due within thirty days then. */
  readonly due: DueOutcome;
  readonly overdue: DueOutcome;
}

const DAYS = 30;
/** Fewer than this are too few to judge by. */
const LEAST_TIMES = 20;

/**
 * Learns from the orders up to thirty days before `now` alone who was due then, and counts who has bought since. Null
 * where fewer than twenty times a customer was due for a product.
 */
export function dueProof(table: BasketTable, now: UtcMs): DueProof | null {
  const then = now - DAYS * DAY_MS;
  const before = ordersBefore(table, then);
  const repeats = repeatIntervals({
    ...table,
    start: table.start.subarray(0, before + 1),
    at: table.at.subarray(0, before),
    customer: table.customer.subarray(0, before),
  });
  const due = new Outcomes();
  const overdue = new Outcomes();
  for (const customer of repeats.customers.keys()) {
    for (const { item, state, expectedAt } of whenDue(repeats, customer, then)) {
      if (state === "overdue") overdue.expect(customer, item!);
      else if (expectedAt < then + DAYS * DAY_MS) due.expect(customer, item!);
    }
  }
  for (let order = before; order < table.at.length; order++) {
    const customer = table.customerIds[table.customer[order]!];
    if (customer === undefined || table.at[order]! > now) continue;
    for (let p = table.start[order]!; p < table.start[order + 1]!; p++) {
      const item = table.itemIds[table.items[p]!]!;
      due.buy(customer, item);
      overdue.buy(customer, item);
    }
  }
  return due.times < LEAST_TIMES ? null : { due: due.outcome(), overdue: overdue.outcome() };
}

/** Orders ascend in time, those of unknown time before all others. */
function ordersBefore({ at }: BasketTable, time: UtcMs): number {
  const first = at.findIndex((when) => when >= time);
  return first === -1 ? at.length : first;
}

class Outcomes {
  readonly #waiting = new Map<string, Set<string>>();
  #times = 0;
  #bought = 0;

  get times(): number {
    return this.#times;
  }

  expect(customer: string, item: string): void {
    const items = this.#waiting.get(customer) ?? new Set<string>();
    this.#waiting.set(customer, items.add(item));
    this.#times++;
  }

  /** Counts the first purchase alone. */
  buy(customer: string, item: string): void {
    if (this.#waiting.get(customer)?.delete(item) === true) this.#bought++;
  }

  outcome(): DueOutcome {
    return { times: this.#times, bought: this.#bought };
  }
}
