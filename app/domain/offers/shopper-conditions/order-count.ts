import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, integer } from "../../shape/values.ts";
import { NOT_IN_CHECKOUT, type ShopperCondition } from "./shopper-condition.ts";

const args = shape({
  compares: choice(["at-least", "less-than"]),
  orderCount: integer({ default: 2, min: 1, max: 1_000 }),
});

/** Holds for customers who are logged in and have ordered so often. */
export const orderCountCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: NOT_IN_CHECKOUT,
  args,
  incomplete: () => [],
  test: ({ compares, orderCount }) => (compares === "at-least" ? `o${orderCount}` : `o0-${orderCount - 1}`),
};
