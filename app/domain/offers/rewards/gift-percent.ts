import { shape } from "../../shape/shape.ts";
import { integer } from "../../shape/values.ts";

/** A share off the price of each unit that is given beside others: all of it is a gift. */
export const giftPercentReward = shape({
  basisPoints: integer({ default: 10_000, min: 1, max: 10_000, unit: "basis-points" }),
});
