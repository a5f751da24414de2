import { countedOrder } from "../domain/baskets/basket-of-order.ts";
import { bareNumber, type OrderId, type ProductId } from "../domain/ids.ts";
import type { Order } from "../domain/orders/order.ts";
import { refreshAssociationRows } from "../persistence/association-refresh.ts";
import { basketRow, deleteBasket, findBasket, saveBaskets } from "../persistence/baskets.ts";
import type { ShopTransaction } from "../persistence/in-shop.ts";

/** Pairs grow with the square of a basket. Counting everything anew is quicker than counting those of a larger one. */
const MOST_PRODUCTS = 200;

/** What became of the counts. `"too-large"`: the basket is stored, and everything is to be counted anew. */
export type RefreshOutcome = "unchanged" | "counted" | "too-large";

/**
 * Brings the counts up to date after one order came, changed or went (null): the pairs of the products that were or
 * are in its basket are counted anew. The outcome is the same as that of a full rebuild.
 */
export async function refreshAssociations(
  tx: ShopTransaction,
  id: OrderId,
  order: Order | null,
): Promise<RefreshOutcome> {
  const before = await findBasket(tx, id);
  const products = order === null ? [] : countedOrder(order).products;
  const sameProducts = sameSet(before?.products ?? [], products);
  const sameTime = before === null || order === null || before.at.getTime() === order.processedAt;
  if (order === null || products.length === 0) await deleteBasket(tx, id);
  else await saveBaskets(tx, [basketRow(order, products)]);
  if (sameProducts && sameTime) return "unchanged";
  const touched = new Set([...(before?.products ?? []), ...products].map(bareNumber));
  if (touched.size > MOST_PRODUCTS) return "too-large";
  await refreshAssociationRows(tx, [...touched]);
  return "counted";
}

function sameSet(a: readonly ProductId[], b: readonly ProductId[]): boolean {
  const inA = new Set(a);
  return inA.size === new Set(b).size && b.every((product) => inA.has(product));
}
