import { areTogether, type Basket } from "../baskets/basket.ts";
import type { OrderId, ProductId } from "../ids.ts";

/** What the live counts know of one companion of a product. */
export interface LiveCompanion {
  readonly product: ProductId;
  readonly together: number;
  /** Milliseconds since 1970 UTC. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Pair counts that follow the orders one by one. An order may be added, added again in a newer form, or removed, in
 * any order: what is counted is always what a rebuild from the orders held would count. Work per order is linear in
 * its pairs.
 */
export class LivePairCounts {
  readonly #baskets = new Map<OrderId, Basket>();
  readonly #ordersOf = new Map<ProductId, Set<OrderId>>();
  readonly #together = new Map<ProductId, Map<ProductId, number>>();

  /** Orders held. */
  get orders(): number {
    return this.#baskets.size;
  }

  /** Counts a basket; one of the same order counted before is taken off first. */
  add(basket: Basket): void {
    this.remove(basket.orderId);
    this.#baskets.set(basket.orderId, basket);
    for (const product of basket.products) {
      const orders = this.#ordersOf.get(product) ?? new Set();
      this.#ordersOf.set(product, orders.add(basket.orderId));
    }
    this.#countPairs(basket, 1);
  }

  /** Takes an order off; one that is not held changes nothing. */
  remove(orderId: OrderId): void {
    const basket = this.#baskets.get(orderId);
    if (basket === undefined) return;
    this.#baskets.delete(orderId);
    for (const product of basket.products) {
      const orders = this.#ordersOf.get(product)!;
      orders.delete(orderId);
      if (orders.size === 0) this.#ordersOf.delete(product);
    }
    this.#countPairs(basket, -1);
  }

  /** In how many orders held a product is. */
  ordersWith(product: ProductId): number {
    return this.#ordersOf.get(product)?.size ?? 0;
  }

  together(a: ProductId, b: ProductId): number {
    return this.#together.get(a)?.get(b) ?? 0;
  }

  /** Companions of a product with at least `minTogether` orders together, most first, then by id. */
  companionsOf(product: ProductId, minTogether = 1): LiveCompanion[] {
    return [...(this.#together.get(product) ?? [])]
      .filter(([, together]) => together >= minTogether)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .map(([companion, together]) => ({ product: companion, together, ...this.#seen(product, companion) }));
  }

  #countPairs(basket: Basket, step: 1 | -1): void {
    const { products } = basket;
    for (let i = 0; i < products.length; i++) {
      for (let j = i + 1; j < products.length; j++) {
        if (!areTogether(basket, i, j)) continue;
        this.#count(products[i]!, products[j]!, step);
        this.#count(products[j]!, products[i]!, step);
      }
    }
  }

  #count(a: ProductId, b: ProductId, step: 1 | -1): void {
    const counts = this.#together.get(a) ?? new Map<ProductId, number>();
    const count = (counts.get(b) ?? 0) + step;
    if (count > 0) counts.set(b, count);
    else counts.delete(b);
    if (counts.size > 0) this.#together.set(a, counts);
    else this.#together.delete(a);
  }

  #seen(a: ProductId, b: ProductId): { firstAt: number; lastAt: number } {
    const [fewer, more] = [this.#ordersOf.get(a)!, this.#ordersOf.get(b)!].sort((x, y) => x.size - y.size);
    let firstAt = Infinity;
    let lastAt = -Infinity;
    for (const orderId of fewer!) {
      if (!more!.has(orderId)) continue;
      const basket = this.#baskets.get(orderId)!;
      if (!areTogether(basket, basket.products.indexOf(a), basket.products.indexOf(b))) continue;
      firstAt = Math.min(firstAt, basket.at);
      lastAt = Math.max(lastAt, basket.at);
    }
    return { firstAt, lastAt };
  }
}
