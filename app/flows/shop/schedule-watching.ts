import { inShop } from "../../persistence/database/in-shop.ts";
import { installedShops } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";

/** Several times a day, for every shop: look for what used to work and does not any more, and gather orders' visits. */
export async function scheduleWatching({ database }: FlowContext): Promise<void> {
  for (const shop of await installedShops(database)) {
    await inShop(database, shop, async (tx) => {
      await enqueue(tx, "watch-shop");
      await enqueue(tx, "gather-visits");
    });
  }
}
