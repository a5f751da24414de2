import { amounts } from "../../shape/keyed-values.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice } from "../../shape/values.ts";
import { LARGEST_AMOUNT } from "../rewards/largest-amount.ts";
import type { ShopperCondition } from "./shopper-condition.ts";

const args = shape({
  compares: choice(["at-least", "less-than"]),
  /** Minor units by currency. Nothing holds in a currency that is absent. */
  worth: amounts({ max: LARGEST_AMOUNT }),
});

/** Holds for carts whose lines cost so much before discounts. */
export const cartValueCondition: ShopperCondition<ShapeValue<typeof args>> = {
  // Checkout extensions see prices after discounts only.
  knownTo: { theme: "when-opened", cart: "when-opened", discount: "yes", checkout: "no" },
  args,
  incomplete: ({ worth }) => (Object.keys(worth).length === 0 ? [{ path: "worth", code: "no-amount" }] : []),
  test: ({ compares, worth }) => {
    const limits = Object.entries(worth).map(([currency, amount]) => `${currency}${amount}`);
    return `${compares === "less-than" ? "!" : ""}v${limits.sort().join(".")}`;
  },
};
