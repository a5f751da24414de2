import { shape } from "../shape/shape.ts";
import { integer } from "../shape/values.ts";

/** Which products count as upgrades of others. */
export const upgrades = shape({
  /** An upgrade costs at most this share of what it replaces, and always more than it. */
  upgradeCapPercent: integer({ default: 150, min: 101, max: 1_000, unit: "percent" }),
});
