import type { DevComponent, DevProduct, DevShop, DevVariant } from "./state.ts";

/** How many of a bundle its components are enough for; Infinity where nobody counts any of them, 0 where one is gone. */
function unitsFor(components: readonly DevComponent[], variantOf: (id: string) => DevVariant | null): number {
  const units = components.map(({ variantId, quantity }) => {
    const variant = variantOf(variantId);
    if (variant === null) return 0;
    if (!variant.tracked || variant.inventoryPolicy === "CONTINUE") return Infinity;
    return Math.max(0, Math.floor(variant.inventoryQuantity / quantity));
  });
  return Math.min(...units);
}

/** A bundle's variant with the stock that its components allow; any other variant as it is. */
export function withComponentStock(variant: DevVariant, variantOf: (id: string) => DevVariant | null): DevVariant {
  if (variant.components === undefined) return variant;
  const units = unitsFor(variant.components, variantOf);
  const counted = { tracked: units !== Infinity, inventoryQuantity: units === Infinity ? 0 : units };
  const isSame = variant.tracked === counted.tracked && variant.inventoryQuantity === counted.inventoryQuantity;
  return isSame ? variant : { ...variant, ...counted, inventoryPolicy: "DENY" };
}

/** The bundles of a shop whose stock is not what their components allow, with the stock that it should be. */
export function bundlesToCorrect(shop: DevShop, variantOf: (id: string) => DevVariant | null): DevProduct[] {
  return [...shop.products.values()].flatMap((product) => {
    if (product.variants.every(({ components }) => components === undefined)) return [];
    const variants = product.variants.map((variant) => withComponentStock(variant, variantOf));
    return variants.every((variant, index) => variant === product.variants[index]) ? [] : [{ ...product, variants }];
  });
}
