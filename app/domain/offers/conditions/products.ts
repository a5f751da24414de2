import { ids } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { type Condition, someOf } from "./condition.ts";

const args = shape({ products: ids("Product", { most: 250 }) });

/** Holds for these products. */
export const productsCondition: Condition<ShapeValue<typeof args>> = {
  evaluatedBy: ["server"],
  args,
  incomplete: ({ products }) => someOf("products", products),
  holds: ({ products }, { product }) => product && products.includes(product.id),
};
