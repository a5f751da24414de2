import type { LineId, OrderId } from "../ids.ts";
import type { Order, OrderLine, UtcMs } from "./order.ts";

/** An order without its lines, with its totals. */
export interface OrderHead extends Omit<Order, "lines"> {
  /** What the buyer paid in. Amounts are in `currency`, the shop's. */
  readonly presentmentCurrency: string;
  /** What is left of the items' price after discounts and refunds of both kinds; without shipping. */
  readonly netMinor: number;
  /** Everything given back so far. */
  readonly refundedMinor: number;
}

/** Units of one line that were given back, and what was given back for them. */
export interface RefundLine {
  /** Bare number of the refund. */
  readonly refundId: string;
  readonly lineId: LineId;
  readonly quantity: number;
  readonly subtotalMinor: number;
  readonly createdAt: UtcMs;
}

/** One order with everything that Shopify says of it at `order.updatedAt`. */
export interface FetchedOrder {
  readonly order: OrderHead;
  readonly lines: readonly OrderLine[];
  readonly refunds: readonly RefundLine[];
}

/** One line as a bulk file gives it: it may come before its order. */
export interface ParentedLine {
  readonly orderId: OrderId;
  readonly line: OrderLine;
}
