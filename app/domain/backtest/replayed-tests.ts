import {
  type Audience,
  SHOPPER_CONDITION_NAMES,
  type ShopperConditionName,
  testsOf,
} from "../offers/shopper-conditions/shopper-conditions.ts";

/** The conditions on shoppers that a past order answers. */
const ANSWERED: readonly ShopperConditionName[] = ["currencies", "cart-value", "cart-units"];

/** What an audience asks that no past order answers: conditions on shoppers, and whether a business buys. */
export type Unanswered = ShopperConditionName | "business";

/** For whom an offer is, as far as past orders tell. */
export interface ReplayedAudience {
  /** Null for all. */
  readonly tests: string | null;
  /** What is taken as met. */
  readonly unanswered: readonly Unanswered[];
  /** The amounts that carts have to cost, by currency. */
  readonly worth: readonly Readonly<Record<string, number>>[];
}

/** The conditions that orders answer; those that they do not are taken as met, which the page says. */
export function replayedAudience(audience: Audience): ReplayedAudience {
  const asked = new Set(audience.shoppers.flatMap((group) => group.map(({ shopper }) => shopper)));
  const groups = audience.shoppers.map((group) => group.filter(({ shopper }) => ANSWERED.includes(shopper)));
  const shoppers = groups.some((group) => group.length === 0) ? [] : groups;
  return {
    tests: testsOf({ ...audience, shoppers, forBusiness: true }),
    unanswered: [
      ...SHOPPER_CONDITION_NAMES.filter((name) => asked.has(name) && !ANSWERED.includes(name)),
      ...(audience.forBusiness ? [] : ["business" as const]),
    ],
    worth: shoppers.flat().flatMap((one) => (one.shopper === "cart-value" ? [one.worth] : [])),
  };
}
