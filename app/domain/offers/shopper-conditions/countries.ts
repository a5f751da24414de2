import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, text } from "../../shape/values.ts";
import { ALWAYS_KNOWN, codeRefusals, listTest, type ShopperCondition } from "./shopper-condition.ts";

const args = shape({
  matches: choice(["any", "none"]),
  /** ISO 3166 codes. */
  inCountries: list(text({ longest: 2, code: "country" }), { most: 50 }),
});

/** Holds for shoppers in one of these countries, or in none of them. */
export const countriesCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: ALWAYS_KNOWN,
  args,
  incomplete: ({ inCountries }) => codeRefusals("inCountries", inCountries, /^[A-Z]{2}$/, "not-a-country"),
  test: ({ matches, inCountries }) => listTest("c", matches, inCountries),
};
