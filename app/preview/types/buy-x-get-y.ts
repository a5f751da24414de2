import { bareNumber } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { PublishedBuyXGetY } from "../../domain/offers/types/buy-x-get-y/published.ts";
import { EMPTY_PREVIEW, type NamedProducts, type PreviewOf } from "../preview.ts";

type Config = ConfigOf<"buy-x-get-y">;

export const gotProducts: NamedProducts<Config> = ({ gets, gotProducts: products }) =>
  gets === "others" ? products : [];

/** The offer on the page of a product that counts as bought. */
export const previewBuyXGetY: PreviewOf<Config> = ({ config }, { product, companions }) => {
  const { buy, get, most, reward, gets } = config;
  const named = new Set(gotProducts(config));
  const shown = companions.filter((one) => named.has(one.product)).map((one) => bareNumber(one.product));
  if (gets === "others" && shown.length === 0) return EMPTY_PREVIEW;
  const entry: PublishedBuyXGetY = {
    ...{ type: "buy-x-get-y", id: offerId("buy-x-get-y", 1, bareNumber(product)), buy, get, most, reward },
    products: gets === "same" ? null : shown,
  };
  return { ...EMPTY_PREVIEW, blocks: ["buy-x-get-y"], productEntries: [entry] };
};
