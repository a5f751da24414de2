import { bareNumber } from "../../domain/ids.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { subscriptionEntry } from "../../domain/offers/types/subscription/compiled.ts";
import { subscription } from "../../domain/offers/types/subscription/config.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** What the example's plan takes off where the offer does not ask for more, in percent. */
const EXAMPLE_SAVING = 10;

/** The subscription on the product's page, with an example of a plan: the shop's own plans are known to its theme alone. */
export const previewSubscription: PreviewOf<ConfigOf<"subscription">> = ({ config }, { product }) => ({
  ...EMPTY_PREVIEW,
  blocks: ["subscription"],
  productEntries: [subscriptionEntry({ number: 1, config, surfaces: subscription.surfaces }, bareNumber(product))],
  planSaving: Math.max(EXAMPLE_SAVING, config.leastSaving),
});
