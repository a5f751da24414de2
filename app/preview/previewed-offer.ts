import { OFFER_TYPES, contentShape } from "../domain/offers/offer-types.ts";
import type { ProductId } from "../domain/ids.ts";
import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import { shape, type Shape } from "../domain/shape/shape.ts";
import type { NamedProducts, Preview, PreviewedContent, PreviewFacts, PreviewOf } from "./preview.ts";
import { addOnProducts, previewAddOn } from "./types/add-on.ts";
import { previewBoughtTogether } from "./types/bought-together.ts";
import { gotProducts, previewBuyXGetY } from "./types/buy-x-get-y.ts";
import { previewFixedBundle } from "./types/fixed-bundle.ts";
import { goalGifts, previewGoal } from "./types/goal.ts";
import { previewMixAndMatch } from "./types/mix-and-match.ts";
import { previewQuantityBreaks } from "./types/quantity-breaks.ts";
import { previewSubscription } from "./types/subscription.ts";
import { previewUpgrade } from "./types/upgrade.ts";

/** How offers of each type are previewed. */
const PREVIEWS = {
  "add-on": previewAddOn,
  "bought-together": previewBoughtTogether,
  "buy-x-get-y": previewBuyXGetY,
  "fixed-bundle": previewFixedBundle,
  goal: previewGoal,
  "mix-and-match": previewMixAndMatch,
  "quantity-breaks": previewQuantityBreaks,
  subscription: previewSubscription,
  upgrade: previewUpgrade,
} as const satisfies Record<OfferTypeName, PreviewOf<never>>;

/** Types whose content names products. */
const NAMED: Partial<Record<OfferTypeName, NamedProducts<never>>> = {
  "add-on": addOnProducts,
  "buy-x-get-y": gotProducts,
  goal: goalGifts,
};

/** The products that an offer as it stands in its form names. */
export function namedProducts(type: OfferTypeName, { config }: PreviewedContent): readonly ProductId[] {
  return (NAMED[type] as NamedProducts<unknown> | undefined)?.(config) ?? [];
}

/**
 * Of the products that an offer's conditions name (`on`), those that its preview is made with: the first is the one whose
 * page is shown, the others can be chosen there. Sets, upgrades and goals are shown with products of their own.
 */
export function pageProducts(type: OfferTypeName, on: readonly ProductId[]): readonly ProductId[] {
  if (type === "bought-together" || type === "upgrade" || type === "goal") return [];
  return type === "mix-and-match" ? on : on.slice(0, 1);
}

const CONTENTS = new Map(
  Object.values(OFFER_TYPES).map(({ name }) => {
    const { config, reward } = contentShape(name).fields;
    return [name, shape({ config, reward }) as Shape<PreviewedContent>];
  }),
);

/** What is sent of an offer of a type to have it previewed. */
export function previewedContent(type: OfferTypeName): Shape<PreviewedContent> {
  return CONTENTS.get(type)!;
}

/** The preview of an offer as it stands in its form; its content is that of {@link previewedContent}. */
export function previewOfOffer(type: OfferTypeName, content: PreviewedContent, facts: PreviewFacts): Preview {
  return (PREVIEWS[type] as PreviewOf<unknown>)(content, facts);
}
