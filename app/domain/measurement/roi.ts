/*
What offers brought in beside what they cost:

    ROI = (added revenue - costs) / costs        shown in percent, times 100
    added revenue = what offers earned, before our own discounts
    costs = our discounts + shipping that they made free + store credit given + cost of the goods added
            + costs of the period that the merchant states

Our discounts are in the added revenue and in the costs: what was given away was first won. Shipping is no revenue, so what
they took off it is only a cost. Each cost is shown, and where one is not known there is no figure.
*/
import { DAY_MS } from "../time/day.ts";

/** What is not known of costs. */
export const ROI_COSTS = ["discounts", "goods", "monthly"] as const;
export type RoiCost = (typeof ROI_COSTS)[number];

/** What was earned and what it cost. Amounts in the smallest unit of one currency; null for a cost that is not known. */
export interface RoiInputs {
  /** After our own discounts. */
  readonly earnedMinor: number;
  /** Our own discounts that are off `earnedMinor`. */
  readonly withinMinor: number;
  /** All of our own discounts. */
  readonly discountMinor: number | null;
  /** What our own discounts took off shipping; null together with `discountMinor`. */
  readonly shippingMinor: number | null;
  /** What offers gave as store credit. */
  readonly creditMinor: number;
  /** Cost of goods as a share of what was earned, from 0 to 1, more where they were sold below cost. */
  readonly goodsShare: number | null;
  /** Costs of the period that the merchant states. */
  readonly monthlyMinor: number | null;
}

export interface Roi {
  /** What was earned, before our own discounts. */
  readonly addedMinor: number;
  readonly goodsMinor: number | null;
  readonly costMinor: number | null;
  /** The figure: 0.5 for 50 percent. Null where a cost is not known, or where there are none. */
  readonly ratio: number | null;
  readonly missing: readonly RoiCost[];
}

/** Return on investment. Nothing earned needs no goods. */
export function returnOnInvestment(inputs: RoiInputs): Roi {
  const { earnedMinor, withinMinor, discountMinor, shippingMinor, creditMinor, goodsShare, monthlyMinor } = inputs;
  const addedMinor = earnedMinor + withinMinor;
  const goodsMinor = earnedMinor <= 0 ? 0 : goodsShare === null ? null : Math.round(goodsShare * earnedMinor);
  const givenMinor = discountMinor === null || shippingMinor === null ? null : discountMinor + shippingMinor;
  const costs = { discounts: givenMinor, goods: goodsMinor, monthly: monthlyMinor };
  const missing = ROI_COSTS.filter((cost) => costs[cost] === null);
  const known = (givenMinor ?? 0) + creditMinor + (goodsMinor ?? 0) + (monthlyMinor ?? 0);
  const costMinor = missing.length > 0 ? null : known;
  const ratio = costMinor === null || costMinor <= 0 ? null : (addedMinor - costMinor) / costMinor;
  return { addedMinor, goodsMinor, costMinor, ratio, missing };
}

/** What is known of the cost of goods that came through offers. */
export interface GoodsCost {
  /** What all of these goods earned, before taxes. */
  readonly earnedMinor: number;
  /** Cost of those whose cost Shopify has. */
  readonly knownMinor: number;
  /** What the others earned, and how many order lines they are. */
  readonly unknownEarnedMinor: number;
  readonly unknownLines: number;
}

/**
 * The cost of goods as a share of what they earned. Where Shopify has no cost of some, `marginPercent` stands for them; null
 * where neither is known. Without any goods it is the margin's.
 */
export function goodsShareOf(goods: GoodsCost, marginPercent: number | null): number | null {
  const { earnedMinor, knownMinor, unknownEarnedMinor, unknownLines } = goods;
  const stated = marginPercent === null ? null : 1 - marginPercent / 100;
  if (earnedMinor <= 0) return stated;
  if (unknownLines === 0) return knownMinor / earnedMinor;
  return stated === null ? null : (knownMinor + stated * unknownEarnedMinor) / earnedMinor;
}

/** Days of an average month. */
const MONTH_DAYS = 365.25 / 12;

/** The part of costs per month that falls on a period, by its length. */
export function costOfPeriod(monthMinor: number, lengthMs: number): number {
  return Math.round((monthMinor * lengthMs) / (MONTH_DAYS * DAY_MS));
}
