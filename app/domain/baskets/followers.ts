import { ordersWith } from "./item-orders.ts";
import type { PurchaseSequences } from "./purchase-sequence.ts";
import { benjaminiHochberg, poissonUpperTail } from "../statistics/significance.ts";

/** A product that customers order after another one more often than chance gives. */
export interface Follower {
  readonly id: string;
  /** Customers who ordered it strictly later, and how many to expect by chance. */
  readonly customers: number;
  readonly expectedCustomers: number;
  /** Of the product's customers who ordered anything later, the share who ordered this. */
  readonly share: number;
  readonly qValue: number;
}

const LEAST_CUSTOMERS = 5;
const MOST_FOLLOWERS = 10;
const FALSE_DISCOVERY_RATE = 0.01;

/**
 * What usually follows each of the items: item id -> followers, for those that have any. Customers with an order of the
 * item and a strictly later one of the other, against {@link PurchaseSequences.expectedThen}; one-sided exact Poisson
 * test, corrected over all pairs that five customers or more made (Benjamini & Hochberg, 1995) at 1 %. Buying the item
 * again is the matter of its repeat interval, not of this. By customers above the expected, then by id; at most 10.
 */
export function usualFollowers(sequences: PurchaseSequences, items: readonly number[]): Map<string, Follower[]> {
  const { table } = sequences;
  const later = new LaterPurchases(sequences);
  const found = [...new Set(items)]
    .filter((item) => table.itemIds[item] !== undefined)
    .sort((a, b) => a - b)
    .flatMap((item) => countFollowers(sequences, item, later));
  const q = benjaminiHochberg(
    found.map(({ customers, expectedCustomers }) => poissonUpperTail(customers, expectedCustomers)),
  );
  const lists = new Map<string, Follower[]>();
  found.forEach(({ of, ...follower }, n) => {
    if (q[n]! > FALSE_DISCOVERY_RATE) return;
    lists.set(of, [...(lists.get(of) ?? []), { ...follower, qValue: q[n]! }]);
  });
  const beyond = ({ customers, expectedCustomers }: Follower) => customers - expectedCustomers;
  for (const list of lists.values()) {
    list.sort((a, b) => beyond(b) - beyond(a) || (a.id < b.id ? -1 : 1)).splice(MOST_FOLLOWERS);
  }
  return lists;
}

function countFollowers(sequences: PurchaseSequences, item: number, later: LaterPurchases) {
  const { itemIds } = sequences.table;
  const { returning, customers: counts } = later.after(item);
  const breadth = sequences.laterBreadth(item);
  return [...counts]
    .filter(([, customers]) => customers >= LEAST_CUSTOMERS)
    .sort(([a], [b]) => a - b)
    .map(([other, customers]) => ({
      of: itemIds[item]!,
      id: itemIds[other]!,
      customers,
      expectedCustomers: breadth * sequences.laterShare[other]!,
      share: customers / returning,
    }));
}

/** What customers ordered after an item, whatever it was. */
export class LaterPurchases {
  readonly #sequences: PurchaseSequences;
  readonly #ordersOf: readonly (readonly number[])[];

  constructor(sequences: PurchaseSequences) {
    const { table } = sequences;
    const ordersOf: number[][] = table.customerIds.map(() => []);
    table.customer.forEach((customer, order) => {
      if (customer >= 0 && !Number.isNaN(table.at[order]!)) ordersOf[customer]!.push(order);
    });
    this.#sequences = sequences;
    this.#ordersOf = ordersOf;
  }

  /**
   * Of the customers with a dated order of the item: how many ordered anything in a strictly later order, and for every
   * other item how many ordered that.
   */
  after(item: number): { returning: number; customers: Map<number, number> } {
    const { table, index } = this.#sequences;
    const customers = new Map<number, number>();
    const asked = new Set<number>();
    let returning = 0;
    for (const order of ordersWith(index, item)) {
      const [customer, at] = [table.customer[order]!, table.at[order]!];
      if (customer < 0 || Number.isNaN(at) || asked.has(customer)) continue;
      asked.add(customer);
      const later = new Set<number>();
      for (const next of this.#ordersOf[customer]!) {
        if (table.at[next]! <= at) continue;
        for (let p = table.start[next]!; p < table.start[next + 1]!; p++) later.add(table.items[p]!);
      }
      if (later.size > 0) returning++;
      for (const other of later) if (other !== item) customers.set(other, (customers.get(other) ?? 0) + 1);
    }
    return { returning, customers };
  }
}
