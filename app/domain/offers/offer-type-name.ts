import { PRICED_TYPES } from "../pricing/rules.ts";

/** The types of offers. A list that is checked against this union fails to compile where it lacks one. */
export type OfferTypeName =
  | "add-on"
  | "bought-together"
  | "buy-x-get-y"
  | "fixed-bundle"
  | "goal"
  | "mix-and-match"
  | "quantity-breaks"
  | "subscription"
  | "upgrade";

/** What the ids of each type's offers begin with: see `offer-id.ts`. */
export const OFFER_CODES = {
  "add-on": "ao",
  "bought-together": PRICED_TYPES["bought-together"].code,
  "buy-x-get-y": PRICED_TYPES["buy-x-get-y"].code,
  "fixed-bundle": "fb",
  goal: PRICED_TYPES.goal.code,
  "mix-and-match": PRICED_TYPES["mix-and-match"].code,
  "quantity-breaks": PRICED_TYPES["quantity-breaks"].code,
  subscription: "ss",
  upgrade: "up",
} as const satisfies Record<OfferTypeName, string>;

/** What carries the published entries of each type: every product that is offered something, or the shop as a whole. */
export const OFFER_ANCHORS = {
  "add-on": "product",
  "bought-together": "product",
  "buy-x-get-y": "product",
  "fixed-bundle": "product",
  goal: "shop",
  "mix-and-match": "product",
  "quantity-breaks": "product",
  subscription: "product",
  upgrade: "product",
} as const satisfies Record<OfferTypeName, "product" | "shop">;

export const OFFER_TYPE_NAMES = Object.keys(OFFER_CODES) as OfferTypeName[];

/** Whether a stored or published name is that of a type which this release knows. */
export function isOfferTypeName(name: string): name is OfferTypeName {
  return Object.hasOwn(OFFER_CODES, name);
}
