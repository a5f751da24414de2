import { composition } from "../../composition.ts";
import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { deleteOrder, findOrder, saveOrderNews } from "../../persistence/orders/orders.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import { attributeStoredOrder } from "./attribute-order.ts";
import type { FlowContext } from "../context.ts";
import { countOrder } from "../mining/count-order.ts";
import { enqueueLearning } from "../jobs.ts";

/**
 * Takes in one order as Shopify has it now. A webhook is only the reason to look: its body may be stale, repeated or
 * out of order, the order itself is not. Counts and attribution follow in the same transaction, lists soon
 * after it, and what is published after these. `settle` runs in the same transaction, whatever the outcome.
 */
export async function syncOrder(
  shop: ShopDomain,
  id: OrderId,
  context: FlowContext = composition(),
  settle: (tx: ShopTransaction) => Promise<void> = async () => {},
): Promise<{ code: "stored" | "older-than-stored" | "deleted" | "unknown-shop" }> {
  const news = await context.gateway.order(shop, id);
  return inShop(context.database, shop, async (tx) => {
    // An order that is asked for is no reason to keep a shop that left meanwhile.
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    await settle(tx);
    if (news === null) {
      await deleteOrder(tx, id);
      if (await countOrder(tx, id, null)) await enqueueLearning(tx);
      return { code: "deleted" };
    }
    if (!(await saveOrderNews(tx, news))) return { code: "older-than-stored" };
    const order = await findOrder(tx, id);
    if (order === null) throw new Error("An order that was just stored is not there");
    await attributeStoredOrder(tx, order);
    if (await countOrder(tx, id, order)) await enqueueLearning(tx);
    return { code: "stored" };
  });
}
