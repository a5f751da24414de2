import { ids } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { type Condition, someOf } from "./condition.ts";

const args = shape({ collections: ids("Collection", { most: 50 }) });

/** Holds for products that are in one of these collections. */
export const collectionsCondition: Condition<ShapeValue<typeof args>> = {
  evaluatedBy: ["server"],
  args,
  incomplete: ({ collections }) => someOf("collections", collections),
  holds: ({ collections }, { product }) => product && product.collections.some((one) => collections.includes(one)),
};
