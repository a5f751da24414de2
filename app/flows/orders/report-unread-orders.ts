import { inShop } from "../../persistence/database/in-shop.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { countUnreadOrders } from "../../persistence/orders/unread-orders.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import type { FlowContext } from "../context.ts";
import { raiseNotice } from "../notices/raise-notice.ts";

const NAMED = 5;

/** Tells staff which orders could not be read as they are, or takes it back where all of them could since. */
export async function reportUnreadOrders(shop: ShopDomain, context: FlowContext): Promise<void> {
  const { count, names } = await inShop(context.database, shop, (tx) => countUnreadOrders(tx, NAMED));
  if (count > 0) return raiseNotice(shop, "orders-unread", { count, titles: names }, context);
  await inShop(context.database, shop, (tx) => clearNotices(tx, ["orders-unread"]));
}
