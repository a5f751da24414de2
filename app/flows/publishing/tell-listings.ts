import type { ShopDomain } from "../../domain/ids.ts";
import { compileListings } from "../../domain/publishing/published-listings.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { noteListingsPublished, readListings, unpublishedListings } from "../../persistence/publishing/listings.ts";
import { METAFIELDS_AT_ONCE } from "../../shopify/operations/metafields.ts";
import { setMetafields } from "../../shopify/publisher/publish-metafields.ts";
import type { FlowContext } from "../context.ts";

/**
 * Keeps at Shopify, with each product, which companions its offer has listed when, wherever that says more than the
 * offer itself. It outlives an uninstall and this database. Of a product that Shopify does not take it for (one that
 * was deleted), nothing can be kept.
 */
export async function tellListings(shop: ShopDomain, context: FlowContext): Promise<void> {
  for (;;) {
    const histories = await inShop(context.database, shop, async (tx) =>
      readListings(tx, await unpublishedListings(tx, METAFIELDS_AT_ONCE)),
    );
    if (histories.size === 0) return;
    const metafields = [...histories].map(([ownerId, history]) => {
      const { namespace, key, type } = PUBLISHED.listed;
      return { ownerId, namespace, key, type, value: compileListings(history) };
    });
    for await (const { refused } of setMetafields(context.gateway.client, shop, metafields)) {
      for (const { metafield, code } of refused) {
        context.log.warn({ shop, owner: metafield.ownerId, code }, "history of an offer refused");
      }
    }
    await inShop(context.database, shop, (tx) => noteListingsPublished(tx, [...histories.keys()]));
  }
}
