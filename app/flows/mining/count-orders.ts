import { countedOrder } from "../../domain/baskets/basket-of-order.ts";
import type { OrderId } from "../../domain/ids.ts";
import type { Order } from "../../domain/orders/order.ts";
import { changeBaskets } from "../../persistence/mining/counts/basket-deltas.ts";
import { basketRow, type BasketRow } from "../../persistence/mining/counts/baskets.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";

/**
 * Brings the counts up to date after some orders came, changed or went (null): once this transaction has ended, whoever
 * reads the counts reads what counting all orders from scratch would give. The transaction has written or deleted the
 * rows of these orders, which keeps others from counting them at the same time. Returns whether anything changed.
 */
export function countOrders(tx: ShopTransaction, orders: ReadonlyMap<OrderId, Order | null>): Promise<boolean> {
  return changeBaskets(tx, new Map(Array.from(orders, ([id, order]) => [id, order === null ? null : basketOf(order)])));
}

function basketOf(order: Order): BasketRow | null {
  const { products } = countedOrder(order);
  return products.length === 0 ? null : basketRow(order, products);
}
