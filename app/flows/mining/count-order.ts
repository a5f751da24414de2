import { countedOrder } from "../../domain/baskets/basket-of-order.ts";
import type { OrderId } from "../../domain/ids.ts";
import type { Order } from "../../domain/orders/order.ts";
import { changeBasket } from "../../persistence/mining/counts/basket-news.ts";
import { basketRow } from "../../persistence/mining/counts/baskets.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";

/**
 * Brings the counts up to date after one order came, changed or went (null): from this transaction's end, whoever reads
 * them reads what counting all orders anew would give. The transaction has written or deleted the order's own row, and
 * so keeps others from counting it at once. Says whether anything changed.
 */
export function countOrder(tx: ShopTransaction, id: OrderId, order: Order | null): Promise<boolean> {
  const products = order === null ? [] : countedOrder(order).products;
  return changeBasket(tx, id, order === null || products.length === 0 ? null : basketRow(order, products));
}
