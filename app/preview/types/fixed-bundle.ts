import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** Shoppers see a bundle as a product of the shop, which its theme shows. */
export const previewFixedBundle: PreviewOf<ConfigOf<"fixed-bundle">> = () => EMPTY_PREVIEW;
