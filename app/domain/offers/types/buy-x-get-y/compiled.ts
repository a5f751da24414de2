import { bareNumber, gid } from "../../../ids.ts";
import type { ProductCompiledType, ProductPublishFacts } from "../../compiled-type.ts";
import { offerId } from "../../offer-id.ts";
import type { Offer } from "../../offer.ts";
import type { BuyXGetYConfig } from "./config.ts";
import { type PublishedBuyXGetY, readEntry } from "./published.ts";
import { buyXGetYRules } from "./rules.ts";

/** Buy X get Y, as publishing sees it: on every product that counts as bought. */
export const compiledBuyXGetY: ProductCompiledType<BuyXGetYConfig, PublishedBuyXGetY, null> = {
  anchor: "product",
  needsChoice: false,
  compile,
  read: readEntry,
  smaller: (entry) =>
    entry.products === null || entry.products.length <= 1 ? null : { ...entry, products: entry.products.slice(0, -1) },
  rules: buyXGetYRules,
  references: ({ products }) => ({
    companions: (products ?? []).map((number) => gid("Product", number)),
    segmentCompanions: [],
  }),
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

/** Prices are all that it offers: without our discount there is nothing to show. What is got never counts as bought. */
function compile(
  { number, config }: Offer<BuyXGetYConfig>,
  { product, discountIsActive }: ProductPublishFacts<null>,
): PublishedBuyXGetY | null {
  const { buy, get, most, reward, gets, gotProducts } = config;
  const isSame = gets === "same";
  if (!discountIsActive || (!isSame && (gotProducts.length === 0 || gotProducts.includes(product)))) return null;
  return {
    ...{ type: "buy-x-get-y", id: offerId("buy-x-get-y", number, bareNumber(product)), buy, get, most, reward },
    products: isSame ? null : gotProducts.map(bareNumber),
  };
}
