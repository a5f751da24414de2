import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { storefrontEntry } from "../../domain/offers/types/goal/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** How full the example's cart is, in percent of the goal. */
const CART_PERCENT = 60;

/** The bar over a cart that is not there yet. */
export const previewGoal: PreviewOf<ConfigOf<"goal">> = ({ config }, { currency }) => {
  const amount = config.amounts[currency];
  if (amount === undefined) return EMPTY_PREVIEW;
  return {
    ...EMPTY_PREVIEW,
    blocks: ["goal-bar"],
    shopEntries: [storefrontEntry("goal", { amounts: { [currency]: amount }, countries: null })],
    cartMinor: Math.floor((amount * CART_PERCENT) / 100),
  };
};
