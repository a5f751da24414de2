import type { CompiledType, NamedProductType, ShopCompiledType } from "./compiled-type.ts";
import { OFFER_TYPE_NAMES, type OfferTypeName } from "./offer-type-name.ts";
import { compiledAddOn } from "./types/add-on/compiled.ts";
import { compiledBoughtTogether } from "./types/bought-together/compiled.ts";
import { compiledBuyXGetY } from "./types/buy-x-get-y/compiled.ts";
import { compiledFixedBundle } from "./types/fixed-bundle/compiled.ts";
import { compiledGoal } from "./types/goal/compiled.ts";
import { compiledMixAndMatch } from "./types/mix-and-match/compiled.ts";
import { compiledQuantityBreaks } from "./types/quantity-breaks/compiled.ts";
import { compiledSubscription } from "./types/subscription/compiled.ts";
import { compiledUpgrade } from "./types/upgrade/compiled.ts";

/** How each type of offer is published. The list of the server: surfaces and the discount Function have their own. */
export const COMPILED_TYPES = {
  "add-on": compiledAddOn,
  "bought-together": compiledBoughtTogether,
  "buy-x-get-y": compiledBuyXGetY,
  "fixed-bundle": compiledFixedBundle,
  goal: compiledGoal,
  "mix-and-match": compiledMixAndMatch,
  "quantity-breaks": compiledQuantityBreaks,
  subscription: compiledSubscription,
  upgrade: compiledUpgrade,
} as const satisfies Record<OfferTypeName, CompiledType>;

/** A type by its name, whatever its config is. */
export function compiledType(name: OfferTypeName): CompiledType {
  return COMPILED_TYPES[name];
}

/** The types whose entries products carry. */
export const PRODUCT_TYPES: readonly NamedProductType[] = OFFER_TYPE_NAMES.flatMap((name) => {
  const type = compiledType(name);
  return type.anchor === "product" ? [{ name, type }] : [];
});

/** A type whose offers the shop as a whole carries; null for any other. */
export function shopType(name: OfferTypeName): ShopCompiledType<unknown> | null {
  const type = compiledType(name);
  return type.anchor === "shop" ? type : null;
}
