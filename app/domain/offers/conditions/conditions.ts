import { list } from "../../shape/lists.ts";
import { oneOf, type VariantOf } from "../../shape/one-of.ts";
import { type Refusal, within } from "../../shape/field.ts";
import { refusalsOf } from "../../shape/known-parts.ts";
import { collectionsCondition } from "./collections.ts";
import type { Condition, ConditionFacts } from "./condition.ts";
import { productTypesCondition } from "./product-types.ts";
import { productsCondition } from "./products.ts";
import { tagsCondition } from "./tags.ts";
import { vendorsCondition } from "./vendors.ts";

/** Every kind of condition that an offer can carry, one file each. */
export const CONDITIONS = {
  products: productsCondition,
  collections: collectionsCondition,
  tags: tagsCondition,
  vendors: vendorsCondition,
  "product-types": productTypesCondition,
} as const;

export type ConditionName = keyof typeof CONDITIONS;

/** The conditions that say which products an offer is for. */
export const PRODUCT_CONDITIONS: readonly ConditionName[] = [
  "products",
  "collections",
  "tags",
  "vendors",
  "product-types",
];

type Arguments = { readonly [Name in ConditionName]: (typeof CONDITIONS)[Name]["args"] };
const ARGUMENTS = Object.fromEntries(Object.entries(CONDITIONS).map(([name, { args }]) => [name, args])) as Arguments;

/** One condition with its arguments: `{ condition: "tags", tags: ["sale"] }`. */
export type ChosenCondition = VariantOf<"condition", Arguments>;

/** Groups of conditions: they hold where all conditions of at least one group do. No group at all holds everywhere. */
export type ConditionGroups = readonly (readonly ChosenCondition[])[];

/** The conditions of an offer, as they are stored and sent. */
export const conditionGroups = list(
  list(oneOf("condition", ARGUMENTS, { default: "products" }), { fewest: 1, most: 5 }),
  { most: 5 },
);

/** The condition that a choice names, whatever its arguments are. */
function conditionOf(chosen: ChosenCondition): Condition<unknown> {
  return CONDITIONS[chosen.condition];
}

/**
 * Whether conditions hold, by the three-valued logic of SQL: null where what is not known decides. The order of groups
 * and of conditions never matters.
 */
export function conditionsHold(groups: ConditionGroups, facts: ConditionFacts): boolean | null {
  if (groups.length === 0) return true;
  const answers = groups.map((group) => allOf(group.map((chosen) => conditionOf(chosen).holds(chosen, facts))));
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

function allOf(answers: readonly (boolean | null)[]): boolean | null {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

/** What keeps conditions from being used: one without arguments, or one that the offer's type cannot evaluate. */
export function conditionRefusals(groups: ConditionGroups, possible: readonly ConditionName[]): Refusal[] {
  return groups.flatMap((group, at) =>
    refusalsOf(
      ...group.map((chosen, place) => (): Refusal[] => {
        const path = within(String(at), place);
        if (!possible.includes(chosen.condition))
          return [{ path: within(path, "condition"), code: "not-possible-here" }];
        return conditionOf(chosen)
          .incomplete(chosen)
          .map((refusal) => ({ ...refusal, path: within(path, refusal.path) }));
      }),
    ),
  );
}
