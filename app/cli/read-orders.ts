import { OrderBook } from "../domain/orders/files/order-book.ts";
import { OrderFileReader, type FileRows, type UnreadableOrderFile } from "../domain/orders/files/order-file.ts";
import type { NamedColumns } from "../domain/orders/files/order-columns.ts";
import { orderFileBytes } from "./order-file-bytes.ts";
import { UserError } from "./user-error.ts";

/**
 * Reads one or several order files as one. `named` are columns that a person told.
 * Throws a `UserError` for a file that cannot be read at all, which says what to do.
 */
export async function readOrders(paths: readonly string[], named: NamedColumns = {}): Promise<OrderBook> {
  const files: { name: string; rows: FileRows }[] = [];
  for (const path of paths) {
    const reader = new OrderFileReader(named);
    for await (const chunk of orderFileBytes(path)) refuse(path, reader.push(chunk), named);
    const rows = reader.end();
    if ("code" in rows) refuse(path, rows, named);
    else files.push({ name: path === "-" ? "standard input" : path, rows });
  }
  return new OrderBook(files);
}

function refuse(path: string, unreadable: UnreadableOrderFile | null, named: NamedColumns): void {
  if (unreadable === null) return;
  if (unreadable.code === "empty-file") throw new UserError(`"${path}" is empty.`);
  if (unreadable.code === "not-text") throw new UserError(`"${path}" is not a CSV file.`);
  const header = unreadable.header
    .map((name) => name.replace(/[\p{Cc}\s]+/gu, " ").trim())
    .join(", ")
    .slice(0, 300);
  const wanted = Object.values(named);
  const asked =
    wanted.length === 0
      ? ""
      : ` None is called ${wanted.map((name) => `"${name}"`).join(" or ")}, or one more is needed.`;
  throw new UserError(
    `"${path}" has no columns for the order and what was ordered that Tsuide knows: its first line is "${header}".${asked} ` +
      `Rename two columns to order_id and item_id, or name them: --columns "order=YOUR COLUMN,item=YOUR COLUMN".`,
  );
}

const ROLES = {
  ...{ order: "order", item: "item", sku: "sku", title: "title", variant: "variant", category: "category" },
  ...{ customer: "customer", time: "time", date: "time", quantity: "quantity", price: "price", total: "total" },
  ...{ discount: "discount", currency: "currency", status: "status", cancelled: "cancelled" },
} as const;

/** Reads `--columns "order=Belegnummer,item=Artikel"`. Throws a `UserError` for anything else. */
export function namedColumns(text: string | undefined): NamedColumns {
  const named: Record<string, string> = {};
  for (const pair of (text ?? "").split(",").filter((each) => each.trim() !== "")) {
    const [role, name] = pair.split(/=(.*)/s).map((each) => each.trim());
    if (name === undefined || name === "" || !Object.hasOwn(ROLES, role!)) {
      throw new UserError(
        `--columns wants ROLE=COLUMN, separated by commas, with the roles ${Object.keys(ROLES).join(", ")}; not "${pair.trim()}".`,
      );
    }
    named[ROLES[role as keyof typeof ROLES]] = name;
  }
  return named;
}
