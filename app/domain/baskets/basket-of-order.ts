import type { ProductId } from "../ids.ts";
import type { LeftOutReason } from "../orders/cleaning.ts";
import type { Order } from "../orders/order.ts";
import { basketOf, type Basket } from "./basket.ts";

/**
 * Besides the reasons of cleaning: the components of one bundle were not chosen together by a buyer, and what our own
 * offer added is no evidence for that offer.
 */
export type BasketReason = LeftOutReason | "bundle-component" | "own-offer";

/** What of an order is counted, and why each other line is not. */
export interface CountedOrder {
  /** Distinct, ascending by code unit. Empty where nothing of the order is evidence. */
  readonly products: readonly ProductId[];
  /** One reason for each line that is left out. */
  readonly leftOut: readonly BasketReason[];
}

/**
 * What an order says about which products are bought together. All components of a bundle are left out, also of
 * pairs with the rest of the order: the buyer chose the bundle, and nobody knows for which part of it.
 */
export function countedOrder(order: Order): CountedOrder {
  const { basket, leftOut } = basketOf(order);
  const reasons: BasketReason[] = leftOut.map(({ reason }) => reason);
  if (basket === null) return { products: [], leftOut: reasons };
  const components = bundleComponents(basket);
  const products = basket.products.filter((product) => !components.has(product));
  const out = new Set(leftOut.map(({ line }) => line));
  for (const line of order.lines) {
    if (out.has(line)) continue;
    if (line.offer !== null) reasons.push("own-offer");
    else if (line.productId !== null && components.has(line.productId)) reasons.push("bundle-component");
  }
  return { products, leftOut: reasons };
}

/** Products that a bundle alone brought into the order together with others. */
function bundleComponents({ products, bundle }: Basket): Set<ProductId> {
  const sizes = new Map<number, number>();
  for (const number of bundle) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  return new Set(products.filter((_, index) => bundle[index] !== 0 && sizes.get(bundle[index]!)! > 1));
}
