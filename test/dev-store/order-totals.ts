import type { DevOrder, DevOrderLine } from "./state.ts";

/** Everything taken off one line, in minor units. */
export function lineDiscountMinor(line: DevOrderLine): number {
  let sum = 0;
  for (const { amountMinor } of line.discounts) sum += amountMinor;
  return sum;
}

/** What the line cost after discounts, before refunds. */
export function lineNetMinor(line: DevOrderLine): number {
  return line.unitPriceMinor * line.quantity - lineDiscountMinor(line);
}

export interface OrderTotals {
  /** Lines after discounts, as placed. */
  subtotalMinor: number;
  /** The same without refunded units; nothing where the order was cancelled. */
  currentSubtotalMinor: number;
  shippingMinor: number;
  totalMinor: number;
  currentTotalMinor: number;
  discountsMinor: number;
  currentDiscountsMinor: number;
  refundedMinor: number;
}

/** The sums of one order in minor units of the shop's currency. Taxes are part of the prices. */
export function orderTotals(order: DevOrder): OrderTotals {
  let subtotalMinor = 0;
  let currentSubtotalMinor = 0;
  let lineDiscountsMinor = 0;
  let currentDiscountsMinor = 0;
  for (const line of order.lines) {
    const net = lineNetMinor(line);
    const discount = lineDiscountMinor(line);
    subtotalMinor += net;
    lineDiscountsMinor += discount;
    if (line.quantity > 0) {
      currentSubtotalMinor += net - refundShareMinor(line, line.quantity - line.currentQuantity, line.quantity);
      currentDiscountsMinor +=
        discount - Math.floor((discount * (line.quantity - line.currentQuantity)) / line.quantity);
    }
  }
  let refundedMinor = 0;
  for (const { lines } of order.refunds) for (const { subtotalMinor: part } of lines) refundedMinor += part;
  const shippingMinor = order.shippingMinor - order.shippingDiscountMinor;
  return {
    subtotalMinor,
    currentSubtotalMinor,
    shippingMinor,
    totalMinor: subtotalMinor + shippingMinor,
    currentTotalMinor: order.cancelledAt === null ? currentSubtotalMinor + shippingMinor : 0,
    discountsMinor: lineDiscountsMinor + order.shippingDiscountMinor,
    currentDiscountsMinor: currentDiscountsMinor + order.shippingDiscountMinor,
    refundedMinor,
  };
}

/**
 * What `units` of a line give back when `left` units are still sold: the running share, so that refunds of single
 * units sum to the whole line.
 */
export function refundShareMinor(line: DevOrderLine, units: number, left: number): number {
  if (line.quantity === 0) return 0;
  const net = lineNetMinor(line);
  const before = Math.round((net * (line.quantity - left)) / line.quantity);
  const after = Math.round((net * (line.quantity - left + units)) / line.quantity);
  return after - before;
}
