import type { Refusal } from "../../shape/field.ts";
import { refusalsOf } from "../../shape/known-parts.ts";
import { ids, list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { text } from "../../shape/values.ts";

/** Rules of a shop, at most: each is a row that a person can look through. */
export const MOST_RULES = 50;
/** Products that one side of a rule names one by one, at most. */
export const MOST_NAMED_PRODUCTS = 250;
/** Tags that one side of a rule names, at most. */
export const MOST_NAMED_TAGS = 20;
/** Products that the rules of a shop name one by one, at most. */
export const MOST_NAMED_IN_ALL = 4_000;

const products = ids("Product", { most: MOST_NAMED_PRODUCTS });
const collections = ids("Collection", { most: 20 });
const tags = list(text({ longest: 255 }), { most: MOST_NAMED_TAGS });

/** "These products go only with those": a lens with the cameras that it fits. Each side is all that its three fields name. */
const rule = shape({
  products,
  collections,
  tags,
  fitProducts: products,
  fitCollections: collections,
  fitTags: tags,
});
export type CompatibilityRule = ShapeValue<typeof rule>;

/**
 * What goes only with what, as staff state it. Beside what the fields refuse: `no-products` and `fits-nothing` where a side
 * of a rule is empty, and `too-much` where the rules together name too many products.
 */
export const compatibilityRules = shape({ rules: list(rule, { most: MOST_RULES }) }, ({ rules }) => [
  ...rules.flatMap((one, at) => sidesMissing(one, `rules.${at}`)),
  ...refusalsOf(() =>
    namedProducts(rules) > MOST_NAMED_IN_ALL ? [{ path: "rules", code: "too-much", limit: MOST_NAMED_IN_ALL }] : [],
  ),
]);
export type CompatibilityRules = ShapeValue<typeof compatibilityRules>;

function sidesMissing(one: CompatibilityRule, path: string): Refusal[] {
  const isEmpty = (...fields: (readonly unknown[])[]) => fields.every((field) => field.length === 0);
  return refusalsOf(
    () => (isEmpty(one.products, one.collections, one.tags) ? [{ path: `${path}.products`, code: "no-products" }] : []),
    () =>
      isEmpty(one.fitProducts, one.fitCollections, one.fitTags)
        ? [{ path: `${path}.fitProducts`, code: "fits-nothing" }]
        : [],
  );
}

function namedProducts(rules: readonly CompatibilityRule[]): number {
  return rules.reduce((sum, one) => sum + one.products.length + one.fitProducts.length, 0);
}
