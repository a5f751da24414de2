import type { OfferContent } from "./offer.ts";
import type { OfferTypeName } from "./offer-type-name.ts";
import { contentShape } from "./offer-types.ts";

/** An offer that is yet to be made. */
export interface OfferDraft {
  readonly type: OfferTypeName;
  readonly content: OfferContent;
}

/**
 * What every shop begins with: sets without a discount, and a goal that waits for its amount. Without a name of their
 * own they are called what their type is.
 */
export const FIRST_OFFERS: readonly OfferDraft[] = [
  { type: "bought-together", content: { ...contentShape("bought-together").default, status: "active" } },
  { type: "goal", content: { ...contentShape("goal").default, reward: { kind: "free-shipping" } } },
];
