import { composition } from "../composition.ts";
import { parseGid, type OrderId, type ShopDomain } from "../domain/ids.ts";
import { inShop } from "../persistence/in-shop.ts";
import { forgetCustomer, forgetCustomerOfOrders, recordRedaction } from "../persistence/redactions.ts";
import { customerKey } from "../shopify/read-nodes.ts";
import type { FlowContext } from "./context.ts";
import { hashOfShop } from "./uninstall-shop.ts";

/**
 * Takes a customer's pseudonym off everything. Their orders stay as sales that nobody made: no name, address or
 * e-mail was ever stored with them.
 */
export async function redactCustomer(
  shop: ShopDomain,
  request: { customerId: string; orderIds: readonly string[] },
  context: FlowContext = composition(),
): Promise<{ rows: number }> {
  const key = customerKey(context.hashKey, shop, request.customerId);
  const orders = request.orderIds.map((id) => parseGid("Order", id)).filter((id): id is OrderId => id !== null);
  const rows = await inShop(context.database, shop, async (tx) => {
    const byKey = await forgetCustomer(tx, key);
    return byKey + (await forgetCustomerOfOrders(tx, orders));
  });
  const shopHash = hashOfShop(shop, context.hashKey);
  await recordRedaction(context.database, { shopHash, kind: "customer", rows, doneAt: context.now() });
  context.log.info({ shop, rows }, "customer redacted");
  return { rows };
}
