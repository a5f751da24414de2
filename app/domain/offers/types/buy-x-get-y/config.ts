import { encodeProductRules } from "../../../pricing/rules.ts";
import { RULES_BYTES } from "../../../publishing/limits.ts";
import type { Refusal } from "../../../shape/field.ts";
import { ids, optional } from "../../../shape/lists.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { choice, integer } from "../../../shape/values.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import { DISCOUNT_CONDITION_NAMES } from "../../shopper-conditions/shopper-conditions.ts";
import { gotReward, rewardRefusals } from "../../rewards/rewards.ts";

/** Most units that are bought, or got, in one group. */
const MOST_UNITS = 20;
/** Products to get: few enough for a shopper to choose from, and for the rules of every product that is bought. */
export const MOST_GOT_PRODUCTS = 10;
const MOST_TIMES = 100;
/** Longer than the number and the priority of any offer. */
const LARGEST_NUMBER = 99_999;
/** Product numbers as long as Shopify's, as far apart as they can be. */
const FARTHEST = 9_999_999_999_999;

const config = shape(
  {
    /** Units that are bought at their price; which products they are of is what the conditions say. */
    buy: integer({ default: 2, min: 1, max: MOST_UNITS }),
    /** Units that cost less then. */
    get: integer({ default: 1, min: 1, max: MOST_UNITS }),
    /** Whether these are of the products that are bought, or of others. */
    gets: choice(["same", "others"]),
    /** The others; they never count as bought. */
    gotProducts: ids("Product", { most: MOST_GOT_PRODUCTS }),
    reward: gotReward,
    /** How often in one order; null for as often as units are enough. */
    most: optional(integer({ default: 1, min: 1, max: MOST_TIMES })),
  },
  (config): Refusal[] => {
    const refusals = rewardRefusals(config.reward).map((one) => ({ ...one, path: `reward.${one.path}` }));
    return refusals.length > 0 || fits(config.reward) ? refusals : [{ path: "reward", code: "too-much" }];
  },
);
export type BuyXGetYConfig = ShapeValue<typeof config>;

/** Whether the discount Function is given the reward: amounts in many currencies may be too much for it. */
function fits(reward: BuyXGetYConfig["reward"]): boolean {
  const head = { type: "buy-x-get-y", number: LARGEST_NUMBER, priority: LARGEST_NUMBER } as const;
  const listed = Array.from({ length: MOST_GOT_PRODUCTS }, (_, n) => String(Math.floor(FARTHEST / (n + 1))));
  const rules = { ...head, buy: MOST_UNITS, get: MOST_UNITS, most: MOST_TIMES, reward, listed };
  return (encodeProductRules([rules])?.length ?? 0) <= RULES_BYTES;
}

/** Buy some units, and others cost less or nothing: "buy 2, get 1 free". */
export const buyXGetY: OfferType<BuyXGetYConfig> = {
  name: "buy-x-get-y",
  configVersion: 1,
  config,
  surfaces: ["product"],
  conditions: PRODUCT_CONDITIONS,
  shoppers: DISCOUNT_CONDITION_NAMES,
  rewards: [],
  modes: ["manual"],
  missing: ({ gets, gotProducts }) =>
    gets === "others" && gotProducts.length === 0 ? [{ path: "gotProducts", code: "too-few", limit: 1 }] : [],
};
