import type { BasketTable } from "./basket-table.ts";
import { itemOrders, ordersWith, type ItemOrders } from "./item-orders.ts";

/** How customers bought two items, one with, after and instead of the other. Counts of orders or of customers. */
export interface PurchaseSequence {
  /** Orders with both, those without a customer or a date among them. */
  readonly togetherOrders: number;
  /** Customers who ordered the first and, in a strictly later order, the second. */
  readonly thenCustomers: number;
  /** Customers who ordered both, at any time. */
  readonly bothCustomers: number;
  /** Customers who never had both in one order, but ordered the first and strictly later the second. */
  readonly switchedCustomers: number;
}

/**
 * Reads, for one item at a time, how the same customers bought others after it or instead of it. Orders without a
 * customer count only as orders; orders without a date are not before or after any other. Times may be ordinals.
 */
export class PurchaseSequences {
  readonly table: BasketTable;
  readonly index: ItemOrders;
  /** Order index -> distinct items that its customer ordered strictly later; 0 without a customer or a date. */
  readonly laterItems: Uint32Array;
  /** Item index -> share of all that customers ordered after their first order. Sums to 1, or 0 where none came back. */
  readonly laterShare: Float64Array;

  readonly #hasFirst: Uint8Array;
  readonly #firstAt: Float64Array;
  readonly #seen: Uint8Array;

  constructor(table: BasketTable, index: ItemOrders = itemOrders(table)) {
    this.table = table;
    this.index = index;
    ({ laterItems: this.laterItems, laterShare: this.laterShare } = readLater(table));
    this.#hasFirst = new Uint8Array(table.at.length);
    this.#firstAt = new Float64Array(table.customerIds.length).fill(NaN);
    this.#seen = new Uint8Array(table.customerIds.length);
  }

  /** The sequences from one item to each of the others, in the order given. Time is linear in their orders. */
  from(item: number, others: readonly number[]): PurchaseSequence[] {
    const orders = ordersWith(this.index, item);
    for (const order of orders) {
      this.#hasFirst[order] = 1;
      const customer = this.table.customer[order]!;
      if (customer < 0) continue;
      this.#seen[customer]! |= HAS_FIRST;
      const at = this.table.at[order]!;
      // Orders ascend in time, so that the first dated one is the earliest.
      if (Number.isNaN(this.#firstAt[customer]!)) this.#firstAt[customer] = at;
    }
    const sequences = others.map((other) => this.#to(ordersWith(this.index, other)));
    for (const order of orders) {
      this.#hasFirst[order] = 0;
      const customer = this.table.customer[order]!;
      if (customer < 0) continue;
      this.#seen[customer] = 0;
      this.#firstAt[customer] = NaN;
    }
    return sequences;
  }

  /**
   * Customers expected to order `other` after `item` if what they order later had nothing to do with the item:
   * sum over its customers of (items ordered after their first order with it) times the other's share of all that is
   * ordered later. This keeps each customer's activity and each item's popularity (the configuration model of random
   * graphs: Chung & Lu, 2002).
   */
  expectedThen(item: number, other: number): number {
    return this.laterBreadth(item) * this.laterShare[other]!;
  }

  /** Sum over the item's customers of the distinct items that they ordered after their first dated order with it. */
  laterBreadth(item: number): number {
    const counted = new Set<number>();
    let breadth = 0;
    for (const order of ordersWith(this.index, item)) {
      const customer = this.table.customer[order]!;
      if (customer < 0 || Number.isNaN(this.table.at[order]!) || counted.has(customer)) continue;
      counted.add(customer);
      breadth += this.laterItems[order]!;
    }
    return breadth;
  }

  #to(orders: Uint32Array): PurchaseSequence {
    let togetherOrders = 0;
    const met: number[] = [];
    for (const order of orders) {
      const customer = this.table.customer[order]!;
      if (this.#hasFirst[order] === 1) togetherOrders++;
      if (customer < 0 || this.#seen[customer] === 0) continue;
      if (this.#seen[customer] === HAS_FIRST) met.push(customer);
      this.#seen[customer]! |= HAS_BOTH;
      if (this.#hasFirst[order] === 1) this.#seen[customer]! |= IN_ONE_ORDER;
      if (this.#firstAt[customer]! < this.table.at[order]!) this.#seen[customer]! |= LATER;
    }
    let thenCustomers = 0;
    let switchedCustomers = 0;
    for (const customer of met) {
      const seen = this.#seen[customer]!;
      if (seen & LATER) thenCustomers++;
      if (seen & LATER && !(seen & IN_ONE_ORDER)) switchedCustomers++;
      this.#seen[customer] = HAS_FIRST;
    }
    return { togetherOrders, thenCustomers, bothCustomers: met.length, switchedCustomers };
  }
}

const HAS_FIRST = 1;
const HAS_BOTH = 2;
const IN_ONE_ORDER = 4;
const LATER = 8;

function readLater(table: BasketTable): { laterItems: Uint32Array; laterShare: Float64Array } {
  const laterItems = new Uint32Array(table.at.length);
  const counts = new Float64Array(table.itemIds.length);
  const ordersOf: number[][] = table.customerIds.map(() => []);
  table.customer.forEach((customer, order) => {
    if (customer >= 0 && !Number.isNaN(table.at[order]!)) ordersOf[customer]!.push(order);
  });
  const seenBy = new Int32Array(table.itemIds.length).fill(-1);
  ordersOf.forEach((orders, customer) => {
    let distinct = 0;
    let end = orders.length;
    while (end > 0) {
      const at = table.at[orders[end - 1]!]!;
      let begin = end;
      while (begin > 0 && table.at[orders[begin - 1]!] === at) begin--;
      for (let i = begin; i < end; i++) laterItems[orders[i]!] = distinct;
      if (begin === 0) break;
      for (let i = begin; i < end; i++) {
        for (let p = table.start[orders[i]!]!; p < table.start[orders[i]! + 1]!; p++) {
          const item = table.items[p]!;
          if (seenBy[item] === customer) continue;
          seenBy[item] = customer;
          counts[item]!++;
          distinct++;
        }
      }
      end = begin;
    }
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  return { laterItems, laterShare: total === 0 ? counts : counts.map((count) => count / total) };
}
