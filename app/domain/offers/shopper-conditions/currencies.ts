import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, text } from "../../shape/values.ts";
import { ALWAYS_KNOWN, codeRefusals, listTest, type ShopperCondition } from "./shopper-condition.ts";

const args = shape({
  matches: choice(["any", "none"]),
  /** ISO 4217 codes. */
  inCurrencies: list(text({ longest: 3, code: "currency" }), { most: 30 }),
});

/** Holds for shoppers who pay in one of these currencies, or in none of them. */
export const currenciesCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: ALWAYS_KNOWN,
  args,
  incomplete: ({ inCurrencies }) => codeRefusals("inCurrencies", inCurrencies, /^[A-Z]{3}$/, "not-a-currency"),
  test: ({ matches, inCurrencies }) => listTest("m", matches, inCurrencies),
};
