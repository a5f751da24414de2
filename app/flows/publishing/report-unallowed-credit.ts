import { isCredit } from "../../domain/offers/rewards/rewards.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { clearNotices, raiseNotice } from "../../persistence/shop/notices.ts";
import { theShop } from "../../persistence/shop/shops.ts";

/** Notifies staff of active offers that are shown without their store credit, as it may not be given; or takes it back. */
export async function reportUnallowedCredit(tx: ShopTransaction, now: Date): Promise<void> {
  const { givesCredit } = await theShop(tx);
  const offers = givesCredit
    ? []
    : (await readActiveOffers(tx))
        .filter(({ reward }) => isCredit(reward))
        .map(({ number, type, name }) => ({ number, type, name }));
  if (offers.length > 0) await raiseNotice(tx, "credit-not-allowed", { count: offers.length, offers }, now);
  else await clearNotices(tx, ["credit-not-allowed"]);
}
