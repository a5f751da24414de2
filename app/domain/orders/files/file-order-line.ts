import type { OrderChannel, UtcMs } from "../order.ts";

/** One line of an order file, whichever system wrote it. */
export interface FileOrderLine {
  /** Which of the files it came from, from 0. */
  readonly file: number;
  /** Number of the file's line, from 1. */
  readonly line: number;
  readonly orderId: string;
  /** The file's own pseudonymous customer id; null where it has none. */
  readonly customerId: string | null;
  /** When the order was placed, by any of its lines; NaN where none says. */
  readonly at: UtcMs;
  /** The product, see `itemIdentities`. */
  readonly itemId: string;
  readonly quantity: number;
  /** Of one unit, a whole number of `10^-amountDecimals` (see `OrderBook`); null where the file says none. */
  readonly unitPrice: number | null;
  /** On the whole line, in the same unit. */
  readonly discount: number;
  /** The product's title, without its variant. */
  readonly title: string;
  readonly category: string;
  /** ISO 4217 code; null where the file has none. */
  readonly currency: string | null;
  readonly channel: OrderChannel;
  readonly cancelled: boolean;
  readonly test: boolean;
  readonly refunded: boolean;
  readonly requiresShipping: boolean | null;
  /** The file itself says that this is a shipping line, a fee, a discount or the like. */
  readonly isService: boolean;
}

/** What is wrong with one line, and whether the line is left out for it. */
export const LINE_PROBLEMS = {
  "text-after-quote": "left-out",
  "unclosed-quote": "left-out",
  "row-too-long": "left-out",
  "before-header": "left-out",
  "repeated-header": "left-out",
  "repeated-in-another-file": "left-out",
  "too-few-fields": "left-out",
  "no-order-id": "left-out",
  "damaged-order-id": "left-out",
  "no-item-id": "left-out",
  "unreadable-quantity": "left-out",
  "unreadable-price": "kept",
  "unreadable-timestamp": "kept",
} as const;
export type LineProblem = keyof typeof LINE_PROBLEMS;

/** Lines of one file that have one problem. */
export interface LinesWithProblem {
  readonly file: number;
  readonly problem: LineProblem;
  readonly lines: readonly number[];
}
