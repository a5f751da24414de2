import type { DevOrder, DevOrderLine } from "./state.ts";

/** Everything taken off one line, in minor units. */
export function lineDiscountMinor(line: DevOrderLine): number {
  let sum = 0;
  for (const { amountMinor } of line.discounts) sum += amountMinor;
  return sum;
}

/** Everything taken off shipping, in minor units. */
export function shippingDiscountMinor({ shippingDiscounts = [] }: Pick<DevOrder, "shippingDiscounts">): number {
  return shippingDiscounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What the line cost after discounts, before refunds. */
export function lineNetMinor(line: DevOrderLine): number {
  return line.unitPriceMinor * line.quantity - lineDiscountMinor(line);
}

/** The taxes on all units of one line, in the shop's currency: part of its price where the order's prices hold them. */
export function lineTaxMinor(line: DevOrderLine, { taxes }: Pick<DevOrder, "taxes">): number {
  if (taxes === undefined) return 0;
  const net = Math.max(lineNetMinor(line), 0);
  const whole = 10_000 + (taxes.included ? taxes.basisPoints : 0);
  return Math.round((net * taxes.basisPoints) / whole);
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
  /** The part of it that no line was named for. */
  withoutLinesMinor: number;
  taxMinor: number;
}

/** The sums of one order in minor units of the shop's currency. */
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
  const withoutLinesMinor = order.refunds.reduce((sum, refund) => sum + (refund.withoutLinesMinor ?? 0), 0);
  let refundedMinor = withoutLinesMinor;
  for (const { lines } of order.refunds) for (const { subtotalMinor: part } of lines) refundedMinor += part;
  const taxMinor = order.lines.reduce((sum, line) => sum + lineTaxMinor(line, order), 0);
  const onTopMinor = order.taxes?.included === false ? taxMinor : 0;
  const offShippingMinor = shippingDiscountMinor(order);
  const shippingMinor = order.shippingMinor - offShippingMinor;
  return {
    subtotalMinor,
    currentSubtotalMinor,
    shippingMinor,
    totalMinor: subtotalMinor + shippingMinor + onTopMinor,
    currentTotalMinor: order.cancelledAt === null ? currentSubtotalMinor + shippingMinor : 0,
    discountsMinor: lineDiscountsMinor + offShippingMinor,
    currentDiscountsMinor: currentDiscountsMinor + offShippingMinor,
    refundedMinor,
    withoutLinesMinor,
    taxMinor,
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
