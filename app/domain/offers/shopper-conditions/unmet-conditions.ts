import { meetsTests, type ShopperFacts } from "../../pricing/buyer-facts.ts";
import { type Audience, shopperCondition, type ShopperConditionName } from "./shopper-conditions.ts";

/** A kind of condition, or a switch of an offer, that a shopper does not meet. */
export type UnmetCondition = ShopperConditionName | "business" | "counter";

/**
 * What keeps an offer from a shopper: of the group that comes closest the kinds of conditions that are not met. Null where
 * the offer is for the shopper.
 */
export function unmetConditions(
  { shoppers, forBusiness, atCounter }: Audience,
  facts: ShopperFacts,
): readonly UnmetCondition[] | null {
  const always: UnmetCondition[] = [
    ...(!forBusiness && facts.business !== false ? (["business"] as const) : []),
    ...(!atCounter && facts.counter !== false ? (["counter"] as const) : []),
  ];
  const groups = (shoppers.length === 0 ? [[]] : shoppers).map((group) => [
    ...always,
    ...group.flatMap((one) => (meetsTests(shopperCondition(one).test(one), facts) === true ? [] : [one.shopper])),
  ]);
  const closest = groups.reduce((best, group) => (group.length < best.length ? group : best));
  return closest.length === 0 ? null : [...new Set(closest)];
}
