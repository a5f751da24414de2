import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  dueChangedOrders,
  postponeChange,
  secondsUntilNextChange,
  settleChanges,
  type ChangedOrder,
} from "../../persistence/orders/changed-orders.ts";
import { noteUnreadOrders } from "../../persistence/orders/unread-orders.ts";
import { UnreadableOrder } from "../../shopify/readers/read-nodes.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { storeOrders } from "./sync-order.ts";
import { reportUnreadOrders } from "./report-unread-orders.ts";

/** Orders that are taken from the list, read and stored together. */
const ORDERS_AT_ONCE = 48;
/**
 * A job that has run for this long lets the queue start it again, so that a stop never has to wait for a whole list.
 */
const LONGEST_RUN_MS = 10_000;
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 6 * 60 * 60;
/** With growing pauses these reach over two days, longer than any deployment of a fix should take. */
const MOST_ATTEMPTS = 22;

/**
 * Reads every changed order of a shop again. What fails for one order puts off that order alone; what would fail for
 * all (Shopify cannot be reached, or knows our token no more) is thrown, and the queue tries again.
 */
export async function syncChangedOrders(shop: ShopDomain, context: FlowContext): Promise<void> {
  const { database } = context;
  const startedAt = performance.now();
  while (performance.now() - startedAt < LONGEST_RUN_MS) {
    const due = await inShop(database, shop, (tx) => dueChangedOrders(tx, ORDERS_AT_ONCE));
    if (due.length === 0) break;
    await takeIn(shop, due, context);
  }
  await inShop(database, shop, async (tx) => {
    const seconds = await secondsUntilNextChange(tx);
    if (seconds !== null) await enqueue(tx, "sync-orders", {}, { delaySeconds: seconds });
  });
}

/** Reads some changed orders and stores them together, or one by one where they cannot be stored together. */
async function takeIn(shop: ShopDomain, due: readonly ChangedOrder[], context: FlowContext): Promise<void> {
  const changes = new Map(due.map((change) => [change.orderId, change]));
  const readable = new Map<OrderId, FetchedOrder | null>();
  for (const read of await context.gateway.orders(shop, [...changes.keys()])) {
    if ("fetched" in read) readable.set(read.id, read.fetched);
    else await putOff(shop, changes.get(read.id)!, read.failure, context);
  }
  if (readable.size === 0) return;
  const store = (orders: ReadonlyMap<OrderId, FetchedOrder | null>) =>
    storeOrders(shop, orders, context, (tx) =>
      settleChanges(
        tx,
        [...orders.keys()].map((id) => changes.get(id)!),
      ),
    );
  try {
    await store(readable);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    context.log.warn({ shop, orders: readable.size, message }, "orders are stored one by one: together they failed");
    for (const [id, fetched] of readable) {
      await store(new Map([[id, fetched]])).catch((failure) => putOff(shop, changes.get(id)!, failure, context));
    }
  }
}

/** Has an order that could not be taken in read again later; gives it up where that would not help. */
async function putOff(shop: ShopDomain, change: ChangedOrder, error: unknown, context: FlowContext): Promise<void> {
  const { database, log } = context;
  const { orderId, attempts } = change;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof UnreadableOrder || attempts + 1 >= MOST_ATTEMPTS) {
    log.error({ shop, orderId, message }, "order given up: it cannot be taken in");
    const name = error instanceof UnreadableOrder ? error.orderName : null;
    await inShop(database, shop, async (tx) => {
      await noteUnreadOrders(tx, [{ orderId, name, reason: message.slice(0, 200) }], context.now());
      await settleChanges(tx, [change]);
    });
    return reportUnreadOrders(shop, context);
  }
  log.warn({ shop, orderId, attempts: attempts + 1, message }, "order put off: it could not be taken in");
  const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** attempts, LONGEST_PAUSE_SECONDS);
  await inShop(database, shop, (tx) => postponeChange(tx, change, pause));
}
