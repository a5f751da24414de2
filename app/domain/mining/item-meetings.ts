import { associate, type Association, type EvidenceLimits } from "./association.ts";
import type { BasketTable } from "./basket-table.ts";
import { itemOrders, ordersWith, type ItemOrders } from "./item-orders.ts";

const DAY_MS = 86_400_000;

/**
 * Whom an item meets in orders, one item at a time: {@link read} counts its companions, the questions after it are
 * about that item. Time is linear in the lines of the item's orders.
 */
export class ItemMeetings {
  readonly #table: BasketTable;
  readonly #index: ItemOrders;
  /** Orders from here on are recent. */
  readonly #recentFrom: number;
  readonly #together: Uint32Array;
  readonly #recent: Uint32Array;
  readonly #touched: Uint32Array;
  #touches = 0;
  #item = -1;
  #recentOrders = 0;
  /** How often each companion was met, ascending; null until asked for. */
  #counts: Uint32Array | null = null;

  /** `recentDays` are those before the latest order. Orders without a date are not recent. */
  constructor(table: BasketTable, recentDays: number) {
    this.#table = table;
    this.#index = itemOrders(table);
    this.#recentFrom = firstRecentOrder(table, recentDays);
    this.#together = new Uint32Array(table.itemIds.length);
    this.#recent = new Uint32Array(table.itemIds.length);
    this.#touched = new Uint32Array(table.itemIds.length);
  }

  /** Counts the companions of one item. An index outside the table meets nobody. */
  read(item: number): void {
    if (item === this.#item) return;
    this.#forget();
    this.#item = item;
    const { start, items } = this.#table;
    for (const order of ordersWith(this.#index, item)) {
      const recent = order >= this.#recentFrom ? 1 : 0;
      this.#recentOrders += recent;
      for (let line = start[order]!; line < start[order + 1]!; line++) {
        const other = items[line]!;
        if (this.#together[other]!++ === 0) this.#touched[this.#touches++] = other;
        this.#recent[other]! += recent;
      }
    }
  }

  /** Orders with any item. */
  ordersOf(item: number): number {
    return ordersWith(this.#index, item).length;
  }

  /** Recent orders with the item that was read last. */
  get recentOrders(): number {
    return this.#recentOrders;
  }

  together(other: number): number {
    return this.#together[other] ?? 0;
  }

  recentTogether(other: number): number {
    return this.#recent[other] ?? 0;
  }

  /** From 1: one more than the companions met more often, which is the place by confidence; null for one never met. */
  rankByConfidence(other: number): number | null {
    if (other === this.#item || this.together(other) === 0) return null;
    if (this.#counts === null) {
      const met = this.#touched.subarray(0, this.#touches).filter((item) => item !== this.#item);
      this.#counts = met.map((item) => this.#together[item]!).sort();
    }
    return this.#counts.length - lastAtMost(this.#counts, this.together(other)) + 1;
  }

  /** All figures of the item and a companion. */
  association(other: number, limits: EvidenceLimits): Association {
    const pair = {
      together: this.together(other),
      ordersA: this.ordersOf(this.#item),
      ordersB: this.ordersOf(other),
      orders: this.#table.at.length,
      firstAt: null,
      lastAt: null,
    };
    return associate(pair, limits);
  }

  #forget(): void {
    for (let at = 0; at < this.#touches; at++) {
      this.#together[this.#touched[at]!] = 0;
      this.#recent[this.#touched[at]!] = 0;
    }
    this.#touches = 0;
    this.#recentOrders = 0;
    this.#counts = null;
  }
}

/** How many of the ascending counts are at most this. */
function lastAtMost(ascending: Uint32Array, count: number): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! <= count) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Orders ascend in time, those without a date first. */
function firstRecentOrder({ at }: BasketTable, recentDays: number): number {
  const latest = at[at.length - 1] ?? NaN;
  const from = at.findIndex((time) => time > latest - recentDays * DAY_MS);
  return from < 0 ? at.length : from;
}
