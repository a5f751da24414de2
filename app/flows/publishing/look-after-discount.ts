import type { ShopDomain } from "../../domain/ids.ts";
import { needsDiscount } from "../../domain/offers/gives-discount.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { updateShop, type ShopRow } from "../../persistence/shop/shops.ts";
import { isRefusal } from "../../shopify/client/errors.ts";
import { ensureDiscount } from "../../shopify/publisher/offer-discount.ts";
import type { FlowContext } from "../context.ts";
import { raiseNotice } from "../notices/raise-notice.ts";

/** What is known of the shop's discount. */
export interface DiscountState {
  /** Null where Shopify has never made one for us. */
  readonly id: string | null;
  readonly active: boolean;
  /** What shoppers read beside what was taken off, where no offer says more; null where it could not be read. */
  readonly title: string | null;
}

/**
 * Makes sure that the shop has our discount. Where Shopify refuses it, staff see why, and publishing goes on; where a merchant
 * has switched it off, staff see that offers need it.
 */
export async function lookAfterDiscount(
  shop: ShopDomain,
  known: ShopRow,
  now: Date,
  context: FlowContext,
): Promise<DiscountState> {
  let discount: DiscountState;
  try {
    const before = { id: known.discountId, currency: known.currency };
    discount = await ensureDiscount(context.gateway.client, shop, before, now);
    await inShop(context.database, shop, (tx) => clearNotices(tx, ["discount-refused"]));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const reason = error.message;
    context.log.warn({ shop, reason }, "discount refused");
    await raiseNotice(shop, "discount-refused", { reason }, context);
    discount = { id: known.discountId, active: false, title: null };
  }
  const isMissed = await inShop(context.database, shop, async (tx) => {
    await updateShop(tx, { discountId: discount.id, discountActive: discount.active });
    if (discount.active || discount.id === null) return false;
    return (await readActiveOffers(tx)).some(needsDiscount);
  });
  if (isMissed) await raiseNotice(shop, "discount-off", {}, context);
  else await inShop(context.database, shop, (tx) => clearNotices(tx, ["discount-off"]));
  return discount;
}
