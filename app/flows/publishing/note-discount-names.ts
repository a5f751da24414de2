import type { ShopDomain } from "../../domain/ids.ts";
import type { DiscountKind } from "../../domain/measurement/own-discounts.ts";
import { discountNames } from "../../domain/offers/discount-names.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { markSharedNames, recordDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { findShop, type ShopRow } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { readShopDiscounts } from "../simulator/read-shop-discounts.ts";

/**
 * Notes by which names orders will know our discounts, before they are published: what an order says is taken off can
 * only be found again by its name. Names that other automatic discounts of the shop have are marked; they are looked for
 * where a name is new, and with `all`.
 */
export async function noteDiscountNames(
  shop: ShopDomain,
  known: ShopRow,
  { title, all }: { readonly title: string | null; readonly all: boolean },
  context: FlowContext,
): Promise<void> {
  const isNew = await inShop(context.database, shop, async (tx) => {
    if ((await findShop(tx)) === null) return false;
    const running = runningOffers(await readActiveOffers(tx), context.now(), known.timezone);
    const names = Object.values(discountNames(running)).flatMap((byKind) =>
      Object.entries(byKind).map(([kind, name]) => ({ name, kind: kind as DiscountKind })),
    );
    const all = title === null ? names : [...names, { name: title, kind: null }];
    const isNew = await recordDiscountNames(tx, all, context.now());
    // Orders may have come before the first names were noted.
    if (isNew) await enqueue(tx, "attribute-orders");
    return isNew;
  });
  if (!isNew && !all) return;
  const others = await readShopDiscounts(shop, [], context);
  if (others.code !== "known") return;
  await inShop(context.database, shop, (tx) =>
    markSharedNames(
      tx,
      others.automatic.map((discount) => discount.title),
    ),
  );
}
