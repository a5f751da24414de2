import { bareNumber } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { PublishedQuantityBreaks } from "../../domain/offers/types/quantity-breaks/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** The tiers on the product's page. */
export const previewQuantityBreaks: PreviewOf<ConfigOf<"quantity-breaks">> = ({ config }, { product }) => {
  const { tiers, variants } = config;
  if (tiers.length === 0) return EMPTY_PREVIEW;
  const entry: PublishedQuantityBreaks = {
    type: "quantity-breaks",
    id: offerId("quantity-breaks", 1, bareNumber(product)),
    together: variants === "together",
    tiers: tiers.map(({ quantity, reward }) => ({ from: quantity, reward })),
  };
  return { ...EMPTY_PREVIEW, blocks: ["quantity-breaks"], productEntries: [entry] };
};
