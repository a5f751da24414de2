import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { deleteOrder, findOrders, orderCreatedAt } from "../../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../persistence/orders/save-orders.ts";
import { noteDeletedOrder, settleUnreadOrders } from "../../persistence/orders/unread-orders.ts";
import { findShop, shopStays } from "../../persistence/shop/shops.ts";
import { attributeStoredOrders } from "../measurement/attribute-order.ts";
import type { FlowContext } from "../context.ts";
import { endStoreCredits, noteStoreCredits } from "../store-credit/note-store-credits.ts";
import { countOrders } from "../mining/count-orders.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { reportUnreadOrders } from "./report-unread-orders.ts";

/** What became of an order; hidden: it may be there, but this app may not see it. */
export type SyncCode = "stored" | "older-than-stored" | "deleted" | "hidden" | "unknown-shop";

export interface SyncOutcome {
  readonly code: SyncCode;
}

/**
 * Takes in one order as Shopify has it now. A webhook is only the reason to look: its body may be stale, repeated or
 * out of order, the order itself is not. See {@link storeOrders}.
 */
export async function syncOrder(shop: ShopDomain, id: OrderId, context: FlowContext): Promise<SyncOutcome> {
  const fetched = await context.gateway.order(shop, id);
  return { code: (await storeOrders(shop, new Map([[id, fetched]]), context)).get(id)! };
}

/**
 * Stores orders as they were just read (null: Shopify has none) in one transaction, with their counts and attribution;
 * lists follow soon after it, and what is published after these. `settle` runs last in the same transaction, whatever
 * the outcome of each order.
 */
export async function storeOrders(
  shop: ShopDomain,
  orders: ReadonlyMap<OrderId, FetchedOrder | null>,
  context: FlowContext,
  settle: (tx: ShopTransaction) => Promise<void> = async () => {},
): Promise<Map<OrderId, SyncCode>> {
  let wereUnread = false;
  const outcomes = await inShop(context.database, shop, async (tx) => {
    // An order that is asked for is no reason to keep a shop that left meanwhile.
    if (!(await shopStays(tx))) return new Map(Array.from(orders, ([id]) => [id, "unknown-shop" as const]));
    const stored = await storeFetched(
      tx,
      [...orders.values()].filter((fetched) => fetched !== null),
      context.now(),
    );
    const outcomes = new Map<OrderId, SyncCode>();
    for (const [id, fetched] of orders) {
      if (fetched !== null) outcomes.set(id, stored.has(id) ? "stored" : "older-than-stored");
      // Older orders are hidden from an app without the scope for all orders. They are there all the same.
      else outcomes.set(id, (await mayBeHidden(tx, id, context.now())) ? "hidden" : "deleted");
    }
    const deleted = [...orders.keys()].filter((id) => outcomes.get(id) === "deleted");
    await forgetOrders(tx, deleted, context.now());
    wereUnread = await settleUnreadOrders(
      tx,
      [...orders.keys()].filter((id) => outcomes.get(id) !== "hidden"),
    );
    await settle(tx);
    return outcomes;
  });
  if (wereUnread) await reportUnreadOrders(shop, context);
  return outcomes;
}

/** Stores orders with their counts and attribution. Returns the ids of those that are not older than what is stored. */
async function storeFetched(tx: ShopTransaction, fetched: readonly FetchedOrder[], now: Date): Promise<Set<OrderId>> {
  const stored = await saveFetchedOrders(tx, fetched);
  const orders = await findOrders(tx, [...stored]);
  if (orders.length !== stored.size) throw new Error("An order that was just stored is not there");
  await attributeStoredOrders(tx, orders);
  await noteStoreCredits(tx, orders, now);
  if (await countOrders(tx, new Map(orders.map((order) => [order.id, order])))) await enqueue(tx, "learn-associations");
  return stored;
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

/** Takes orders out of everything that was derived from them. */
async function forgetOrders(tx: ShopTransaction, ids: readonly OrderId[], now: Date): Promise<void> {
  for (const id of ids) await deleteOrder(tx, id);
  await endStoreCredits(tx, ids, now);
  if (await countOrders(tx, new Map(ids.map((id) => [id, null])))) await enqueue(tx, "learn-associations");
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
  const fetched = await context.gateway.order(shop, id);
  if (fetched !== null) return { code: "still-there" };
  const outcome = await inShop(context.database, shop, async (tx): Promise<{ code: "deleted" | "unknown-shop" }> => {
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    await noteDeletedOrder(tx, id);
    await forgetOrders(tx, [id], context.now());
    await settleUnreadOrders(tx, [id]);
    return { code: "deleted" };
  });
  await reportUnreadOrders(shop, context);
  return outcome;
}
