/** An order as the counts know it: its time, milliseconds since 1970 UTC, and its distinct products by bare number. */
export interface CountedBasket {
  readonly at: number;
  readonly products: ReadonlySet<string>;
}

/** What one order changed: its basket before and after; null where it had or has none. */
export interface BasketDelta {
  readonly orderId: string;
  readonly before: CountedBasket | null;
  readonly after: CountedBasket | null;
}

/**
 * One delta per order, from the basket before its first to the basket after its last. Deltas of one order must come in
 * the order in which they happened. Orders whose deltas cancel out are left out.
 */
export function netDeltas(deltas: readonly BasketDelta[]): BasketDelta[] {
  const byOrder = new Map<string, BasketDelta>();
  for (const one of deltas) {
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
