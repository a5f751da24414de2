import { bareNumber, gid } from "../../../ids.ts";
import type { ProductCompiledType, ProductPublishFacts } from "../../compiled-type.ts";
import type { ConditionGroups } from "../../conditions/conditions.ts";
import { namedProducts } from "../../named-products.ts";
import { carrierOfOffer, offerId } from "../../offer-id.ts";
import type { Offer } from "../../offer.ts";
import type { MixAndMatchConfig } from "./config.ts";
import { MOST_NAMED_COLLECTIONS, MOST_NAMED_PRODUCTS, type PublishedMixAndMatch, readEntry } from "./published.ts";
import { mixAndMatchRules } from "./rules.ts";

/** Mix and match, as publishing sees it: on every product that can be chosen. */
export const compiledMixAndMatch: ProductCompiledType<MixAndMatchConfig, PublishedMixAndMatch, null> = {
  anchor: "product",
  needsChoice: false,
  compile,
  read: readEntry,
  smaller: (entry) => (entry.products.length === 0 ? null : { ...entry, products: entry.products.slice(0, -1) }),
  rules: mixAndMatchRules,
  references: ({ products }) => ({
    companions: products.map((number) => gid("Product", number)),
    segmentCompanions: [],
  }),
  // A line claims the entry of its own product: what a collection lists is known to pages alone.
  listed: ({ id }) => {
    const carrier = carrierOfOffer(id);
    return carrier === null ? [] : [bareNumber(carrier.product)];
  },
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

/** Prices are all that it offers: without our discount there is nothing to show. */
function compile(
  { number, config, conditions }: Offer<MixAndMatchConfig>,
  { product, discountIsActive }: ProductPublishFacts<null>,
): PublishedMixAndMatch | null {
  if (!discountIsActive) return null;
  const { choose, reward } = config;
  const others = namedProducts(conditions).filter((one) => one !== product);
  return {
    ...{ type: "mix-and-match", id: offerId("mix-and-match", number, bareNumber(product)), choose, reward },
    products: others.slice(0, MOST_NAMED_PRODUCTS).map(bareNumber),
    collections: namedCollections(conditions).slice(0, MOST_NAMED_COLLECTIONS),
  };
}

function namedCollections(groups: ConditionGroups): PublishedMixAndMatch["collections"] {
  const named = groups.flat().flatMap((chosen) => (chosen.condition === "collections" ? chosen.collections : []));
  return [...new Set(named)].map(bareNumber);
}
