import { compareIds, type CustomerKey, type OrderId, type ProductId } from "../ids.ts";
import { leftOutReason, type LeftOutReason } from "../orders/cleaning.ts";
import type { Order, OrderChannel, OrderLine, UtcMs } from "../orders/order.ts";

/**
 * An order with more different products is no shopping basket: a stock transfer, a wholesale list, a test of the till.
 * Its pairs grow with the square of its size, so it is left out, and counted as left out. The largest real baskets
 * known have about 1,100.
 */
export const LARGEST_BASKET = 2500;

/** What of an order is evidence of what goes together. */
export interface Basket {
  readonly orderId: OrderId;
  /** When the sale took place. */
  readonly at: UtcMs;
  readonly customerKey: CustomerKey | null;
  readonly channel: OrderChannel;
  /** Distinct, ascending. */
  readonly products: readonly ProductId[];
  /**
   * Beside each product: the bundle that alone brought it into the order, numbered from 1, or 0. Two products of one
   * number were sold as one thing, and are not "bought together".
   */
  readonly bundle: readonly number[];
  /** Products that only our own offers brought into the order: no evidence, or the miner would learn from itself. */
  readonly prompted: readonly ProductId[];
}

export interface LineLeftOut {
  readonly line: OrderLine;
  readonly reason: LeftOutReason;
}

/** The basket of an order, and what of it was left out and why. An order of which nothing is left has no basket. */
export function basketOf(order: Order): { readonly basket: Basket | null; readonly leftOut: readonly LineLeftOut[] } {
  const leftOut: LineLeftOut[] = [];
  const kept: OrderLine[] = [];
  for (const line of order.lines) {
    const reason = leftOutReason(order, line);
    if (reason === null) kept.push(line);
    else leftOut.push({ line, reason });
  }
  const products = distinct(kept.filter((line) => line.offer === null));
  if (products.length > LARGEST_BASKET) {
    return { basket: null, leftOut: [...leftOut, ...kept.map((line) => ({ line, reason: "giant-order" as const }))] };
  }
  const prompted = distinct(kept.filter((line) => line.offer !== null)).filter((id) => !products.includes(id));
  if (products.length === 0 && prompted.length === 0) return { basket: null, leftOut };
  const { id: orderId, processedAt: at, customerKey, channel } = order;
  const bundle = bundleNumbers(products, kept);
  return { basket: { orderId, at, customerKey, channel, products, bundle, prompted }, leftOut };
}

function distinct(lines: readonly OrderLine[]): ProductId[] {
  return [...new Set(lines.map((line) => line.productId!))].sort(compareIds);
}

function bundleNumbers(products: readonly ProductId[], kept: readonly OrderLine[]): number[] {
  const groups = new Map<ProductId, Set<string | null>>();
  for (const { productId, groupId } of kept) {
    groups.set(productId!, (groups.get(productId!) ?? new Set()).add(groupId));
  }
  const numbers = new Map<string, number>();
  return products.map((product) => {
    const [only, ...more] = groups.get(product)!;
    if (only == null || more.length > 0) return 0;
    const number = numbers.get(only) ?? numbers.size + 1;
    numbers.set(only, number);
    return number;
  });
}
