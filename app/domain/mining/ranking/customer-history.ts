import type { BasketTable } from "../basket-table.ts";

/** What each customer bought before, later orders weighing more: compressed sparse rows by customer. */
export interface CustomerHistory {
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** Sum of 2^(-orders since / HALF_LIFE_ORDERS) over the customer's orders with the item. */
  readonly weight: Float32Array;
}

/** A customer's own orders after which an order counts half. */
const HALF_LIFE_ORDERS = 4;

/** The history of the first `orders` orders; orders without a customer leave no trace. */
export function customerHistory(table: BasketTable, orders: number = table.at.length): CustomerHistory {
  const customers = table.customerIds.length;
  const ordersStart = new Uint32Array(customers + 1);
  for (let order = 0; order < orders; order++) {
    if (table.customer[order]! >= 0) ordersStart[table.customer[order]! + 1]!++;
  }
  for (let c = 0; c < customers; c++) ordersStart[c + 1]! += ordersStart[c]!;
  const cursor = ordersStart.slice(0, customers);
  const ordersOf = new Uint32Array(ordersStart[customers]!);
  let lines = 0;
  for (let order = 0; order < orders; order++) {
    const customer = table.customer[order]!;
    if (customer < 0) continue;
    ordersOf[cursor[customer]!++] = order;
    lines += table.start[order + 1]! - table.start[order]!;
  }
  const start = new Uint32Array(customers + 1);
  const item = new Uint32Array(lines);
  const weight = new Float32Array(lines);
  const sum = new Float64Array(table.itemIds.length);
  let write = 0;
  for (let customer = 0; customer < customers; customer++) {
    const bought: number[] = [];
    for (let k = ordersStart[customer]!; k < ordersStart[customer + 1]!; k++) {
      const share = 2 ** (-(ordersStart[customer + 1]! - 1 - k) / HALF_LIFE_ORDERS);
      const order = ordersOf[k]!;
      for (let line = table.start[order]!; line < table.start[order + 1]!; line++) {
        const bought1 = table.items[line]!;
        if (sum[bought1] === 0) bought.push(bought1);
        sum[bought1]! += share;
      }
    }
    for (const bought1 of bought.sort((a, b) => a - b)) {
      item[write] = bought1;
      weight[write++] = sum[bought1]!;
      sum[bought1] = 0;
    }
    start[customer + 1] = write;
  }
  return { start, item: item.slice(0, write), weight: weight.slice(0, write) };
}
