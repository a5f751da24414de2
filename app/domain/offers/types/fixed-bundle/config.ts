import type { Refusal } from "../../../shape/field.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { ids, list } from "../../../shape/lists.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { integer, text } from "../../../shape/values.ts";
import { someOf } from "../../conditions/condition.ts";
import type { OfferType } from "../../offer-type.ts";
import { DISCOUNT_CONDITION_NAMES } from "../../shopper-conditions/shopper-conditions.ts";

/** Components of a bundle: few enough for a shopper to take in at a glance. Shopify takes 30. */
export const MOST_COMPONENTS = 10;
/** Units of one component; Shopify takes 2,000. */
const MOST_UNITS = 100;
/** UTF-16 units of the title; Shopify takes 255. */
const LONGEST_TITLE = 100;
/** Units of a bundle at least: fewer are no bundle. */
const FEWEST_UNITS = 2;

const component = shape({
  /** The one variant that it is. */
  variant: ids("ProductVariant", { most: 1 }),
  quantity: integer({ default: 1, min: 1, max: MOST_UNITS }),
});
export type BundleComponent = ShapeValue<typeof component>;

const config = shape(
  {
    /** What the product is called in the shop. */
    title: text({ longest: LONGEST_TITLE }),
    components: list(component, { most: MOST_COMPONENTS }),
  },
  ({ components }) =>
    refusalsOf(...components.map((one, place) => () => componentRefusals(one, components.slice(0, place), place))),
);
export type FixedBundleConfig = ShapeValue<typeof config>;

/** A component names its variant, and no variant of an earlier one. */
function componentRefusals({ variant }: BundleComponent, before: readonly BundleComponent[], place: number): Refusal[] {
  const path = `components.${place}.variant`;
  const isTaken = before.some((one) => variant.some((id) => one.variant.includes(id)));
  return [...someOf(path, variant), ...(isTaken ? [{ path, code: "repeated" }] : [])];
}

/** A few products as one, with a price of its own: a product that Shopify makes of them, and whose stock is theirs. */
export const fixedBundle: OfferType<FixedBundleConfig> = {
  name: "fixed-bundle",
  configVersion: 1,
  config,
  surfaces: ["product"],
  conditions: [],
  shoppers: DISCOUNT_CONDITION_NAMES,
  rewards: ["percent", "fixed-price"],
  modes: ["manual"],
  missing: (config) =>
    refusalsOf(
      () => (config.title.trim() === "" ? [{ path: "title", code: "missing" }] : []),
      () =>
        config.components.reduce((units, { quantity }) => units + quantity, 0) < FEWEST_UNITS
          ? [{ path: "components", code: "too-few", limit: FEWEST_UNITS }]
          : [],
    ),
};
