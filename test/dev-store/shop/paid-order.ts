import { convertMinor } from "./money.ts";
import type { DevDiscountAllocation, DevOrder, DevOrderLine, DevRefund } from "./state.ts";

type Paid = Pick<DevOrder, "currency" | "presentmentCurrency" | "presentmentRate">;

/**
 * An order with every amount as the buyer paid it, in their currency: neither a market's own prices nor what discounts took
 * off them are the shop's amounts, converted. What an order does not say apart is converted.
 */
export function paidOrder(order: DevOrder): DevOrder {
  if (order.currency === order.presentmentCurrency) return order;
  return {
    ...order,
    lines: order.lines.map((line) => paidLine(line, order)),
    shippingMinor: order.paidShippingMinor ?? convert(order.shippingMinor, order),
    ...(order.shippingDiscounts && {
      shippingDiscounts: order.shippingDiscounts.map((each) => paidDiscount(each, order)),
    }),
    refunds: order.refunds.map((refund) => paidRefund(refund, order)),
  };
}

export function paidLine(line: DevOrderLine, order: Paid): DevOrderLine {
  return {
    ...line,
    unitPriceMinor: line.paidUnitPriceMinor ?? convert(line.unitPriceMinor, order),
    discounts: line.discounts.map((discount) => paidDiscount(discount, order)),
  };
}

export function paidDiscount(discount: DevDiscountAllocation, order: Paid): DevDiscountAllocation {
  return { ...discount, amountMinor: discount.paidMinor ?? convert(discount.amountMinor, order) };
}

export function paidRefund(refund: DevRefund, order: Paid): DevRefund {
  const { withoutLinesMinor = 0 } = refund;
  return {
    ...refund,
    lines: refund.lines.map((line) => ({ ...line, subtotalMinor: convert(line.subtotalMinor, order) })),
    withoutLinesMinor: convert(withoutLinesMinor, order),
  };
}

function convert(amountMinor: number, { currency, presentmentCurrency, presentmentRate }: Paid): number {
  return convertMinor(amountMinor, currency, presentmentCurrency, presentmentRate);
}
