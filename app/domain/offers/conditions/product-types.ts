import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { text } from "../../shape/values.ts";
import { type Condition, isOneOf, someOf } from "./condition.ts";

const args = shape({ types: list(text({ longest: 255 }), { most: 50 }) });

/** Holds for products of one of these types, as the merchant words them in Shopify. */
export const productTypesCondition: Condition<ShapeValue<typeof args>> = {
  evaluatedBy: ["server"],
  args,
  incomplete: ({ types }) => someOf("types", types),
  holds: ({ types }, { product }) => product && isOneOf(types, product.productType),
};
