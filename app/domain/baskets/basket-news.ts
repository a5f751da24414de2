/** An order as the counts know it: its time, milliseconds since 1970 UTC, and its distinct products by bare number. */
export interface CountedBasket {
  readonly at: number;
  readonly products: ReadonlySet<string>;
}

/** What one order changed of the baskets; null where it was none before, or is none any more. */
export interface BasketNews {
  readonly orderId: string;
  readonly before: CountedBasket | null;
  readonly after: CountedBasket | null;
}

/**
 * The news of each order as one: what it was before the first of them and is after the last. Those of one order are
 * given in the order in which they came; those that took each other back are left out.
 */
export function netNews(news: readonly BasketNews[]): BasketNews[] {
  const byOrder = new Map<string, BasketNews>();
  for (const one of news) {
    const earlier = byOrder.get(one.orderId);
    byOrder.set(one.orderId, earlier === undefined ? one : { ...one, before: earlier.before });
  }
  return [...byOrder.values()].filter(({ before, after }) => !isSame(before, after));
}

function isSame(a: CountedBasket | null, b: CountedBasket | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.at === b.at && a.products.size === b.products.size && [...a.products].every((product) => b.products.has(product))
  );
}
