import { countedOrder } from "../domain/baskets/basket-of-order.ts";
import { bareNumber, type OrderId, type ProductId } from "../domain/ids.ts";
import type { Order } from "../domain/orders/order.ts";
import { refreshAssociationRows } from "../persistence/association-refresh.ts";
import { basketRow, deleteBasket, findBasket, saveBaskets } from "../persistence/baskets.ts";
import type { ShopTransaction } from "../persistence/in-shop.ts";

/**
 * Brings the counts up to date after one order came, changed or went (null): the products that were or are in its
 * basket are counted anew. The outcome is the same as that of a full rebuild. Says whether any count changed.
 */
export async function refreshAssociations(tx: ShopTransaction, id: OrderId, order: Order | null): Promise<boolean> {
  const before = await findBasket(tx, id);
  const products = order === null ? [] : countedOrder(order).products;
  const sameProducts = sameSet(before?.products ?? [], products);
  const sameTime = before === null || order === null || before.at.getTime() === order.processedAt;
  if (order === null || products.length === 0) await deleteBasket(tx, id);
  else await saveBaskets(tx, [basketRow(order, products)]);
  if (sameProducts && sameTime) return false;
  await refreshAssociationRows(tx, [...(before?.products ?? []), ...products].map(bareNumber));
  return true;
}

function sameSet(a: readonly ProductId[], b: readonly ProductId[]): boolean {
  const inA = new Set(a);
  return inA.size === new Set(b).size && b.every((product) => inA.has(product));
}
