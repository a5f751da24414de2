import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { listedProducts } from "../../domain/offers/listed-products.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { listingsWithoutNumbers, recordListings } from "../../persistence/publishing/listings.ts";
import { readEnvelopes } from "../../persistence/publishing/published.ts";
import type { FlowContext } from "../context.ts";

/** Few enough for one short transaction. */
const PRODUCTS_AT_ONCE = 500;

/**
 * Notes which offer lists what, for products whose history an earlier release wrote with types only. Their envelopes say which
 * offer it is. Of the time until now the history keeps the types. A product whose offer is published in version 1 is left as
 * it is: that offer has no number.
 */
export async function numberListings(shop: ShopDomain, context: FlowContext): Promise<void> {
  for (let after: ProductId | null = null; ;) {
    const products: ProductId[] = await inShop(context.database, shop, async (tx) => {
      const some = await listingsWithoutNumbers(tx, after, PRODUCTS_AT_ONCE);
      const envelopes = await readEnvelopes(tx, some);
      const lists = Array.from(envelopes, ([product, envelope]) => ({ product, listed: listedProducts(envelope) }));
      await recordListings(tx, lists, context.now());
      return some;
    });
    if (products.length < PRODUCTS_AT_ONCE) return;
    after = products.at(-1)!;
  }
}
