import { bareNumber, gid, type ProductId } from "../../../ids.ts";
import type { ProductCompiledType } from "../../compiled-type.ts";
import { offerId } from "../../offer-id.ts";
import { type AddOnConfig, leastProductPriceMinor } from "./config.ts";
import { type PublishedAddOns, readEntry } from "./published.ts";

/** Add-ons, as publishing sees them: what the merchant chose, on every product that the conditions name. */
export const compiledAddOn: ProductCompiledType<AddOnConfig, PublishedAddOns, null> = {
  anchor: "product",
  needsChoice: false,
  compile: ({ number, config }, { product }) => compileAddOns(number, product, config),
  read: readEntry,
  smaller: (entry) => (entry.addOns.length <= 1 ? null : { ...entry, addOns: entry.addOns.slice(0, -1) }),
  rules: () => null,
  references: ({ addOns }) => ({
    companions: addOns.map(({ product }) => gid("Product", product)),
    segmentCompanions: [],
  }),
  shownAt: ({ cap }, priceMinor) => ({ leastPriceMinor: leastProductPriceMinor(priceMinor, cap) }),
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

/** The add-ons of one product, which is no add-on of its own; null where none is left. */
export function compileAddOns(
  number: number,
  trigger: ProductId,
  { addOns, cap }: AddOnConfig,
): PublishedAddOns | null {
  const published = addOns.flatMap(({ product: [product], text }) => {
    if (product === undefined || product === trigger) return [];
    const written = Object.entries(text).flatMap(([language, words]): [string, string][] =>
      words.trim() === "" ? [] : [[language, words.trim()]],
    );
    return [{ product: bareNumber(product), ...(written.length === 0 ? {} : { text: Object.fromEntries(written) }) }];
  });
  if (published.length === 0) return null;
  return { type: "add-on", id: offerId("add-on", number, bareNumber(trigger)), cap, addOns: published };
}
