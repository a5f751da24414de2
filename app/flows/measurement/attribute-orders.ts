import type { ShopDomain } from "../../domain/ids.ts";
import { ordersWithOpenClaims } from "../../persistence/measurement/attributions.ts";
import { ordersWithOpenDiscounts } from "../../persistence/measurement/offer-discounts.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { findOrder, holdOrder } from "../../persistence/orders/orders.ts";
import type { FlowContext } from "../context.ts";
import { attributeStoredOrder } from "./attribute-order.ts";

/**
 * Recomputes what those stored orders owe to our offers whose claims have earned nothing so far, or that have a discount
 * of ours which is not counted. After a product's first list was published: until then it may not be known what its offer
 * listed.
 */
export async function attributeOrders(shop: ShopDomain, context: FlowContext): Promise<void> {
  const ids = await inShop(context.database, shop, async (tx) => [
    ...new Set([...(await ordersWithOpenClaims(tx)), ...(await ordersWithOpenDiscounts(tx))]),
  ]);
  for (const id of ids) {
    await inShop(context.database, shop, async (tx) => {
      if (!(await holdOrder(tx, id))) return;
      const order = await findOrder(tx, id);
      if (order !== null) await attributeStoredOrder(tx, order);
    });
  }
  context.log.info({ shop, orders: ids.length }, "orders attributed again");
}
