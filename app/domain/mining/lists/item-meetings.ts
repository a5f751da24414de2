import type { BasketTable } from "../../baskets/basket-table.ts";
import { itemOrders, ordersWith, type ItemOrders } from "../../baskets/item-orders.ts";
import { DAY_MS } from "../../time/day.ts";

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
  /** How many companions were met more often than so many times; null until asked for. */
  #metMoreThan: Uint32Array | null = null;

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
    this.#metMoreThan ??= this.#countMetMoreThan();
    return this.#metMoreThan[this.together(other)]! + 1;
  }

  #countMetMoreThan(): Uint32Array {
    let most = 0;
    for (let at = 0; at < this.#touches; at++) {
      if (this.#touched[at] !== this.#item) most = Math.max(most, this.#together[this.#touched[at]!]!);
    }
    const moreThan = new Uint32Array(most + 2);
    for (let at = 0; at < this.#touches; at++) {
      if (this.#touched[at] !== this.#item) moreThan[this.#together[this.#touched[at]!]! - 1]!++;
    }
    for (let times = most; times > 0; times--) moreThan[times - 1]! += moreThan[times]!;
    return moreThan;
  }

  #forget(): void {
    for (let at = 0; at < this.#touches; at++) {
      this.#together[this.#touched[at]!] = 0;
      this.#recent[this.#touched[at]!] = 0;
    }
    this.#touches = 0;
    this.#recentOrders = 0;
    this.#metMoreThan = null;
  }
}

/** Orders ascend in time, those without a date first. */
function firstRecentOrder({ at }: BasketTable, recentDays: number): number {
  const latest = at[at.length - 1] ?? NaN;
  const from = at.findIndex((time) => time > latest - recentDays * DAY_MS);
  return from < 0 ? at.length : from;
}
