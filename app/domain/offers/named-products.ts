import type { ProductId } from "../ids.ts";
import type { ConditionGroups } from "./conditions/conditions.ts";

/** The products that an offer's conditions name one by one. */
export function namedProducts(groups: ConditionGroups): ProductId[] {
  const named = groups.flat().flatMap((chosen) => (chosen.condition === "products" ? chosen.products : []));
  return [...new Set(named)];
}

/** Whether an offer can be shown with no product at all, because all that it names are gone. */
export function areAllProductsGone(groups: ConditionGroups, isGone: (product: ProductId) => boolean): boolean {
  return (
    groups.length > 0 &&
    groups.every((group) => group.some((chosen) => chosen.condition === "products" && chosen.products.every(isGone)))
  );
}
