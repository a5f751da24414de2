import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, text } from "../../shape/values.ts";
import { ALWAYS_KNOWN, codeRefusals, listTest, type ShopperCondition } from "./shopper-condition.ts";

const args = shape({
  matches: choice(["any", "none"]),
  /** Language tags in lower case: "pt" stands for all of its regions, "pt-br" for one. */
  inLanguages: list(text({ longest: 10, code: "language" }), { most: 20 }),
});

/** Holds for shoppers who see the shop in one of these languages, or in none of them. */
export const languagesCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: ALWAYS_KNOWN,
  args,
  incomplete: ({ inLanguages }) =>
    codeRefusals("inLanguages", inLanguages, /^[a-z]{2,3}(-[a-z0-9]{2,4})?$/, "not-a-language"),
  test: ({ matches, inLanguages }) => listTest("l", matches, inLanguages),
};
