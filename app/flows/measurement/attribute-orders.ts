import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import type { Order } from "../../domain/orders/order.ts";
import { ordersWithOpenClaims } from "../../persistence/measurement/attributions.ts";
import { ordersWithOpenDiscounts } from "../../persistence/measurement/offer-discounts.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { findOrders, holdOrders } from "../../persistence/orders/orders.ts";
import type { FlowContext } from "../context.ts";
import { attributeStoredOrders } from "./attribute-order.ts";

/** Orders of one transaction: few enough that whoever stores one of them meanwhile waits a fraction of a second. */
const ORDERS_AT_ONCE = 48;

/**
 * Recomputes what those stored orders owe to our offers whose claims have earned nothing so far, or that have a discount
 * of ours which is not counted. After a product's first list was published: until then it may not be known what its offer
 * listed.
 */
export async function attributeOrders(shop: ShopDomain, context: FlowContext): Promise<void> {
  const ids = await inShop(context.database, shop, async (tx) => [
    ...new Set([...(await ordersWithOpenClaims(tx)), ...(await ordersWithOpenDiscounts(tx))]),
  ]);
  await attributeThese(shop, ids, context, async () => {});
  context.log.info({ shop, orders: ids.length }, "orders attributed again");
}

/** Recomputes what these orders owe to our offers, as far as they are stored; `also` runs in the same transactions. */
export async function attributeThese(
  shop: ShopDomain,
  ids: readonly OrderId[],
  { database }: Pick<FlowContext, "database">,
  also: (tx: ShopTransaction, orders: readonly Order[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
    const some = ids.slice(from, from + ORDERS_AT_ONCE);
    await inShop(database, shop, async (tx) => {
      await holdOrders(tx, some);
      const orders = await findOrders(tx, some);
      await attributeStoredOrders(tx, orders);
      await also(tx, orders);
    });
  }
}
