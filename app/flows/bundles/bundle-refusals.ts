import { bareNumber } from "../../domain/ids.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import { bundlePriceMinor } from "../../domain/offers/types/fixed-bundle/bundle-price.ts";
import type { Refusal } from "../../domain/shape/field.ts";
import { readBundleVariants } from "../../persistence/catalogue/simulated-variants.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { theShop } from "../../persistence/shop/shops.ts";

/**
 * What the shop's catalogue says against a bundle. Of a component: `gone`, `gift-card` and `is-bundle`, which Shopify would
 * refuse. Of the price: `no-shop-currency` where it is not set in the shop's own, and
 * `above-parts` where the components cost no more apart.
 */
export async function bundleRefusals(tx: ShopTransaction, content: OfferContent): Promise<Refusal[]> {
  const { components } = content.config as ConfigOf<"fixed-bundle">;
  const { reward } = content;
  const { currency } = await theShop(tx);
  const chosen = components.map(({ variant }) => (variant[0] === undefined ? null : bareNumber(variant[0])));
  const variants = await readBundleVariants(
    tx,
    chosen.flatMap((id) => id ?? []),
  );
  const refusals: Refusal[] = [];
  let apartMinor = 0;
  for (const [place, id] of chosen.entries()) {
    if (id === null) continue;
    const found = variants.get(id);
    const refuse = (code: string) => refusals.push({ path: `config.components.${place}.variant`, code });
    if (found === undefined) refuse("gone");
    else if (found.isGiftCard) refuse("gift-card");
    else if (found.isBundle) refuse("is-bundle");
    apartMinor += (found?.priceMinor ?? 0) * components[place]!.quantity;
  }
  if (reward?.kind !== "fixed-price" || refusals.length > 0 || components.length === 0) return refusals;
  const priceMinor = bundlePriceMinor(reward, apartMinor, currency);
  if (priceMinor === null) return [{ path: `reward.amounts.${currency}`, code: "no-shop-currency" }];
  return priceMinor >= apartMinor ? [{ path: `reward.amounts.${currency}`, code: "above-parts" }] : [];
}
