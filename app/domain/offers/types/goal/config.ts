import type { Refusal } from "../../../shape/field.ts";
import { amounts } from "../../../shape/keyed-values.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { boolean, integer } from "../../../shape/values.ts";
import { countryList, countryRefusals } from "../../country-list.ts";
import type { OfferType } from "../../offer-type.ts";
import { LARGEST_AMOUNT } from "../../rewards/largest-amount.ts";
import { goalTiers, missingOfTiers, tiersRefusals } from "./tiers.ts";

const config = shape(
  {
    /** From which worth of goods on, in minor units by currency. A currency that is absent has no goal. */
    amounts: amounts({ max: LARGEST_AMOUNT }),
    /** ISO codes of the countries that it ships to for free; null for all that the shop ships to. */
    countries: countryList,
    /** Whether collection at a pick-up point is free as well. */
    pickUp: boolean({ default: false }),
    /** Whether local delivery is free as well. */
    localDelivery: boolean({ default: false }),
    /** What else there is from an amount on. */
    tiers: goalTiers,
    /** Whether products are proposed that close the gap to the next amount. */
    closesGap: boolean({ default: true }),
    /** How much more than what is missing they may cost, in percent of the cart. */
    closesGapAt: integer({ default: 25, min: 0, max: 100, unit: "percent" }),
  },
  (config) =>
    refusalsOf(
      () => countryRefusals(config.countries, "countries"),
      () => at("tiers", tiersRefusals(config.tiers)),
    ),
);
export type GoalConfig = ShapeValue<typeof config>;

function at(field: string, refusals: readonly Refusal[]): Refusal[] {
  return refusals.map((refusal) => ({ ...refusal, path: refusal.path === "" ? field : `${field}.${refusal.path}` }));
}

/** Free shipping, a discount on the order or a gift from an amount on, and how much is missing until then. */
export const goal: OfferType<GoalConfig> = {
  name: "goal",
  configVersion: 1,
  config,
  surfaces: ["cart", "checkout"],
  conditions: [],
  // It says itself where it is good, and counts what ships after discounts.
  shoppers: ["currencies", "languages", "customer", "order-count", "customer-tags"],
  rewards: ["free-shipping"],
  modes: ["manual"],
  missing: (config) =>
    refusalsOf(
      () =>
        config.tiers.length === 0 && Object.keys(config.amounts).length === 0
          ? [{ path: "amounts", code: "no-amount" }]
          : [],
      () => at("tiers", missingOfTiers(config.tiers)),
    ),
};
