import type { ProductId } from "../../../ids.ts";
import { LEAST_ORDERS_TOLD } from "./published.ts";
import type { Considered, ShopFacts } from "./chosen-offer.ts";

/**
 * In how many orders of the latest 90 days each companion was with the product, for the companions whose number
 * shoppers are told. Never for what is taken from similar products, nor for fewer than {@link LEAST_ORDERS_TOLD} orders.
 */
export function ordersTold(
  considered: readonly Considered[],
  { ordersUntil }: Pick<ShopFacts, "ordersUntil">,
): Map<ProductId, number> {
  const told = new Map<ProductId, number>();
  if (ordersUntil === null) return told;
  for (const { product, listed, association } of considered) {
    const orders = Math.min(listed?.recentTogether ?? 0, association.together);
    if (listed?.placedBy !== "similar" && orders >= LEAST_ORDERS_TOLD) told.set(product, orders);
  }
  return told;
}
