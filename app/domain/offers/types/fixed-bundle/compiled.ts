import { type BareId, bareNumber, gid, type ProductId } from "../../../ids.ts";
import type { ProductCompiledType } from "../../compiled-type.ts";
import { carrierOfOffer, offerId } from "../../offer-id.ts";
import type { FixedBundleConfig } from "./config.ts";
import { type MadeBundle, type PublishedFixedBundle, readEntry } from "./published.ts";

/** Bundles, as publishing sees them: on the products that they are made of, and on their own. Prices are Shopify's. */
export const compiledFixedBundle: ProductCompiledType<FixedBundleConfig, PublishedFixedBundle, MadeBundle> = {
  anchor: "product",
  needsChoice: "bundles",
  isFor: concerns,
  compile: ({ number }, { product, chosen }) =>
    concerns(product, chosen)
      ? { type: "fixed-bundle", id: offerId("fixed-bundle", number, bareNumber(product)), ...chosen }
      : null,
  read: readEntry,
  // Without a part it would be shown as less than it is.
  smaller: () => null,
  rules: () => null,
  references: (entry) => ({
    companions: othersOf(entry, [entry.product, ...entry.parts.map(({ product }) => product)]),
    segmentCompanions: [],
  }),
  // Orders list the components. The product whose page offered the bundle was being looked at already.
  listed: (entry) =>
    othersOf(
      entry,
      entry.parts.map(({ product }) => product),
    ).map(bareNumber),
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

/** Whether a product is a bundle's own or one of its components. */
function concerns(product: ProductId, bundle: MadeBundle): boolean {
  const number = bareNumber(product);
  return bundle.product === number || bundle.parts.some((part) => part.product === number);
}

/** Each of some products once, without the one that carries the entry. */
function othersOf({ id }: PublishedFixedBundle, products: readonly BareId[]): ProductId[] {
  const own = carrierOfOffer(id)?.product;
  return [...new Set(products)].map((one) => gid("Product", one)).filter((product) => product !== own);
}
