import type { SimulatedLine } from "../../domain/simulation/offer-in-cart.ts";
import type { AskedLine } from "../../domain/simulation/simulated-query.ts";
import { readSimulatedVariants, type SimulatedVariant } from "../../persistence/catalogue/simulated-variants.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readShipped } from "../../persistence/orders/shipped-products.ts";
import type { SimulatorLineView } from "../../views/simulator-view.ts";

/** The cart that a simulation is about. */
export interface SimulatedCart {
  readonly lines: readonly { readonly asked: AskedLine; readonly variant: SimulatedVariant; readonly ships: boolean }[];
  readonly goneLines: number;
}

/** The lines that are asked for, as far as their variants still exist. */
export async function readSimulatedCart(tx: ShopTransaction, asked: readonly AskedLine[]): Promise<SimulatedCart> {
  const variants = await readSimulatedVariants(
    tx,
    asked.map(({ variant }) => variant),
  );
  const found = asked.flatMap((line) => variants.get(line.variant) ?? []);
  const shipped = await readShipped(tx, [...new Set(found.map(({ product }) => product))]);
  const lines = asked.flatMap((line) => {
    const variant = variants.get(line.variant);
    if (variant === undefined) return [];
    return [{ asked: line, variant, ships: shipped.get(variant.product) ?? !variant.isGiftCard }];
  });
  return { lines, goneLines: asked.length - lines.length };
}

/** The lines as they are priced; null where the price of one is not known. */
export function linesToPrice(cart: SimulatedCart, isShopCurrency: boolean): SimulatedLine[] | null {
  const lines = cart.lines.map(({ asked, variant, ships }, place): SimulatedLine | null => {
    const unitPriceMinor = priceOf(asked, variant, isShopCurrency);
    if (unitPriceMinor === null) return null;
    const { quantity, subscription } = asked;
    const { isGiftCard: giftCard } = variant;
    const named = { id: String(place), product: variant.product, variant: variant.id, giftCard };
    return { ...named, quantity, unitPriceMinor, subscription, requiresShipping: ships };
  });
  return lines.every((line) => line !== null) ? lines : null;
}

/** What a person typed, or the catalogue's price; null in a currency that the catalogue has none in. */
function priceOf(asked: AskedLine, variant: SimulatedVariant, isShopCurrency: boolean): number | null {
  return asked.priceMinor ?? (isShopCurrency ? variant.priceMinor : null);
}

/** The lines as they are shown before anything is taken off. */
export function lineViews(cart: SimulatedCart, isShopCurrency: boolean): SimulatorLineView[] {
  return cart.lines.map(({ asked, variant }, place) => {
    const unitPriceMinor = priceOf(asked, variant, isShopCurrency);
    const { title, variantTitle, imageUrl, available, isGiftCard } = variant;
    return {
      ...{ id: String(place), variant: variant.id, title, variantTitle, imageUrl, available, isGiftCard },
      ...{ quantity: asked.quantity, subscription: asked.subscription, unitPriceMinor },
      compareAtMinor: isShopCurrency ? variant.compareAtMinor : null,
      priceTyped: asked.priceMinor !== null,
      fullMinor: (unitPriceMinor ?? 0) * asked.quantity,
      ...{ discountMinor: 0, discounts: [] },
    };
  });
}
