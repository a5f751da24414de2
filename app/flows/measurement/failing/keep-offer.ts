import type { ShopDomain } from "../../../domain/ids.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { settleFailingOffer } from "../../../persistence/offers/failing-offers.ts";
import { readStoredOffer } from "../../../persistence/offers/offer-rows.ts";
import { holdShop } from "../../../persistence/shop/shops.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import type { FlowContext } from "../../context.ts";

/**
 * Staff have seen that an offer fails, and leave it as it is: it is not asked about again for what customers said and sent
 * back until now. `kept` false takes that back. `not-found` where the offer is not found to fail, or was changed since.
 */
export function keepOffer(
  shop: ShopDomain,
  number: number,
  kept: boolean,
  context: FlowContext,
): Promise<{ code: "kept" | "asked-again" | "not-found" }> {
  return inShop(context.database, shop, async (tx) => {
    await holdShop(tx);
    if (!(await settleFailingOffer(tx, number, kept ? context.now() : null))) return { code: "not-found" };
    const { type, name } = (await readStoredOffer(tx, number))!;
    const kind = kept ? "failing-offer-kept" : "failing-offer-asked-again";
    await recordActivity(tx, context, { kind, offer: { number, type, name } });
    return { code: kept ? "kept" : "asked-again" };
  });
}
