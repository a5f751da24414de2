import { composition } from "../composition.ts";
import type { OrderId, ShopDomain } from "../domain/ids.ts";
import { inShop, type ShopTransaction } from "../persistence/in-shop.ts";
import { deleteOrder, findOrder, saveOrderNews } from "../persistence/orders.ts";
import { findShop, shopStays } from "../persistence/shops.ts";
import { takeTurn } from "../persistence/turn.ts";
import { attributeStoredOrder } from "./attribute-order.ts";
import type { FlowContext } from "./context.ts";
import { enqueueLearning, enqueueMining } from "./jobs.ts";
import { refreshAssociations, type RefreshOutcome } from "./refresh-associations.ts";

/**
 * Takes in one order as Shopify has it now. A webhook is only the reason to look: its body may be stale, repeated or
 * out of order, the order itself is not. Counts and attribution follow in the same transaction, lists soon
 * after it, and what is published after these.
 */
export async function syncOrder(
  shop: ShopDomain,
  id: OrderId,
  context: FlowContext = composition(),
): Promise<{ code: "stored" | "older-than-stored" | "deleted" | "unknown-shop" }> {
  const isInstalled = await inShop(context.database, shop, async (tx) => (await findShop(tx)) !== null);
  if (!isInstalled) return { code: "unknown-shop" };
  const news = await context.gateway.order(shop, id);
  return inShop(context.database, shop, async (tx) => {
    // An order that is asked for is no reason to keep a shop that left meanwhile.
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    await takeTurn(tx, "counts");
    if (news === null) {
      await deleteOrder(tx, id);
      await follow(tx, await refreshAssociations(tx, id, null));
      return { code: "deleted" };
    }
    if (!(await saveOrderNews(tx, news))) return { code: "older-than-stored" };
    const order = await findOrder(tx, id);
    if (order === null) throw new Error("An order that was just stored is not there");
    await attributeStoredOrder(tx, order);
    await follow(tx, await refreshAssociations(tx, id, order));
    return { code: "stored" };
  });
}

async function follow(tx: ShopTransaction, outcome: RefreshOutcome): Promise<void> {
  if (outcome === "counted") await enqueueLearning(tx);
  if (outcome === "too-large") await enqueueMining(tx);
}
