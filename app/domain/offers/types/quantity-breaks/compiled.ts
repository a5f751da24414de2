import type { ProductCompiledType, ProductPublishFacts } from "../../compiled-type.ts";
import { offerId } from "../../offer-id.ts";
import type { Offer } from "../../offer.ts";
import { bareNumber } from "../../../ids.ts";
import type { QuantityBreaksConfig } from "./config.ts";
import { type PublishedQuantityBreaks, readEntry } from "./published.ts";
import { quantityBreaksRules } from "./rules.ts";

/** Quantity breaks, as publishing sees them: what the merchant decided, on every product that the conditions name. */
export const compiledQuantityBreaks: ProductCompiledType<QuantityBreaksConfig, PublishedQuantityBreaks, null> = {
  anchor: "product",
  needsChoice: false,
  compile,
  read: readEntry,
  smaller: (entry) => (entry.tiers.length <= 1 ? null : { ...entry, tiers: entry.tiers.slice(0, -1) }),
  rules: quantityBreaksRules,
  references: () => ({ companions: [], segmentCompanions: [] }),
  // The theme's own button adds what it shows.
  listed: () => [],
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

/** Prices are all that it offers: without our discount there is nothing to show. */
function compile(
  { number, config }: Offer<QuantityBreaksConfig>,
  { product, discountIsActive }: ProductPublishFacts<null>,
): PublishedQuantityBreaks | null {
  if (!discountIsActive || config.tiers.length === 0) return null;
  return {
    type: "quantity-breaks",
    id: offerId("quantity-breaks", number, bareNumber(product)),
    together: config.variants === "together",
    tiers: config.tiers.map(({ quantity, reward }) => ({ from: quantity, reward })),
  };
}
