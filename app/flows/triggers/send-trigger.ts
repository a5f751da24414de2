import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import { type FlowTrigger, ofCustomer } from "../../domain/shop/flow-trigger.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { customerOfOrder } from "../../persistence/orders/orders.ts";
import {
  forgetTriggers,
  giveTriggerBack,
  keepTrigger,
  type KeptTrigger,
  takeTrigger,
} from "../../persistence/shop/flow-triggers.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { isRefusal, Throttled } from "../../shopify/client/errors.ts";
import { SEND_FLOW_TRIGGER } from "../../shopify/operations/flow-trigger.ts";
import { customerKey } from "../../shopify/readers/read-nodes.ts";
import type { FlowContext } from "../context.ts";

const KEPT_DAYS = 90;

/**
 * Has a trigger sent once the transaction is through. `key` says what it is about: it is sent once for each. `order`: one of
 * the customer whom it is about.
 */
export async function requestTrigger(
  tx: ShopTransaction,
  key: string,
  trigger: FlowTrigger,
  now: Date,
  order: OrderId | null = null,
): Promise<void> {
  if (await keepTrigger(tx, key, { trigger, order }, now)) await enqueue(tx, "send-flow-trigger", { key });
}

/**
 * Starts the workflows in Shopify Flow that begin with a trigger. Never twice: Shopify knows no repeated call, so what was
 * asked for and not answered is not asked for again. What Shopify refuses is logged; a shop without Flow has no workflow.
 */
export async function sendTrigger(shop: ShopDomain, key: string, context: FlowContext): Promise<void> {
  const kept = await inShop(context.database, shop, (tx) => takeTrigger(tx, key, context.now()));
  if (kept === null) return;
  const trigger = await completed(shop, key, kept, context);
  if (trigger === null) return;
  const { handle, payload } = trigger;
  try {
    const { flowTriggerReceive } = await context.gateway.client.query(shop, SEND_FLOW_TRIGGER, { handle, payload });
    const refused = flowTriggerReceive?.userErrors ?? [];
    const reasons = refused.map(({ message }) => message).join(", ");
    if (refused.length > 0) context.log.warn({ shop, trigger: handle, reason: reasons }, "Flow trigger refused");
  } catch (error) {
    // Shopify refuses such calls before it does anything.
    if (error instanceof Throttled) {
      await inShop(context.database, shop, (tx) => giveTriggerBack(tx, key));
      throw error;
    }
    if (!isRefusal(error)) throw error;
    context.log.warn({ shop, trigger: handle, reason: error.message }, "Flow trigger refused");
  }
}

/**
 * A trigger as it is sent: with its customer, whom Shopify knows by the order. Null where the order leads to that customer no
 * more. What keeps Shopify from answering has the trigger wait: nothing was sent yet.
 */
async function completed(shop: ShopDomain, key: string, { trigger, order }: KeptTrigger, context: FlowContext) {
  if (order === null) return trigger;
  try {
    const asked = (await context.gateway.customersOfOrders(shop, [order])).get(order)?.id ?? null;
    const known = await inShop(context.database, shop, (tx) => customerOfOrder(tx, order));
    // An order can pass to another customer: two accounts are merged, or staff correct a mistake. Who was forgotten has no key.
    if (asked !== null && customerKey(context.hashKey, shop, asked) === known) return ofCustomer(trigger, asked);
    context.log.info({ shop, trigger: trigger.handle }, "Flow trigger dropped: its customer is not known any more");
    return null;
  } catch (error) {
    await inShop(context.database, shop, (tx) => giveTriggerBack(tx, key));
    throw error;
  }
}

/** Deletes triggers that have long been sent. */
export function forgetOldTriggers(tx: ShopTransaction, now: Date): Promise<void> {
  return forgetTriggers(tx, new Date(now.getTime() - KEPT_DAYS * DAY_MS));
}
