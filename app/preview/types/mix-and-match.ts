import { bareNumber } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { PublishedMixAndMatch } from "../../domain/offers/types/mix-and-match/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** The offer on the page of a product that is part of it. Where too few are known, examples stand for the other choices. */
export const previewMixAndMatch: PreviewOf<ConfigOf<"mix-and-match">> = ({ config }, { product, companions }) => {
  const entry: PublishedMixAndMatch = {
    ...{ type: "mix-and-match", id: offerId("mix-and-match", 1, bareNumber(product)), ...config },
    products: companions.map((one) => bareNumber(one.product)),
    collections: [],
  };
  return { ...EMPTY_PREVIEW, blocks: ["mix-and-match"], productEntries: [entry] };
};
