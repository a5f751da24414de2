import { texts } from "../../../shape/keyed-values.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { choice, integer } from "../../../shape/values.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import { LARGEST_SAVING, LONGEST_TEXT, PLAN_CHOICES } from "./published.ts";

const config = shape({
  /** Which plan is offered where a product has several: the first, in the order of the app that made them, or the cheapest. */
  plan: choice(PLAN_CHOICES),
  /** What a plan saves at least, in percent of the price; 0 also offers plans that save nothing. */
  leastSaving: integer({ default: 1, min: 0, max: LARGEST_SAVING, unit: "percent" }),
  /** One line of the merchant's words, by language: "Pause or cancel whenever you like". */
  text: texts({ longest: LONGEST_TEXT }),
});
export type SubscriptionConfig = ShapeValue<typeof config>;

/**
 * Offers a subscription to what a shopper would buy once: on its page, or in place of its line in the cart. Plans and their
 * prices are those that the shop has, whichever app made them.
 */
export const subscription: OfferType<SubscriptionConfig> = {
  name: "subscription",
  configVersion: 1,
  config,
  surfaces: ["product", "cart"],
  conditions: PRODUCT_CONDITIONS,
  rewards: [],
  modes: ["manual"],
  missing: () => [],
};
