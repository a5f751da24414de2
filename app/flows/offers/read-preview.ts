import type { ShopDomain } from "../../domain/ids.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import type { PreviewProducts } from "../../views/preview-view.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  readBestOffer,
  readPreviewProducts,
  readRecentTogether,
  readSellable,
} from "../../persistence/offers/preview-products.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/**
 * The products of one set, the product itself first, for its preview. None where that product cannot be bought now:
 * nobody sees its page.
 */
export function readSetPreview(
  shop: ShopDomain,
  ids: readonly string[],
  context: FlowContext,
): Promise<PreviewProducts> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const products = await readPreviewProducts(tx, ids);
    const isShown = products.length > 0 && String(products[0]!.id) === ids[0];
    const orders = isShown ? await readRecentTogether(tx, ids[0]!) : {};
    return { currency, products: isShown ? products : [], orders, isExample: false };
  });
}

/** The products that an offer's preview is made with where it names none: a set that shoppers see now, or best sellers as an example. */
export function readPreview(shop: ShopDomain, context: FlowContext): Promise<PreviewProducts> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const best = await readBestOffer(tx);
    const companions = parseProductOffer(best?.offer ?? null)?.companions ?? [];
    if (best !== null) {
      const products = await readPreviewProducts(tx, [best.product, ...companions.map(({ product }) => product)]);
      if (products.length > 1 && String(products[0]!.id) === best.product) {
        return { currency, products, orders: await readRecentTogether(tx, best.product), isExample: false };
      }
    }
    const products = await readPreviewProducts(tx, await readSellable(tx));
    return { currency, products, orders: {}, isExample: true };
  });
}
