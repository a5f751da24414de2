import type { Refusal } from "../../../shape/field.ts";
import { texts } from "../../../shape/keyed-values.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { ids, list } from "../../../shape/lists.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { integer } from "../../../shape/values.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import { MOST_ADD_ONS } from "./published.ts";

/** Letters of the line below an add-on's title, at most. */
const LONGEST_TEXT = 120;

const addOn = shape({
  /** What is added: one product, which may be a service. */
  product: ids("Product", { most: 1 }),
  /** One line that says what the shopper gets, by language. */
  text: texts({ longest: LONGEST_TEXT }),
});

type AddOn = ShapeValue<typeof addOn>;

const config = shape(
  {
    /** In the order in which shoppers see them. */
    addOns: list(addOn, { most: MOST_ADD_ONS }),
    /** Percent of the product's price that an add-on costs at most; a dearer one is not shown with it. */
    cap: integer({ default: 25, min: 1, max: 100, unit: "percent" }),
  },
  ({ addOns }) => refusalsOf(...addOns.map((one, place) => () => repeated(one, addOns.slice(0, place), place))),
);
export type AddOnConfig = ShapeValue<typeof config>;

function repeated({ product: [product] }: AddOn, before: readonly AddOn[], place: number): Refusal[] {
  const isRepeated = product !== undefined && before.some((other) => other.product[0] === product);
  return isRepeated ? [{ path: `addOns.${place}.product`, code: "repeated" }] : [];
}

/** The least that a product costs, in minor units, with which an add-on of this price is shown. */
export function leastProductPriceMinor(addOnPriceMinor: number, cap: number): number {
  return Math.ceil((addOnPriceMinor * 100) / cap);
}

/** Small products and services that a shopper ticks to have them added with the product: gift wrap, a warranty. */
export const addOnType: OfferType<AddOnConfig> = {
  name: "add-on",
  configVersion: 1,
  config,
  surfaces: ["product"],
  conditions: PRODUCT_CONDITIONS,
  rewards: [],
  modes: ["manual"],
  missing: ({ addOns }) => [
    ...(addOns.length === 0 ? [{ path: "addOns", code: "too-few", limit: 1 }] : []),
    ...refusalsOf(
      ...addOns.map(
        (one, place) => () =>
          one.product.length === 0 ? [{ path: `addOns.${place}.product`, code: "too-few", limit: 1 }] : [],
      ),
    ),
  ],
};
