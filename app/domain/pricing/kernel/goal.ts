import { BOUGHT_TOGETHER, GIFT, PricedOffer } from "./offers.ts";
import { FREE_SHIPPING } from "./rewards.ts";

/** Ways to deliver, as far as a goal tells them apart. */
export const SHIPPING: i32 = 0;
export const LOCAL_DELIVERY: i32 = 1;
/** Collection in a shop, or at a pick-up point. */
export const PICK_UP: i32 = 2;
export const OTHER_DELIVERY: i32 = 3;

/**
 * What counts towards free shipping: everything that ships, gift cards included, after discounts on lines and before
 * those on the order, without products that a goal gives free: a gift that becomes free may not take free shipping away.
 */
export function countsTowardsGoal(requiresShipping: boolean, gift: boolean): boolean {
  return requiresShipping && !gift;
}

/** Whether a goal of the shop gives a product free. */
export function isGift(offers: PricedOffer[], product: number): boolean {
  for (let i: i32 = 0; i < offers.length; i++) {
    if (offers[i]!.type === GIFT && offers[i]!.giftProduct === product) return true;
  }
  return false;
}

/** Takes over the sets that ship for free. Those that were read are whole: see `read-rules.ts`. */
export function addFreeSets(offers: PricedOffer[], into: PricedOffer[]): void {
  for (let i: i32 = 0; i < offers.length; i++) {
    if (offers[i]!.type === BOUGHT_TOGETHER && offers[i]!.reward === FREE_SHIPPING) into.push(offers[i]!);
  }
}

/**
 * Whether a goal, or a set that ships for free, is good for a country.
 *
 * @param country Packed; 0 where it is not known: then only a goal that is good everywhere is.
 */
export function isGoodFor(goal: PricedOffer, country: i32): boolean {
  if (goal.everywhere) return true;
  for (let i: i32 = 0; i < goal.countries.length; i++) {
    if (goal.countries[i]! === country) return true;
  }
  return false;
}

/**
 * Marks the ways to deliver one group of goods that a reached goal makes free: the cheapest of each kind that the goal is
 * for, since it promises shipping and not the fastest courier. None of a kind of which one is free already.
 *
 * @param kinds Of each option, such as {@link SHIPPING}.
 * @param costs Of each option, in minor units.
 * @param free Set to 1 for each option that becomes free.
 */
export function freeOptions(goal: PricedOffer, kinds: i32[], costs: number[], free: Uint8Array): void {
  freeCheapest(SHIPPING, kinds, costs, free);
  if (goal.localDelivery) freeCheapest(LOCAL_DELIVERY, kinds, costs, free);
  if (goal.pickUp) freeCheapest(PICK_UP, kinds, costs, free);
}

function freeCheapest(kind: i32, kinds: i32[], costs: number[], free: Uint8Array): void {
  let cheapest: number = -1;
  for (let i: i32 = 0; i < kinds.length; i++) {
    if (kinds[i]! === kind && (cheapest < 0 || costs[i]! < cheapest)) cheapest = costs[i]!;
  }
  if (cheapest <= 0) return;
  for (let i: i32 = 0; i < kinds.length; i++) {
    if (kinds[i]! === kind && costs[i]! === cheapest) free[i] = 1;
  }
}
