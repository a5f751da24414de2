import type { CsvRow } from "./csv-rows.ts";
import { parseDecimal, parseTimestamp } from "./field-values.ts";
import type { OrderFileHandlers, OrderRows } from "./file-order-line.ts";

const COLUMNS = ["order_id", "customer_id", "timestamp", "item_id", "quantity", "price", "title", "category"] as const;
type Column = (typeof COLUMNS)[number];

/** Rows of a plain order file: one line per order line, empty where the source has none, columns in any order. */
export class PlainOrderRows implements OrderRows {
  readonly #handlers: OrderFileHandlers;
  readonly #at: Readonly<Record<Column, number>>;
  readonly #needed: number;

  private constructor(at: Readonly<Record<Column, number>>, handlers: OrderFileHandlers) {
    this.#at = at;
    this.#handlers = handlers;
    this.#needed = Math.max(at.order_id, at.item_id) + 1;
  }

  /** Null where the header is not one of a plain order file. */
  static forHeader(names: readonly string[], handlers: OrderFileHandlers): PlainOrderRows | null {
    const lower = names.map((name) => name.toLowerCase());
    const at = Object.fromEntries(COLUMNS.map((column) => [column, lower.indexOf(column)])) as Record<Column, number>;
    return at.order_id < 0 || at.item_id < 0 ? null : new PlainOrderRows(at, handlers);
  }

  read(row: CsvRow): void {
    const { onLine, onProblem } = this.#handlers;
    if (row.fields < this.#needed) return onProblem(row.line, "too-few-fields");
    const at = this.#at;
    const orderId = row.text(at.order_id).trim();
    const itemId = row.text(at.item_id).trim();
    if (orderId === "") return onProblem(row.line, "no-order-id");
    if (itemId === "") return onProblem(row.line, "no-item-id");
    const quantityText = row.text(at.quantity);
    const quantity = quantityText === "" ? 1 : parseDecimal(quantityText);
    if (Number.isNaN(quantity)) return onProblem(row.line, "unreadable-quantity");
    const priceText = row.text(at.price);
    const price = priceText === "" ? NaN : parseDecimal(priceText);
    if (priceText !== "" && Number.isNaN(price)) onProblem(row.line, "unreadable-price");
    const timeText = row.text(at.timestamp);
    const time = timeText === "" ? NaN : parseTimestamp(timeText);
    if (timeText !== "" && Number.isNaN(time)) onProblem(row.line, "unreadable-timestamp");
    onLine({
      line: row.line,
      orderId,
      customerId: row.text(at.customer_id).trim() || null,
      at: time,
      itemId,
      quantity,
      price: Number.isNaN(price) ? null : price,
      discount: 0,
      title: row.text(at.title),
      category: row.text(at.category),
      currency: null,
      channel: "other",
      cancelled: false,
      test: false,
      refunded: false,
      requiresShipping: null,
    });
  }
}
