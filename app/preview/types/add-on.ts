import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { compileAddOns } from "../../domain/offers/types/add-on/compiled.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** More than any add-on costs. */
const DEAREST_MINOR = 100_000_000_000;

/**
 * The add-ons under the product's buy button, each with one of the preview's own products: their words are the
 * merchant's, their titles and prices those of an example. The cap does not apply, because these products are not the
 * merchant's choice and may cost more than the product.
 */
export const previewAddOn: PreviewOf<ConfigOf<"add-on">> = ({ config }, { product, companions }) => {
  const addOns = config.addOns.flatMap(({ text }, place) => {
    const shown = companions[place]?.product;
    return shown === undefined ? [] : [{ product: [shown], text }];
  });
  const entry = compileAddOns(1, product, { addOns, cap: 100 });
  if (entry === null) return EMPTY_PREVIEW;
  return { ...EMPTY_PREVIEW, blocks: ["add-on"], productEntries: [entry], productMinor: DEAREST_MINOR };
};
