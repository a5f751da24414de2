import { composition } from "../composition.ts";
import type { OrderId, ShopDomain } from "../domain/ids.ts";
import { aloneInShop, inShop, type ShopTransaction } from "../persistence/in-shop.ts";
import { deleteOrder, findOrder, saveOrderNews } from "../persistence/orders.ts";
import { findShop } from "../persistence/shops.ts";
import { attributeStoredOrder } from "./attribute-order.ts";
import type { FlowContext } from "./context.ts";
import { enqueueMining, enqueuePublish } from "./jobs.ts";
import { refreshAssociations } from "./refresh-associations.ts";

/**
 * Takes in one order as Shopify has it now. A webhook is only the reason to look: its body may be stale, repeated or
 * out of order, the order itself is not. Counts and attribution follow in the same transaction.
 */
export async function syncOrder(
  shop: ShopDomain,
  id: OrderId,
  context: FlowContext = composition(),
): Promise<{ code: "stored" | "older-than-stored" | "deleted" | "unknown-shop" }> {
  const isInstalled = await inShop(context.database, shop, async (tx) => (await findShop(tx)) !== null);
  if (!isInstalled) return { code: "unknown-shop" };
  const news = await context.gateway.order(shop, id);
  return aloneInShop(context.database, shop, "counts", () =>
    inShop(context.database, shop, async (tx) => {
      if (news === null) {
        await deleteOrder(tx, id);
        if (await refreshAssociations(tx, id, null)) await followCounts(tx);
        return { code: "deleted" };
      }
      if (!(await saveOrderNews(tx, news))) return { code: "older-than-stored" };
      const order = await findOrder(tx, id);
      if (order === null) throw new Error("An order that was just stored is not there");
      await attributeStoredOrder(tx, order);
      if (await refreshAssociations(tx, id, order)) await followCounts(tx);
      return { code: "stored" };
    }),
  );
}

async function followCounts(tx: ShopTransaction): Promise<void> {
  await enqueuePublish(tx);
  await enqueueMining(tx);
}
