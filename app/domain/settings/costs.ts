import { amounts } from "../shape/keyed-values.ts";
import { optional } from "../shape/lists.ts";
import { shape } from "../shape/shape.ts";
import { integer } from "../shape/values.ts";

/** More must be a typing error. */
const LARGEST_COST = 1_000_000_000_000;

/** What offers cost beside discounts, as far as Shopify does not say. */
export const costs = shape({
  /** What the app, and whatever else the merchant counts, costs in a month, by currency. None is not known; 0 is nothing. */
  monthlyCosts: amounts({ min: 0, max: LARGEST_COST }),
  /** What is left of the price of goods after their cost, for goods without a cost in Shopify; null for not known. */
  marginPercent: optional(integer({ default: 0, min: 0, max: 100, unit: "percent" })),
});
