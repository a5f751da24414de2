import type { ProductId } from "../../ids.ts";

/** What changed in a shop while an experiment ran. `at`: milliseconds since 1970 UTC. */
export type ShopChange =
  | { readonly kind: "product-removed"; readonly at: number; readonly product: ProductId }
  | { readonly kind: "currency-changed"; readonly at: number; readonly to: string }
  /** An offer that is compared was paused, archived or deleted, or can be shown no longer. */
  | { readonly kind: "offer-stopped"; readonly at: number; readonly offer: number }
  /** An offer was changed so that the offers that are compared give different discounts. */
  | { readonly kind: "discount-changed"; readonly at: number; readonly offer: number };

/**
 * From `at` on an experiment does not measure what was planned: it takes no more shoppers, and figures end there.
 * "stopped": staff ended it before its last look.
 */
export interface Interruption {
  readonly at: number;
  readonly reason: ShopChange["kind"] | "stopped";
}

/**
 * The first change that ends an experiment, or null. A removed product does so only where an arm has none left of those
 * that it is about: while others remain, all arms leave out the removed one alike. Another currency always does, because
 * amounts before and after cannot be added, and so does an offer that is shown no more. Another time zone does not: an experiment counts days from its start.
 *
 * `productsOfArms`: what each arm is about; empty for an arm that is about no product in particular.
 */
export function interruptionOf(
  startedAt: number,
  productsOfArms: readonly (readonly ProductId[])[],
  changes: readonly ShopChange[],
): Interruption | null {
  const removed = new Set<ProductId>();
  for (const change of [...changes].sort((a, b) => a.at - b.at)) {
    if (change.kind === "product-removed") {
      removed.add(change.product);
      const hasNone = (products: readonly ProductId[]) =>
        products.length > 0 && products.every((id) => removed.has(id));
      if (!productsOfArms.some(hasNone)) continue;
    }
    if (change.at >= startedAt) return { at: change.at, reason: change.kind };
  }
  return null;
}
