import { gid, type LineId } from "../../domain/ids.ts";
import { isKnownCurrency } from "../../domain/money/currency.ts";
import { parseDecimal } from "../../domain/money/money.ts";
import type { MoneySet, OrderAmountsNode } from "../operations/order-discounts.ts";

/** What lines of an order cost, all in one currency. */
export interface OrderAmounts {
  readonly currency: string;
  /** Whether the buyer paid in this currency; else it was the shop's when the order was placed. */
  readonly asPaid: boolean;
  readonly lines: ReadonlyMap<LineId, LineAmounts>;
}

/** What one line cost, in minor units. */
export interface LineAmounts {
  /** One unit before discounts. */
  readonly unitPriceMinor: number;
  /** What each discount took off all units; only automatic ones have a title. */
  readonly discounts: readonly { readonly title?: string; readonly minor: number }[];
}

/**
 * What the lines of an order cost as the buyer paid it; in the shop's currency of then where Shopify no longer knows the one
 * that was paid ("XXX"). Null where it knows neither.
 */
export function readOrderAmounts(order: OrderAmountsNode): OrderAmounts | null {
  return amountsIn("presentmentMoney", order) ?? amountsIn("shopMoney", order);
}

function amountsIn(
  which: keyof MoneySet,
  { currencyCode, presentmentCurrencyCode, lineItems }: OrderAmountsNode,
): OrderAmounts | null {
  const currency = which === "shopMoney" ? currencyCode : presentmentCurrencyCode;
  if (!isKnownCurrency(currency)) return null;
  const minor = ({ [which]: { amount, currencyCode: code } }: MoneySet) =>
    code === currency ? (parseDecimal(amount, currency, "half-up")?.amountMinor ?? NaN) : NaN;
  const lines = lineItems.nodes.map(({ id, originalUnitPriceSet, discountAllocations }): [LineId, LineAmounts] => [
    gid("LineItem", id),
    {
      unitPriceMinor: minor(originalUnitPriceSet),
      discounts: discountAllocations.map(({ allocatedAmountSet, discountApplication: { title } }) => ({
        ...(title === undefined ? {} : { title }),
        minor: minor(allocatedAmountSet),
      })),
    },
  ]);
  const isRead = ([, { unitPriceMinor, discounts }]: [LineId, LineAmounts]) =>
    !isNaN(discounts.reduce((sum, one) => sum + one.minor, unitPriceMinor));
  if (!lines.every(isRead)) return null;
  return { currency, asPaid: currency === presentmentCurrencyCode, lines: new Map(lines) };
}
