import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../../ids.ts";
import type { ProductFacts } from "./condition.ts";
import {
  type ChosenCondition,
  conditionGroups,
  type ConditionGroups,
  type ConditionName,
  conditionRefusals,
  CONDITIONS,
  conditionsHold,
} from "./conditions.ts";
import { shape } from "../../shape/shape.ts";

const mug: ProductFacts = {
  id: gid("Product", "1"),
  collections: [gid("Collection", "7")],
  tags: ["New", "gift"],
  vendor: "Kiln & Co",
  productType: "Mugs",
  hasSellingPlans: false,
};
const holds = (groups: ConditionGroups) => conditionsHold(groups, { product: mug });

/** Of each kind, one that holds for the mug and one that does not. */
const CASES: Readonly<Record<ConditionName, readonly [ChosenCondition, ChosenCondition]>> = {
  products: [
    { condition: "products", products: [gid("Product", "2"), gid("Product", "1")] },
    { condition: "products", products: [gid("Product", "2")] },
  ],
  collections: [
    { condition: "collections", collections: [gid("Collection", "7")] },
    { condition: "collections", collections: [gid("Collection", "8")] },
  ],
  tags: [
    { condition: "tags", tags: ["sale", "GIFT"] },
    { condition: "tags", tags: ["gif"] },
  ],
  vendors: [
    { condition: "vendors", vendors: ["kiln & co"] },
    { condition: "vendors", vendors: ["Kiln"] },
  ],
  "product-types": [
    { condition: "product-types", types: ["mugs"] },
    { condition: "product-types", types: [""] },
  ],
};
const names = Object.keys(CONDITIONS) as ConditionName[];

test.each(names)("%s holds for what it names and for nothing else", (name) => {
  const [met, unmet] = CASES[name];
  expect([holds([[met]]), holds([[unmet]])]).toEqual([true, false]);
  expect(conditionsHold([[met]], { product: null })).toBeNull();
});

test.each(names)("%s survives storage, and without arguments it is refused", (name) => {
  const stored = shape({ groups: conditionGroups });
  const groups = [[...CASES[name]]];
  expect(stored.parse(JSON.parse(JSON.stringify({ groups })))).toEqual({ ok: true, value: { groups } });
  const empty = [[{ condition: name, ...CONDITIONS[name].args.default } as ChosenCondition]];
  expect(conditionRefusals(empty, names)).toMatchObject([{ code: "too-few", limit: 1 }]);
  expect(conditionRefusals(groups, names)).toEqual([]);
  expect(conditionRefusals(groups, [])).toMatchObject([{ path: "0.0.condition", code: "not-possible-here" }, {}]);
});

test("conditions hold where all of one group do, whatever their order", () => {
  const chosen = fc.constantFrom(...Object.values(CASES).flat());
  const groups = fc.array(fc.array(chosen, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(groups, (given) => {
      const one = (condition: ChosenCondition) => CASES[condition.condition][0] === condition;
      const expected = given.length === 0 || given.some((group) => group.every(one));
      expect(holds(given)).toBe(expected);
      expect(holds(given.toReversed().map((group) => group.toReversed()))).toBe(expected);
    }),
  );
});
