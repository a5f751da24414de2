import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { text } from "../../shape/values.ts";
import { type Condition, isOneOf, someOf } from "./condition.ts";

const args = shape({ vendors: list(text({ longest: 255 }), { most: 50 }) });

/** Holds for products of one of these vendors. */
export const vendorsCondition: Condition<ShapeValue<typeof args>> = {
  evaluatedBy: ["server"],
  args,
  incomplete: ({ vendors }) => someOf("vendors", vendors),
  holds: ({ vendors }, { product }) => product && isOneOf(vendors, product.vendor),
};
