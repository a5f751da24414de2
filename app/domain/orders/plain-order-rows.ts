import type { CsvRow } from "./csv-rows.ts";
import { decimalField, RepeatingTexts, RunningValues } from "./field-cache.ts";
import { parseTimestamp } from "./field-values.ts";
import type { OrderFileHandlers, OrderRows } from "./file-order-line.ts";

const COLUMNS = ["order_id", "customer_id", "timestamp", "item_id", "quantity", "price", "title", "category"] as const;
type Column = (typeof COLUMNS)[number];

/** Rows of a plain order file: one line per order line, empty where the source has none, columns in any order. */
export class PlainOrderRows implements OrderRows {
  readonly #handlers: OrderFileHandlers;
  readonly #at: Readonly<Record<Column, number>>;
  readonly #needed: number;
  readonly #orderIds = new RunningValues((text) => text);
  readonly #customerIds = new RunningValues((text) => text || null);
  readonly #times = new RunningValues((text) => ({ at: text === "" ? NaN : parseTimestamp(text), given: text !== "" }));
  readonly #itemIds = new RepeatingTexts();
  readonly #titles = new RepeatingTexts();
  readonly #categories = new RepeatingTexts();

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
    const orderId = this.#orderIds.value(row, at.order_id);
    const itemId = this.#itemIds.text(row, at.item_id);
    if (orderId === "") return onProblem(row.line, "no-order-id");
    if (itemId === "") return onProblem(row.line, "no-item-id");
    const quantity = row.isEmpty(at.quantity) ? 1 : decimalField(row, at.quantity);
    if (Number.isNaN(quantity)) return onProblem(row.line, "unreadable-quantity");
    const price = decimalField(row, at.price);
    if (Number.isNaN(price) && !row.isEmpty(at.price)) onProblem(row.line, "unreadable-price");
    const time = this.#times.value(row, at.timestamp);
    if (time.given && Number.isNaN(time.at)) onProblem(row.line, "unreadable-timestamp");
    onLine({
      line: row.line,
      orderId,
      customerId: this.#customerIds.value(row, at.customer_id),
      at: time.at,
      itemId,
      quantity,
      price: Number.isNaN(price) ? null : price,
      discount: 0,
      title: this.#titles.text(row, at.title),
      category: this.#categories.text(row, at.category),
      currency: null,
      channel: "other",
      cancelled: false,
      test: false,
      refunded: false,
      requiresShipping: null,
    });
  }
}
