import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { text } from "../../shape/values.ts";
import { type Condition, isOneOf, someOf } from "./condition.ts";

const args = shape({ tags: list(text({ longest: 255 }), { most: 50 }) });

/** Holds for products with one of these tags. */
export const tagsCondition: Condition<ShapeValue<typeof args>> = {
  evaluatedBy: ["server"],
  args,
  incomplete: ({ tags }) => someOf("tags", tags),
  holds: ({ tags }, { product }) => product && product.tags.some((tag) => isOneOf(tags, tag)),
};
