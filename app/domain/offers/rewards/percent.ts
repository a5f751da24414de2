import { shape } from "../../shape/shape.ts";
import { integer } from "../../shape/values.ts";

/** Half off: more is far likelier a slip of the finger than a plan. */
const MOST_BASIS_POINTS = 5_000;

/** A share off the price of each unit. */
export const percentReward = shape({
  basisPoints: integer({ default: 1_000, min: 1, max: MOST_BASIS_POINTS, unit: "basis-points" }),
});
