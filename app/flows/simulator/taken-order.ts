import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import { currencyPaid } from "../../domain/orders/currency-paid.ts";
import type { SimulatedQuery } from "../../domain/simulation/simulated-query.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { findOrderNamed } from "../../persistence/orders/find-order.ts";
import { findOrder } from "../../persistence/orders/orders.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { OrderAmounts } from "../../shopify/readers/order-amounts.ts";
import type { SimulatorView } from "../../views/simulator-view.ts";
import type { FlowContext } from "../context.ts";
import { askOrderAmounts, linesOfOrder, storedAmounts } from "./order-amounts.ts";

/** A question with the lines of the order that it names, and what is said of that order. */
export interface TakenOrder {
  readonly query: SimulatedQuery;
  readonly order: SimulatorView["order"];
}

/**
 * Puts the lines of the order that a question names into its cart, where it has no lines of its own. Prices are those before
 * discounts that the order was placed at, in the currency that was paid in unless another one is asked for: in the shop's of
 * then as stored, else as Shopify says was paid. In any other currency they are the catalogue's of today.
 */
export async function takeOrder(shop: ShopDomain, query: SimulatedQuery, context: FlowContext): Promise<TakenOrder> {
  const { order: named, currency: asked } = query;
  if (named === null || query.lines.length > 0) return { query, order: null };
  const { order, shopCurrency } = await inShop(context.database, shop, async (tx) => {
    const id = await findOrderNamed(tx, named);
    return {
      order: id === null ? null : await findOrder(tx, id),
      shopCurrency: (await theShop(tx)).currency,
    };
  });
  if (order === null) return { query, order: { notFound: named } };
  const paidIn = currencyPaid(order);
  const wanted = asked ?? paidIn ?? order.currency;
  const isConverted = wanted === paidIn && wanted !== order.currency;
  const paid = isConverted ? await askPaidAmounts(shop, order.id, wanted, context) : null;
  const stored = wanted === order.currency || (paid === null && asked === null) ? storedAmounts(order) : null;
  const amounts = paid ?? stored;
  const currency = amounts?.currency ?? wanted;
  const { lines, leftOut } = linesOfOrder(order, amounts);
  return {
    query: {
      ...{ ...query, lines, currency: asked === null && currency === shopCurrency ? null : currency },
      // An amount of another currency means nothing in this one.
      feeMinor: currency === (asked ?? shopCurrency) ? query.feeMinor : null,
    },
    order: {
      ...{ name: order.name, leftOut, paidIn, notAnswered: isConverted && paid === null },
      prices: amounts === null ? "catalogue" : amounts.asPaid ? "paid" : "converted",
    },
  };
}

async function askPaidAmounts(
  shop: ShopDomain,
  id: OrderId,
  currency: string,
  context: FlowContext,
): Promise<OrderAmounts | null> {
  const amounts = await askOrderAmounts(shop, id, context);
  return amounts?.currency === currency ? amounts : null;
}
