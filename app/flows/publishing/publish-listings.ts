import type { ShopDomain } from "../../domain/ids.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { compileListings } from "../../domain/publishing/published-listings.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readListings, noteListingsPublished, unpublishedListings } from "../../persistence/publishing/listings.ts";
import { METAFIELDS_AT_ONCE } from "../../shopify/operations/metafields.ts";
import { setMetafields } from "../../shopify/publisher/publish-metafields.ts";
import type { FlowContext } from "../context.ts";
import { metafield } from "./metafield-rows.ts";

/**
 * Publishes with each product which companions its offer has listed and when, where that is more than the offer itself
 * says. It outlives an uninstall and this database. For a product that Shopify refuses it for, one that was deleted,
 * nothing can be kept.
 */
export async function publishListings(shop: ShopDomain, context: FlowContext): Promise<void> {
  for (;;) {
    const histories = await inShop(context.database, shop, async (tx) =>
      readListings(tx, await unpublishedListings(tx, METAFIELDS_AT_ONCE)),
    );
    if (histories.size === 0) return;
    const metafields = [...histories].map(([product, history]) =>
      metafield(product, PUBLISHED.listed, compileListings(history)),
    );
    for await (const { refused } of setMetafields(context.gateway.client, shop, metafields)) {
      for (const one of refused) {
        context.log.warn({ shop, owner: one.metafield.ownerId, code: one.code }, "history of an offer refused");
      }
    }
    await inShop(context.database, shop, (tx) => noteListingsPublished(tx, [...histories.keys()]));
  }
}
