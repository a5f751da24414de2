import { nextScheduledChange } from "../../domain/offers/running-offers.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** Has offers published again when the next of them begins or ends by its schedule. Many calls become one job. */
export async function publishOnSchedule(tx: ShopTransaction, now: Date): Promise<void> {
  const { timezone } = await theShop(tx);
  const change = nextScheduledChange(await readActiveOffers(tx), now, timezone);
  if (change === null) return;
  const delaySeconds = Math.ceil((change.getTime() - now.getTime()) / 1000);
  await enqueue(tx, "publish-on-schedule", {}, { delaySeconds });
}
