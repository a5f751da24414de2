import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { accountNextOrders, mergeSalesTotals } from "../../persistence/orders/account-orders.ts";
import type { FlowContext } from "../context.ts";

/** Few enough that whoever stores one of them meanwhile waits a fraction of a second. */
const ORDERS_AT_ONCE = 1_000;

/**
 * Works out again what each stored order holds, and merges the rows of the shop's totals. Before an import ends, whose
 * lines can come long after their orders, and every night, which corrects whatever went wrong.
 */
export async function addUpSales(shop: ShopDomain, { database }: Pick<FlowContext, "database">): Promise<void> {
  let after: string | null = "0";
  while (after !== null) {
    const last: string = after;
    after = await inShop(database, shop, (tx) => accountNextOrders(tx, last, ORDERS_AT_ONCE));
  }
  await inShop(database, shop, mergeSalesTotals);
}
