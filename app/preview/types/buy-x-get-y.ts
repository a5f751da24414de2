import { bareNumber } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { PublishedBuyXGetY } from "../../domain/offers/types/buy-x-get-y/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** The offer on the page of a product that counts as bought. Example products stand for those to get. */
export const previewBuyXGetY: PreviewOf<ConfigOf<"buy-x-get-y">> = ({ config }, { product, companions }) => {
  const { buy, get, most, reward, gets, gotProducts } = config;
  const shown = companions.slice(0, gotProducts.length).map((one) => bareNumber(one.product));
  if (gets === "others" && shown.length === 0) return EMPTY_PREVIEW;
  const entry: PublishedBuyXGetY = {
    ...{ type: "buy-x-get-y", id: offerId("buy-x-get-y", 1, bareNumber(product)), buy, get, most, reward },
    products: gets === "same" ? null : shown,
  };
  return { ...EMPTY_PREVIEW, blocks: ["buy-x-get-y"], productEntries: [entry] };
};
