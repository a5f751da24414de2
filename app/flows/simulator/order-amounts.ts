import { bareNumber, type LineId, type OrderId, type ShopDomain } from "../../domain/ids.ts";
import { currencyPaid } from "../../domain/orders/currency-paid.ts";
import type { Order } from "../../domain/orders/order.ts";
import { type AskedLine, MOST_LINES } from "../../domain/simulation/simulated-query.ts";
import { concernsWholeShop, isRefusal } from "../../shopify/client/errors.ts";
import { ORDER_DISCOUNTS } from "../../shopify/operations/order-discounts.ts";
import { type LineAmounts, type OrderAmounts, readOrderAmounts } from "../../shopify/readers/order-amounts.ts";
import type { FlowContext } from "../context.ts";

/**
 * What the lines of an order cost by what Shopify says of it now. Null where it does not say: it does not answer, refuses,
 * has no such order, or no longer knows the order's currencies.
 */
export async function askOrderAmounts(
  shop: ShopDomain,
  id: OrderId,
  { gateway, log }: FlowContext,
): Promise<OrderAmounts | null> {
  try {
    const { order } = await gateway.client.query(shop, ORDER_DISCOUNTS, { id });
    return order === null ? null : readOrderAmounts(order);
  } catch (error) {
    if (!concernsWholeShop(error) && !isRefusal(error)) throw error;
    log.warn({ shop, order: id, reason: (error as Error).message }, "order not read");
    return null;
  }
}

/** What the lines of an order cost as it is stored, in the shop's currency when it was placed. */
export function storedAmounts(order: Order): OrderAmounts {
  return {
    currency: order.currency,
    asPaid: currencyPaid(order) === order.currency,
    lines: new Map(
      order.lines.map(({ id, unitPriceMinor, discountMinor, automaticDiscounts = [] }): [LineId, LineAmounts] => {
        const minor = automaticDiscounts.reduce((rest, one) => rest - one.minor, discountMinor);
        return [id, { unitPriceMinor, discounts: minor > 0 ? [...automaticDiscounts, { minor }] : automaticDiscounts }];
      }),
    ),
  };
}

/**
 * The lines of an order as they were ordered, at their prices before discounts; at the catalogue's where `amounts` is null.
 * Left out are those that are no products of the shop, or beyond the first so many.
 */
export function linesOfOrder(order: Order, amounts: OrderAmounts | null): { lines: AskedLine[]; leftOut: number } {
  const lines = order.lines.flatMap(({ id, variantId, quantity }): AskedLine[] => {
    const priceMinor = amounts === null ? null : amounts.lines.get(id)?.unitPriceMinor;
    if (variantId === null || quantity < 1 || priceMinor === undefined) return [];
    return [{ variant: bareNumber(variantId), quantity, subscription: false, priceMinor }];
  });
  const kept = lines.slice(0, MOST_LINES);
  return { lines: kept, leftOut: order.lines.length - kept.length };
}
