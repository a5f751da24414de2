import type { ShopDomain } from "../../domain/ids.ts";
import type { DiscountKind } from "../../domain/measurement/own-discounts.ts";
import { discountNames } from "../../domain/offers/discount-names.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { markSharedNames, recordDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { findShop, type ShopRow } from "../../persistence/shop/shops.ts";
import { AccessDenied, isTemporary } from "../../shopify/client/errors.ts";
import { AUTOMATIC_DISCOUNTS } from "../../shopify/operations/shop-discounts.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";

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
  if (!isNew && !all) return;
  const titles = await titlesOfOthers(shop, context);
  await inShop(context.database, shop, (tx) => markSharedNames(tx, titles));
}

/** Of the shop's other automatic discounts that are on; none where Shopify does not say. Publishing goes on without. */
async function titlesOfOthers(shop: ShopDomain, { gateway: { client }, log }: FlowContext): Promise<string[]> {
  try {
    const { app, discountNodes } = await client.query(shop, AUTOMATIC_DISCOUNTS, {});
    const others = discountNodes.nodes.filter(({ discount }) => discount.appDiscountType?.appKey !== app.apiKey);
    return others.flatMap(({ discount }) => discount.title ?? []);
  } catch (error) {
    if (!(error instanceof AccessDenied) && !isTemporary(error)) throw error;
    log.warn({ shop, reason: error.message }, "other discounts not read");
    return [];
  }
}
