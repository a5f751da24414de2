import type { SimulatedQuery } from "../../../domain/simulation/simulated-query.ts";
import type { SimulatorView } from "../../../views/simulator-view.ts";

/**
 * A question with a part of it changed. A cart that began as an order's is one of its own once it is changed; one whose lines
 * are still on their way stays the order's.
 */
export function changedQuery(query: SimulatedQuery, changed: Partial<SimulatedQuery>): SimulatedQuery {
  const next = { ...query, ...changed };
  return changed.order === undefined && next.lines.length > 0 ? { ...next, order: null } : next;
}

/**
 * What changes with the currency. Amounts of another one mean nothing in it; the cart of an order is taken again, since its
 * prices in this one may be known.
 */
export function inCurrency(
  currency: string,
  query: SimulatedQuery,
  { order, shopCurrency }: Pick<SimulatorView, "order" | "shopCurrency">,
): Partial<SimulatedQuery> {
  if (query.order !== null && order !== null && "name" in order) {
    return { currency, feeMinor: null, lines: [], order: query.order };
  }
  return {
    ...{ currency: currency === shopCurrency ? null : currency, feeMinor: null },
    lines: query.lines.map((line) => ({ ...line, priceMinor: null })),
  };
}
