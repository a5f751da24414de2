import type { CsvRow, MalformedRow } from "./csv-rows.ts";
import type { OrderChannel, UtcMs } from "./order.ts";

/** One line of an order file, whichever of the two formats it came in. */
export interface FileOrderLine {
  /** Number of the file's line, from 1. */
  readonly line: number;
  readonly orderId: string;
  /** The file's own pseudonymous customer id; always null from Shopify's export, which knows customers by e-mail. */
  readonly customerId: string | null;
  /** NaN where the file has no time, or one that cannot be read. */
  readonly at: UtcMs;
  readonly itemId: string;
  readonly quantity: number;
  /** In whole currency units, as the file has it; null where it has none. */
  readonly price: number | null;
  /** On the whole line, in whole currency units. */
  readonly discount: number;
  readonly title: string;
  readonly category: string;
  readonly currency: string | null;
  readonly channel: OrderChannel;
  readonly cancelled: boolean;
  readonly test: boolean;
  readonly refunded: boolean;
  readonly requiresShipping: boolean | null;
}

/** What is wrong with one line. All but `unreadable-timestamp` and `unreadable-price` leave the line out. */
export type LineProblem =
  | MalformedRow
  | "too-few-fields"
  | "no-order-id"
  | "no-item-id"
  | "unreadable-quantity"
  | "unreadable-price"
  | "unreadable-timestamp";

export interface OrderFileHandlers {
  readonly onLine: (line: FileOrderLine) => void;
  readonly onProblem: (line: number, problem: LineProblem) => void;
}

/** Reads the rows of one format, after its header. */
export interface OrderRows {
  read(row: CsvRow): void;
}
