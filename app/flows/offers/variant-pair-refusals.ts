import { bareNumber } from "../../domain/ids.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import type { Refusal } from "../../domain/shape/field.ts";
import { readSimulatedVariants } from "../../persistence/catalogue/simulated-variants.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";

/**
 * What the catalogue says against an upgrade's pairs of variants: `other-product` where two are not of one product. Variants
 * that are gone are none of that: they are shown as gone, and shoppers see nothing of the pair.
 */
export async function variantPairRefusals(tx: ShopTransaction, { config }: OfferContent): Promise<Refusal[]> {
  const { variantPairs } = config as ConfigOf<"upgrade">;
  const named = variantPairs.flatMap(({ variant, betterVariant }) => [...variant, ...betterVariant].map(bareNumber));
  if (named.length === 0) return [];
  const variants = await readSimulatedVariants(tx, [...new Set(named)]);
  return variantPairs.flatMap(({ variant, betterVariant }, place): Refusal[] => {
    const [from, to] = [...variant, ...betterVariant].map((id) => variants.get(bareNumber(id)));
    if (from === undefined || to === undefined || from.product === to.product) return [];
    return [{ path: `config.variantPairs.${place}.betterVariant`, code: "other-product" }];
  });
}
