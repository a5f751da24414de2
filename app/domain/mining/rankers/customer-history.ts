import { wilsonInterval } from "../evidence/association.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";

/** What each customer bought before, later orders weighing more: compressed sparse rows by customer. */
export interface CustomerHistory {
  readonly start: Uint32Array;
  /** Ascending within a customer. */
  readonly item: Uint32Array;
  /** Share of the customer's orders that held the item, an order counting 2^(-orders since / HALF_LIFE_ORDERS). */
  readonly share: Float32Array;
  /** Customer -> orders, counted in the same way: share * orders is the decayed count of orders with the item. */
  readonly orders: Float32Array;
  /** Item -> how much more readily than the average item it is bought again: (its repeat rate / the shop's)^0.5. */
  readonly repeatFactor: Float32Array;
  /** Item -> 1 where whoever has it does not buy it again: it is bought for good. */
  readonly forGood: Uint32Array;
}

/** A customer's own orders after which an order counts half. */
const HALF_LIFE_ORDERS = 6;
/** Orders of the average repeat rate that every item starts with, so that one chance repeat says little. */
const PRIOR_ORDERS = 5;

/**
 * An item is bought for good where even the upper end of its repeat rate's 95 % interval is below this share of the
 * shop's own rate: nobody is suggested a second one.
 */
const FOR_GOOD = 0.25;

/** The history of the first `orders` orders; orders without a customer leave no trace. */
export function customerHistory(table: BasketTable, orders: number = table.at.length): CustomerHistory {
  const { ordersStart, ordersOf, lines } = ordersByCustomer(table, orders);
  const customers = table.customerIds.length;
  const start = new Uint32Array(customers + 1);
  const item = new Uint32Array(lines);
  const share = new Float32Array(lines);
  const sum = new Float64Array(table.itemIds.length);
  const ordersOfCustomer = new Float32Array(customers);
  const repeats = new RepeatCounts(table.itemIds.length);
  let write = 0;
  for (let customer = 0; customer < customers; customer++) {
    const bought: number[] = [];
    let all = 0;
    const last = ordersStart[customer + 1]! - 1;
    for (let k = ordersStart[customer]!; k <= last; k++) {
      const weight = 2 ** (-(last - k) / HALF_LIFE_ORDERS);
      all += weight;
      repeats.addChances(bought);
      const order = ordersOf[k]!;
      for (let line = table.start[order]!; line < table.start[order + 1]!; line++) {
        const one = table.items[line]!;
        if (sum[one] === 0) bought.push(one);
        else repeats.addRepeat(one);
        sum[one]! += weight;
      }
    }
    for (const one of bought.sort((a, b) => a - b)) {
      item[write] = one;
      share[write++] = sum[one]! / all;
      sum[one] = 0;
    }
    ordersOfCustomer[customer] = all;
    start[customer + 1] = write;
  }
  return {
    start,
    item: item.slice(0, write),
    share: share.slice(0, write),
    orders: ordersOfCustomer,
    repeatFactor: repeats.factors(),
    forGood: repeats.forGood(),
  };
}

/** What the customer has and would not buy again; nothing for the unknown customer -1. */
export function ownedForGood(history: CustomerHistory, customer: number): ReadonlySet<number> {
  if (customer < 0) return NOTHING;
  const owned = history.item.subarray(history.start[customer]!, history.start[customer + 1]!);
  return new Set(owned.filter((item) => history.forGood[item] === 1));
}
const NOTHING: ReadonlySet<number> = new Set();

function ordersByCustomer(table: BasketTable, orders: number) {
  const customers = table.customerIds.length;
  const ordersStart = new Uint32Array(customers + 1);
  let lines = 0;
  for (let order = 0; order < orders; order++) {
    if (table.customer[order]! < 0) continue;
    ordersStart[table.customer[order]! + 1]!++;
    lines += table.start[order + 1]! - table.start[order]!;
  }
  for (let c = 0; c < customers; c++) ordersStart[c + 1]! += ordersStart[c]!;
  const cursor = ordersStart.slice(0, customers);
  const ordersOf = new Uint32Array(ordersStart[customers]!);
  for (let order = 0; order < orders; order++) {
    if (table.customer[order]! >= 0) ordersOf[cursor[table.customer[order]!]!++] = order;
  }
  return { ordersStart, ordersOf, lines };
}

/** Of the orders a customer placed after buying an item, in how many they bought it again. */
class RepeatCounts {
  readonly #chances: Float64Array;
  readonly #repeats: Float64Array;

  constructor(itemCount: number) {
    this.#chances = new Float64Array(itemCount);
    this.#repeats = new Float64Array(itemCount);
  }

  addChances(items: readonly number[]): void {
    for (const item of items) this.#chances[item]!++;
  }

  addRepeat(item: number): void {
    this.#repeats[item]!++;
  }

  factors(): Float32Array {
    const average = this.#average();
    return Float32Array.from(this.#chances, (of, item) => {
      if (average === 0) return 1;
      const rate = (this.#repeats[item]! + PRIOR_ORDERS * average) / (of + PRIOR_ORDERS);
      return Math.sqrt(rate / average);
    });
  }

  forGood(): Uint32Array {
    const most = FOR_GOOD * this.#average();
    return Uint32Array.from(this.#chances, (of, item) =>
      wilsonInterval(this.#repeats[item]!, of).high < most ? 1 : 0,
    );
  }

  /** The shop's own repeat rate; 0 where nobody ever ordered twice. */
  #average(): number {
    const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    const chances = sum(this.#chances);
    return chances === 0 ? 0 : sum(this.#repeats) / chances;
  }
}
