import { bareNumber, parseGid, type OrderId, type ShopDomain } from "../../domain/ids.ts";
import { forgetDataRequestsOf } from "../../persistence/customers/data-requests.ts";
import { isHeldOf } from "../../persistence/publishing/customer-suggestions.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  buryCustomer,
  forgetCustomer,
  forgetCustomerOfOrders,
  ordersOfCustomer,
  recordRedaction,
} from "../../persistence/customers/redactions.ts";
import { forgetHoldoutOrders } from "../../persistence/measurement/holdout-rows.ts";
import { forgetTriggersOfOrders } from "../../persistence/shop/flow-triggers.ts";
import { forgetOrderVisits } from "../../persistence/measurement/order-visits.ts";
import { forgetTransactions } from "../../persistence/store-credit/credit-moves.ts";
import { stopShop } from "../../persistence/shop/shops.ts";
import { AccessDenied, AuthenticationFailed } from "../../shopify/client/errors.ts";
import { deleteMetafields } from "../../shopify/publisher/publish-metafields.ts";
import { customerKey } from "../../shopify/readers/read-nodes.ts";
import type { FlowContext } from "../context.ts";
import { reportDataRequests } from "./data-requests.ts";
import { historyOf } from "../publishing/publish-customers.ts";
import { hashOfShop } from "./shop-hash.ts";

/**
 * Takes a customer's pseudonym off everything. Their orders stay as sales that nobody made: no name, address or
 * e-mail was ever stored with them. What is kept with the customer at Shopify is deleted there as long as we may. A
 * tombstone keeps the customer forgotten: no later change of an order and no import brings them back. Which browser made
 * their orders is forgotten as well, what it had done with offers before, and which transactions gave them store credit.
 * Store credit that these orders were still to be given is not given any more.
 *
 * `triggeredAt`: orders that are named and have changed since then are identified by their customer alone; a request
 * that comes late does not touch what has passed to somebody else meanwhile.
 */
export async function redactCustomer(
  shop: ShopDomain,
  request: { customerId: string; orderIds: readonly string[]; triggeredAt?: Date | null },
  context: FlowContext,
): Promise<{ rows: number }> {
  const key = customerKey(context.hashKey, shop, request.customerId);
  const orders = request.orderIds.map((id) => parseGid("Order", id)).filter((id): id is OrderId => id !== null);
  if (await inShop(context.database, shop, (tx) => isHeldOf(tx, key))) await takeBack(shop, request, context);
  const theirs = await inShop(context.database, shop, (tx) => ordersOfCustomer(tx, key));
  const numbers = [...new Set([...orders, ...theirs.map(({ orderId }) => orderId)].map((id) => bareNumber(id)))];
  const rows = await inShop(context.database, shop, async (tx) => {
    // Whoever stores orders meanwhile is waited for, and whoever comes after finds the tombstone.
    await stopShop(tx);
    await buryCustomer(tx, key);
    const byKey = (await forgetCustomer(tx, key)) + (await forgetDataRequestsOf(tx, key));
    await forgetHoldoutOrders(tx, numbers);
    await forgetOrderVisits(tx, numbers);
    await forgetTriggersOfOrders(tx, numbers);
    await forgetTransactions(tx, numbers);
    await reportDataRequests(tx, context.now());
    return byKey + (await forgetCustomerOfOrders(tx, orders, request.triggeredAt ?? null));
  });
  await context.events.forgetOrders(shop, numbers);
  const shopHash = hashOfShop(shop, context.hashKey);
  await recordRedaction(context.database, { shopHash, kind: "customer", rows, doneAt: context.now() });
  context.log.info({ shop, rows }, "customer redacted");
  return { rows };
}

/** Not possible once the app was uninstalled or lost its permission: Shopify forgets the customer itself then. */
async function takeBack(shop: ShopDomain, { customerId }: { customerId: string }, context: FlowContext): Promise<void> {
  try {
    await deleteMetafields(context.gateway.client, shop, [historyOf(customerGid(customerId))]);
  } catch (error) {
    if (!(error instanceof AccessDenied) && !(error instanceof AuthenticationFailed)) throw error;
    context.log.warn({ shop, reason: error.name }, "a redacted customer's metafield cannot be deleted");
  }
}

function customerGid(id: string): string {
  return `gid://shopify/Customer/${id.slice(id.lastIndexOf("/") + 1)}`;
}
