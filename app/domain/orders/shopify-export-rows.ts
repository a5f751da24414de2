import type { CsvRow } from "./csv-rows.ts";
import { parseDecimal, parseTimestamp } from "./field-values.ts";
import { channelOfSource, type OrderChannel, type UtcMs } from "./order.ts";
import type { OrderFileHandlers, OrderRows } from "./file-order-line.ts";

/** The columns that are read. All others, names and addresses among them, are never decoded. */
const COLUMNS = {
  name: "Name",
  financialStatus: "Financial Status",
  createdAt: "Created at",
  paidAt: "Paid at",
  cancelledAt: "Cancelled at",
  currency: "Currency",
  source: "Source",
  paymentMethod: "Payment Method",
  quantity: "Lineitem quantity",
  title: "Lineitem name",
  price: "Lineitem price",
  sku: "Lineitem sku",
  requiresShipping: "Lineitem requires shipping",
  discount: "Lineitem discount",
} as const;
type Column = keyof typeof COLUMNS;

interface OrderFields {
  readonly name: string;
  readonly at: UtcMs;
  readonly currency: string | null;
  readonly channel: OrderChannel;
  readonly cancelled: boolean;
  readonly test: boolean;
  readonly refunded: boolean;
}

/**
 * Rows of Shopify's own order export: one row per line item, order-level fields on the first row of an order only,
 * the order's name ("#1001") on all of them.
 *
 * The export has no product ids: an item is its stock-keeping unit, or its name where it has none. Orders whose
 * payment was refunded in full or voided count as refunded and cancelled; orders paid through the test gateway
 * ("Bogus Gateway") as test orders. Customers appear only by e-mail there, which is never read.
 */
export class ShopifyExportRows implements OrderRows {
  readonly #handlers: OrderFileHandlers;
  readonly #at: Readonly<Record<Column, number>>;
  #order: OrderFields | null = null;

  private constructor(at: Readonly<Record<Column, number>>, handlers: OrderFileHandlers) {
    this.#at = at;
    this.#handlers = handlers;
  }

  /** Null where the header is not one of Shopify's order export. */
  static forHeader(names: readonly string[], handlers: OrderFileHandlers): ShopifyExportRows | null {
    const lower = names.map((name) => name.toLowerCase());
    const at = Object.fromEntries(
      Object.entries(COLUMNS).map(([column, name]) => [column, lower.indexOf(name.toLowerCase())]),
    ) as Record<Column, number>;
    return at.name < 0 || at.title < 0 ? null : new ShopifyExportRows(at, handlers);
  }

  read(row: CsvRow): void {
    const { onLine, onProblem } = this.#handlers;
    const at = this.#at;
    if (row.fields <= Math.max(at.name, at.title)) return onProblem(row.line, "too-few-fields");
    const order = this.#orderOf(row);
    if (order === null) return onProblem(row.line, "no-order-id");
    const title = row.text(at.title).trim();
    const itemId = row.text(at.sku).trim() || title;
    if (itemId === "") return onProblem(row.line, "no-item-id");
    const quantityText = row.text(at.quantity);
    const quantity = quantityText === "" ? 1 : parseDecimal(quantityText);
    if (Number.isNaN(quantity)) return onProblem(row.line, "unreadable-quantity");
    const priceText = row.text(at.price);
    const price = parseDecimal(priceText);
    if (priceText !== "" && Number.isNaN(price)) onProblem(row.line, "unreadable-price");
    const discount = parseDecimal(row.text(at.discount));
    const ships = row.text(at.requiresShipping).trim().toLowerCase();
    const { name: orderId, ...fields } = order;
    onLine({
      line: row.line,
      orderId,
      customerId: null,
      itemId,
      quantity,
      price: Number.isNaN(price) ? null : price,
      discount: Number.isNaN(discount) ? 0 : discount,
      title,
      category: "",
      requiresShipping: ships === "true" ? true : ships === "false" ? false : null,
      ...fields,
    });
  }

  /** The order-level fields of this row's order: from this row where it begins a new order. */
  #orderOf(row: CsvRow): OrderFields | null {
    const name = row.text(this.#at.name).trim();
    if (name === "" || name === this.#order?.name) return this.#order;
    const field = (column: Column) => row.text(this.#at[column]).trim();
    const timeText = field("createdAt") || field("paidAt");
    const at = parseTimestamp(timeText);
    if (timeText !== "" && Number.isNaN(at)) this.#handlers.onProblem(row.line, "unreadable-timestamp");
    const status = field("financialStatus").toLowerCase();
    this.#order = {
      name,
      at,
      currency: field("currency") || null,
      channel: channelOfSource(field("source") || null),
      cancelled: field("cancelledAt") !== "" || status === "voided",
      test: /bogus gateway/i.test(field("paymentMethod")),
      refunded: status === "refunded",
    };
    return this.#order;
  }
}
