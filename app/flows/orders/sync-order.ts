import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { deleteOrder, findOrder, orderCreatedAt, saveOrderNews } from "../../persistence/orders/orders.ts";
import { noteDeletedOrder, settleUnreadOrder } from "../../persistence/orders/unread-orders.ts";
import { findShop, shopStays } from "../../persistence/shop/shops.ts";
import { attributeStoredOrder } from "../measurement/attribute-order.ts";
import type { FlowContext } from "../context.ts";
import { countOrder } from "../mining/count-order.ts";
import { enqueueLearning } from "../../queue/jobs.ts";
import { tellUnreadOrders } from "./tell-unread-orders.ts";

export interface SyncOutcome {
  readonly code: "stored" | "older-than-stored" | "deleted" | "hidden" | "unknown-shop";
}

/**
 * Takes in one order as Shopify has it now. A webhook is only the reason to look: its body may be stale, repeated or
 * out of order, the order itself is not. Counts and attribution follow in the same transaction, lists soon
 * after it, and what is published after these. `settle` runs in the same transaction, whatever the outcome.
 */
export async function syncOrder(
  shop: ShopDomain,
  id: OrderId,
  context: FlowContext,
  settle: (tx: ShopTransaction) => Promise<void> = async () => {},
): Promise<SyncOutcome> {
  const news = await context.gateway.order(shop, id);
  let wasUnread = false;
  const outcome = await inShop(context.database, shop, async (tx): Promise<SyncOutcome> => {
    // An order that is asked for is no reason to keep a shop that left meanwhile.
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    await settle(tx);
    if (news === null) {
      // Older orders are hidden from an app without the scope for all orders. They are there all the same.
      if (await mayBeHidden(tx, id, context.now())) return { code: "hidden" };
      await forgetOrder(tx, id);
      return { code: "deleted" };
    }
    wasUnread = await settleUnreadOrder(tx, id);
    if (!(await saveOrderNews(tx, news))) return { code: "older-than-stored" };
    const order = await findOrder(tx, id);
    if (order === null) throw new Error("An order that was just stored is not there");
    await attributeStoredOrder(tx, order);
    if (await countOrder(tx, id, order)) await enqueueLearning(tx);
    return { code: "stored" };
  });
  if (wasUnread) await tellUnreadOrders(shop, context);
  return outcome;
}

/** Without the scope for all orders an app sees those of the last 60 days. */
const VISIBLE_MS = 60 * 86_400_000;
/** Two clocks tell when these begin. */
const LEEWAY_MS = 86_400_000;

async function mayBeHidden(tx: ShopTransaction, id: OrderId, now: Date): Promise<boolean> {
  const shop = await findShop(tx);
  if (shop === null || shop.allOrders) return false;
  const createdAt = await orderCreatedAt(tx, id);
  return createdAt !== null && createdAt.getTime() < now.getTime() - VISIBLE_MS + LEEWAY_MS;
}

/** Takes an order out of everything that was derived from it. */
async function forgetOrder(tx: ShopTransaction, id: OrderId): Promise<void> {
  await deleteOrder(tx, id);
  await settleUnreadOrder(tx, id);
  if (await countOrder(tx, id, null)) await enqueueLearning(tx);
}

/**
 * Takes an order out that Shopify says it has deleted, for good: no file that was made before brings it back. Where
 * Shopify still has the order, it was another shop's word, or one that is wrong, and nothing changes.
 */
export async function removeOrder(
  shop: ShopDomain,
  id: OrderId,
  context: FlowContext,
): Promise<{ code: "deleted" | "still-there" | "unknown-shop" }> {
  const news = await context.gateway.order(shop, id);
  if (news !== null) return { code: "still-there" };
  const outcome = await inShop(context.database, shop, async (tx): Promise<{ code: "deleted" | "unknown-shop" }> => {
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    await noteDeletedOrder(tx, id);
    await forgetOrder(tx, id);
    return { code: "deleted" };
  });
  await tellUnreadOrders(shop, context);
  return outcome;
}
