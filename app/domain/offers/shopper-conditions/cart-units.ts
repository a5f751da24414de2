import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, integer } from "../../shape/values.ts";
import type { ShopperCondition } from "./shopper-condition.ts";

const args = shape({
  compares: choice(["at-least", "less-than"]),
  unitCount: integer({ default: 2, min: 1, max: 1_000 }),
});

/** Holds for carts with so many units in all. */
export const cartUnitsCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: { theme: "when-opened", cart: "when-opened", discount: "yes", checkout: "yes" },
  args,
  incomplete: () => [],
  test: ({ compares, unitCount }) => `${compares === "less-than" ? "!" : ""}n${unitCount}`,
};
