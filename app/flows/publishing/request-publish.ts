import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { updateShop } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";

/**
 * Has what a person changed published, `delaySeconds` from now or when an earlier request is due. Pages say that it is
 * being published until a publish that began after `now` has ended.
 */
export async function requestPublish(tx: ShopTransaction, now: Date, delaySeconds?: number): Promise<void> {
  await updateShop(tx, { publishRequested: now });
  await enqueue(tx, "publish-offers", {}, { delaySeconds });
}
