import { bareNumber } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { PublishedFixedBundle } from "../../domain/offers/types/fixed-bundle/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** The bundle on the page of its first component, with its product as Shopify would make it. */
export const previewFixedBundle: PreviewOf<ConfigOf<"fixed-bundle">> = (_content, { product, bundle }) => {
  if (bundle === null) return EMPTY_PREVIEW;
  const entry: PublishedFixedBundle = {
    ...{ type: "fixed-bundle", id: offerId("fixed-bundle", 1, bareNumber(product)), ...bundle },
  };
  return { ...EMPTY_PREVIEW, blocks: ["bundle"], productEntries: [entry] };
};
