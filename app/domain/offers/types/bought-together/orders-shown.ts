import type { ProductId } from "../../../ids.ts";
import { LEAST_ORDERS_SHOWN } from "./published.ts";
import type { Considered, ShopFacts } from "./chosen-offer.ts";

/**
 * In how many orders of the latest 90 days each companion was with the product, for the companions whose number
 * shoppers see. Never for what is taken from similar products, nor for fewer than {@link LEAST_ORDERS_SHOWN} orders.
 */
export function ordersShown(
  considered: readonly Considered[],
  { ordersUntil }: Pick<ShopFacts, "ordersUntil">,
): Map<ProductId, number> {
  const shown = new Map<ProductId, number>();
  if (ordersUntil === null) return shown;
  for (const { product, listed, own } of considered) {
    const orders = Math.min(listed?.recentTogether ?? 0, own.pair.together);
    if (listed?.placedBy !== "similar" && orders >= LEAST_ORDERS_SHOWN) shown.set(product, orders);
  }
  return shown;
}
