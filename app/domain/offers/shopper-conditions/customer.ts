import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice } from "../../shape/values.ts";
import { NOT_IN_CHECKOUT, type ShopperCondition } from "./shopper-condition.ts";

const args = shape({ who: choice(["guest", "signed-in", "first-order", "returning", "business"]) });

const TESTS: Readonly<Record<ShapeValue<typeof args>["who"], string>> = {
  guest: "!s",
  "signed-in": "s",
  "first-order": "o0-0",
  returning: "o1",
  business: "b",
};

/**
 * Holds for shoppers who are not logged in, who are, who are and have not ordered yet or have, or who buy for a company.
 * Whoever is not logged in is a guest, though checkout may recognise an e-mail address.
 */
export const customerCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: NOT_IN_CHECKOUT,
  args,
  incomplete: () => [],
  test: ({ who }) => TESTS[who],
};
