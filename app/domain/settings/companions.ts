import { optional } from "../shape/lists.ts";
import { shape } from "../shape/shape.ts";
import { integer } from "../shape/values.ts";

/** Which products are suggested as companions, whatever orders say. What a person pins or approves always is. */
export const companions = shape({
  /** A companion costs at most this share of the product that it is suggested with; null for no limit. */
  companionPricePercent: optional(integer({ default: 100, min: 1, max: 10_000, unit: "percent" })),
  /** What is left of a companion's price after the offer's discount and its cost, at least; of products whose cost is known. */
  leastMarginPercent: integer({ default: 0, min: 0, max: 90, unit: "percent" }),
});
