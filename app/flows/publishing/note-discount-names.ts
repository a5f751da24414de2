import type { ShopDomain } from "../../domain/ids.ts";
import type { DiscountKind } from "../../domain/measurement/own-discounts.ts";
import { discountNames } from "../../domain/offers/discount-names.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { recordDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { findShop, type ShopRow } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";

/**
 * Notes by which names orders will know our discounts, before they are published: what an order says is taken off can
 * only be found again by its name. Says whether any name is new.
 */
export async function noteDiscountNames(
  shop: ShopDomain,
  known: ShopRow,
  title: string | null,
  context: FlowContext,
): Promise<boolean> {
  return inShop(context.database, shop, async (tx) => {
    if ((await findShop(tx)) === null) return false;
    const running = runningOffers(await readActiveOffers(tx), context.now(), known);
    const names = Object.values(discountNames(running)).flatMap((byKind) =>
      Object.entries(byKind).map(([kind, name]) => ({ name, kind: kind as DiscountKind })),
    );
    const all = title === null ? names : [...names, { name: title, kind: null }];
    const isNew = await recordDiscountNames(tx, all, context.now());
    // Orders may have come before the first names were noted.
    if (isNew) await enqueue(tx, "attribute-orders");
    return isNew;
  });
}
