import { encodeProductRules } from "../../../pricing/rules.ts";
import { LARGEST_HEAD, RULES_BYTES } from "../../../publishing/limits.ts";
import type { Refusal } from "../../../shape/field.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { integer } from "../../../shape/values.ts";
import { SET_SIZE } from "../../../shoppers/list-lengths.ts";
import { type Audience, testsOf } from "../../shopper-conditions/shopper-conditions.ts";
import { countryList, countryRefusals } from "../../country-list.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import { type CreditReward, isCredit, type Reward } from "../../rewards/rewards.ts";

const config = shape(
  {
    /** How many companions the set shows. */
    setSize: integer({ default: SET_SIZE, min: 1, max: SET_SIZE }),
    /** Where free shipping is the reward: the countries that the whole set ships to for free. */
    countries: countryList,
  },
  ({ countries }) => countryRefusals(countries, "countries"),
);
export type BoughtTogetherConfig = ShapeValue<typeof config>;

/**
 * What the discount Function is not given of the reward of a whole set: amounts in many currencies, or many countries, may
 * be too much for it.
 */
function tooMuch(config: BoughtTogetherConfig, given: Reward | null): Refusal[] {
  if (given === null || given.kind === "percent" || isCredit(given) || fits(config, given)) return [];
  return [{ path: given.kind === "free-shipping" ? "config.countries" : "reward.amounts", code: "too-much" }];
}

/** The discount Function knows for whom an offer is; what grants store credit later does not. */
function creditForSome(given: Reward | null, audience: Audience): Refusal[] {
  return isCredit(given) && testsOf(audience) !== null ? [{ path: "audience.shoppers", code: "not-with-credit" }] : [];
}

function fits(
  { setSize, countries }: BoughtTogetherConfig,
  given: Exclude<Reward, { kind: "percent" } | CreditReward>,
): boolean {
  const reward = given.kind === "free-shipping" ? { ...given, countries } : given;
  const listed = Array.from({ length: setSize }, (_, n) => String(Number.MAX_SAFE_INTEGER - n * 2 ** 50));
  const rules = { type: "bought-together", ...LARGEST_HEAD, reward, listed } as const;
  return (encodeProductRules([rules])?.length ?? 0) <= RULES_BYTES;
}

/** Products with the companions that orders support, with or without a discount on the set. */
export const boughtTogether: OfferType<BoughtTogetherConfig> = {
  name: "bought-together",
  configVersion: 1,
  config,
  surfaces: ["product", "checkout", "thank-you"],
  conditions: PRODUCT_CONDITIONS,
  rewards: ["percent", "amount-off", "fixed-price", "free-shipping", "credit-percent", "credit-amount"],
  modes: ["automatic", "review", "manual"],
  refusals: (content) =>
    refusalsOf(
      () => tooMuch(content.config, content.reward),
      () => creditForSome(content.reward, content.audience),
    ),
  missing: () => [],
};
