import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  dueChangedOrders,
  postponeChange,
  secondsUntilNextChange,
  settleChange,
  type ChangedOrder,
} from "../../persistence/orders/changed-orders.ts";
import { AccessDenied, AuthenticationFailed, Throttled, TransportFailed } from "../../shopify/client/errors.ts";
import { noteUnreadOrders } from "../../persistence/orders/unread-orders.ts";
import { UnreadableOrder } from "../../shopify/readers/read-nodes.ts";
import type { FlowContext } from "../context.ts";
import { enqueueChangedOrders } from "../../queue/jobs.ts";
import { syncOrder } from "./sync-order.ts";
import { tellUnreadOrders } from "./tell-unread-orders.ts";

/** Orders that one look takes from the list. */
const ORDERS_PER_LOOK = 40;
/** Orders that are read from Shopify and stored side by side; each holds a connection while it is stored. */
const ORDERS_AT_ONCE = 4;
/** A job that has run for this long lets the queue start it anew, so that a stop never has to wait for a whole list. */
const LONGEST_RUN_MS = 10_000;
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 6 * 60 * 60;
/** With growing pauses these reach over two days, longer than any deployment of a fix should take. */
const MOST_ATTEMPTS = 22;

/**
 * Reads every changed order of a shop again. What fails for one order puts off that order alone; what would fail for all
 * (Shopify cannot be reached, or knows our token no more) is thrown, and the queue tries again.
 */
export async function syncChangedOrders(shop: ShopDomain, context: FlowContext): Promise<void> {
  const { database } = context;
  const startedAt = performance.now();
  while (performance.now() - startedAt < LONGEST_RUN_MS) {
    const due = await inShop(database, shop, (tx) => dueChangedOrders(tx, ORDERS_PER_LOOK));
    if (due.length === 0) break;
    await eachAtOnce(due, ORDERS_AT_ONCE, (changed) => syncChangedOrder(shop, changed, context));
  }
  await inShop(database, shop, async (tx) => {
    const seconds = await secondsUntilNextChange(tx);
    if (seconds !== null) await enqueueChangedOrders(tx, seconds);
  });
}

async function syncChangedOrder(shop: ShopDomain, changed: ChangedOrder, context: FlowContext): Promise<void> {
  const { database, log } = context;
  try {
    await syncOrder(shop, changed.orderId, context, (tx) => settleChange(tx, changed));
  } catch (error) {
    if (isAboutAllOrders(error)) throw error;
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const { orderId, attempts } = changed;
    if (error instanceof UnreadableOrder || attempts + 1 >= MOST_ATTEMPTS) {
      log.error({ shop, orderId, message }, "order given up: it cannot be taken in");
      await inShop(database, shop, async (tx) => {
        await settleChange(tx, changed);
        const name = error instanceof UnreadableOrder ? error.orderName : null;
        await noteUnreadOrders(tx, [{ orderId, name, reason: message.slice(0, 200) }], context.now());
      });
      return tellUnreadOrders(shop, context);
    }
    log.warn({ shop, orderId, attempts: attempts + 1, message }, "order put off: it could not be taken in");
    const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** attempts, LONGEST_PAUSE_SECONDS);
    await inShop(database, shop, (tx) => postponeChange(tx, changed, pause));
  }
}

function isAboutAllOrders(error: unknown): boolean {
  return (
    error instanceof TransportFailed ||
    error instanceof Throttled ||
    error instanceof AuthenticationFailed ||
    error instanceof AccessDenied
  );
}

/** Runs `work` on every item, so many at a time. Rejects with the first failure, once what runs has ended. */
async function eachAtOnce<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of waiting) {
      if (failures.length > 0) return;
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}
