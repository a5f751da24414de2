import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { compileAddOns } from "../../domain/offers/types/add-on/compiled.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/**
 * The add-ons under the product's buy button, each with one of the preview's own products: their words are the
 * merchant's, their titles and prices those of an example.
 */
export const previewAddOn: PreviewOf<ConfigOf<"add-on">> = ({ config }, { product, companions }) => {
  const addOns = config.addOns.flatMap(({ text }, place) => {
    const shown = companions[place]?.product;
    return shown === undefined ? [] : [{ product: [shown], text }];
  });
  const entry = compileAddOns(1, product, { addOns, cap: 100 });
  return entry === null ? EMPTY_PREVIEW : { ...EMPTY_PREVIEW, blocks: ["add-on"], productEntries: [entry] };
};
