import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { compileAddOns } from "../../domain/offers/types/add-on/compiled.ts";
import { EMPTY_PREVIEW, type NamedProducts, type PreviewOf } from "../preview.ts";

type Config = ConfigOf<"add-on">;

/** More than any add-on costs. */
const DEAREST_MINOR = 100_000_000_000;

export const addOnProducts: NamedProducts<Config> = ({ addOns }) => addOns.flatMap(({ product }) => product);

/**
 * The add-ons under the product's buy button. An example product stands for one that is not chosen yet. The cap does not
 * apply: the page is an example's, too, and its product may cost less than the merchant's.
 */
export const previewAddOn: PreviewOf<Config> = ({ config }, { product, companions }) => {
  const named = new Set(addOnProducts(config));
  const [chosen, examples] = [true, false].map((isNamed) =>
    companions.map((one) => one.product).filter((one) => named.has(one) === isNamed),
  ) as [(typeof product)[], (typeof product)[]];
  const addOns = config.addOns.flatMap(({ product: own, text }) => {
    const shown = own.length === 0 ? examples.splice(0, 1) : own.filter((one) => chosen.includes(one));
    return shown.length === 0 ? [] : [{ product: shown, text }];
  });
  const entry = compileAddOns(1, product, { addOns, cap: 100 });
  if (entry === null) return EMPTY_PREVIEW;
  return { ...EMPTY_PREVIEW, blocks: ["add-on"], productEntries: [entry], productMinor: DEAREST_MINOR };
};
