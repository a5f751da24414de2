/** Stands for the currency of an order whose amounts are in another one than the shop's, which it had before. */
export const OTHER_BOOKS = "";

/**
 * Past orders in columns, so that a million of them need neither objects nor copies. Amounts are minor units of the
 * shop's currency, as they were when the order was placed.
 */
export interface PackedOrders {
  /** Numbers of the orders, which can exceed what a double holds exactly. */
  readonly ids: BigInt64Array;
  /** When each was placed: milliseconds since 1970 UTC. */
  readonly at: Float64Array;
  /** What the buyers paid in: of each order the place of its currency in `currencies`. */
  readonly paidIn: Uint16Array;
  readonly currencies: readonly string[];
  /** 1 for what was sold at a counter. */
  readonly counter: Uint8Array;
  /** Where the lines of each order begin; one more than there are orders. */
  readonly firstLine: Uint32Array;
  readonly lines: PackedLines;
}

/** Lines of orders, in columns. */
export interface PackedLines {
  /** Number of the product; 0 for a custom item, a product that is gone, and a component of a bundle. */
  readonly product: Float64Array;
  /** Number of the variant; 0 for none. */
  readonly variant: Float64Array;
  /** Units that were bought: those ordered without those that an edit took off. */
  readonly sold: Int32Array;
  /** Units that were not given back. */
  readonly kept: Int32Array;
  /** Price of a unit before discounts. */
  readonly unitPrice: Float64Array;
  /** What was paid for the kept units, discounts and refunds off, with the taxes that their prices include. */
  readonly paid: Float64Array;
  /** The same without taxes. */
  readonly net: Float64Array;
  /** What of 1 of the line's price is left without taxes: 1 where prices do not include them. */
  readonly netOfTax: Float64Array;
  /** What a unit costs the merchant; NaN where nobody knows. */
  readonly cost: Float64Array;
  readonly giftCard: Uint8Array;
  readonly ships: Uint8Array;
}

/** Room for so many orders and lines, all zero. */
export function emptyOrders(orders: number, lines: number, currencies: readonly string[]): PackedOrders {
  return {
    ...{ ids: new BigInt64Array(orders), at: new Float64Array(orders), paidIn: new Uint16Array(orders), currencies },
    ...{ counter: new Uint8Array(orders), firstLine: new Uint32Array(orders + 1) },
    lines: {
      ...{ product: new Float64Array(lines), variant: new Float64Array(lines), sold: new Int32Array(lines) },
      ...{ kept: new Int32Array(lines), unitPrice: new Float64Array(lines), net: new Float64Array(lines) },
      ...{ netOfTax: new Float64Array(lines), cost: new Float64Array(lines), giftCard: new Uint8Array(lines) },
      ...{ paid: new Float64Array(lines), ships: new Uint8Array(lines) },
    },
  };
}
