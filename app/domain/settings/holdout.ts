import { shape } from "../shape/shape.ts";
import { integer } from "../shape/values.ts";

/** What it takes to know what all offers together earn. */
export const holdout = shape({
  /** Share of shoppers who are shown no offer, to compare what they spend with what the others do; 0 for nobody. */
  holdoutPercent: integer({ default: 5, min: 0, max: 20, unit: "percent" }),
});
