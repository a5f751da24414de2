import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import { searchCatalogue } from "../../persistence/catalogue/products.ts";
import {
  readSimulatedVariants,
  readVariantsOf,
  type SimulatedVariant,
} from "../../persistence/catalogue/simulated-variants.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FoundVariantView } from "../../views/simulator-view.ts";
import type { FlowContext } from "../context.ts";

const MOST_PRODUCTS = 8;
const MOST_VARIANTS = 30;
/** Of one product, in a list to choose from. */
const MOST_OF_PRODUCT = 250;

/** Variants of the products that hold a text, best sellers first. */
export function searchVariants(shop: ShopDomain, text: string, context: FlowContext): Promise<FoundVariantView[]> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const products = await searchCatalogue(tx, text, MOST_PRODUCTS);
    const ids = products.map(({ id }) => bareNumber(id));
    return (await readVariantsOf(tx, ids, MOST_VARIANTS)).map((found) => variantView(found, currency));
  });
}

/** All variants of the product that has this one, with it; none where it is gone. */
export function variantsBeside(shop: ShopDomain, id: string, context: FlowContext): Promise<FoundVariantView[]> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const own = (await readSimulatedVariants(tx, [id])).get(id);
    const found = own === undefined ? [] : await readVariantsOf(tx, [own.product], MOST_OF_PRODUCT);
    return found.map((one) => variantView(one, currency));
  });
}

/** Variants by their numbers, as far as the shop has them. */
export function nameVariants(
  shop: ShopDomain,
  ids: readonly string[],
  context: FlowContext,
): Promise<FoundVariantView[]> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const found = await readSimulatedVariants(tx, ids.slice(0, MOST_VARIANTS));
    return [...found.values()].map((one) => variantView(one, currency));
  });
}

function variantView(
  { id, title, variantTitle, imageUrl, priceMinor, costMinor, available }: SimulatedVariant,
  currency: string,
): FoundVariantView {
  return {
    ...{ variant: id, title, variantTitle, imageUrl, available },
    price: { amountMinor: priceMinor, currency },
    cost: costMinor === null ? null : { amountMinor: costMinor, currency },
  };
}
