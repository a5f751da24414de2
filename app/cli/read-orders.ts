import { OrderBook } from "../domain/orders/files/order-book.ts";
import { OrderFileReader, type FileRows, type UnreadableOrderFile } from "../domain/orders/files/order-file.ts";
import type { NamedColumns } from "../domain/orders/files/order-columns.ts";
import { ENCODING_NAMES } from "../domain/orders/files/text-encoding.ts";
import { openOrderFile, type OrderFilePart } from "./order-file-bytes.ts";
import { UserError } from "./user-error.ts";

/**
 * Reads one or several order files as one. `named` are the columns that a person named.
 * Throws a `UserError` for a file that cannot be read at all, which says what to do.
 */
export async function readOrders(paths: readonly string[], named: NamedColumns = {}): Promise<OrderBook> {
  const files: ReadFile[] = [];
  const notRead: string[] = [];
  for (const path of paths) {
    const opened = await openOrderFile(path);
    if (opened.kind === "file") {
      files.push(readOrRefuse(path, await readPart(opened.file, named, false), named));
      continue;
    }
    const read = [];
    for (const file of opened.files) read.push(await readFirst(file, named));
    const readable = read.filter((one): one is ReadFile => "rows" in one);
    if (readable.length === 0) readOrRefuse(read[0]!.name, read[0]!, named);
    files.push(...readable);
    notRead.push(...opened.leftOut, ...read.filter((one) => !("rows" in one)).map(({ name }) => name));
  }
  return new OrderBook(files, notRead);
}

interface ReadFile {
  readonly name: string;
  readonly rows: FileRows;
}

interface UnreadFile {
  readonly name: string;
  readonly unreadable: UnreadableOrderFile;
}

async function readPart(part: OrderFilePart, named: NamedColumns, isSheet: boolean): Promise<ReadFile | UnreadFile> {
  const { name } = part;
  const reader = new OrderFileReader(named, isSheet);
  for await (const chunk of part.bytes) {
    const unreadable = reader.push(chunk);
    if (unreadable !== null) return { name, unreadable };
  }
  const rows = reader.end();
  return "code" in rows ? { name, unreadable: rows } : { name, rows };
}

/** A file of an archive; of a workbook the first sheet that holds orders. */
async function readFirst(
  file: OrderFilePart | { readonly name: string; readonly sheets: readonly OrderFilePart[] },
  named: NamedColumns,
): Promise<ReadFile | UnreadFile> {
  if (!("sheets" in file)) return readPart(file, named, false);
  let first: UnreadFile | null = null;
  for (const sheet of file.sheets) {
    const read = await readPart(sheet, named, true);
    if ("rows" in read) return read;
    if (first === null || first.unreadable.code === "empty-file") first = read;
  }
  return first ?? { name: file.name, unreadable: { code: "empty-file" } };
}

/** Throws a `UserError` for a file that cannot be read as orders. */
function readOrRefuse(path: string, read: ReadFile | UnreadFile, named: NamedColumns): ReadFile {
  if ("rows" in read) return read;
  const { unreadable } = read;
  if (unreadable.code === "empty-file") throw new UserError(`"${path}" is empty.`);
  if (unreadable.code === "not-text") throw new UserError(`"${path}" is not a CSV file.`);
  const header = unreadable.header
    .map((name) => name.replace(/[\p{Cc}\s]+/gu, " ").trim())
    .join(", ")
    .slice(0, 300);
  const readAs =
    unreadable.encoding === "utf-8"
      ? ""
      : ` (read as ${ENCODING_NAMES[unreadable.encoding]}: if these are not its words, save the file as UTF-8)`;
  const wanted = Object.values(named);
  const asked =
    wanted.length === 0
      ? ""
      : ` None is called ${wanted.map((name) => `"${name}"`).join(" or ")}, or one more is needed.`;
  throw new UserError(
    `"${path}" has no columns for the order and what was ordered that Tsuide knows: its first line is "${header}"${readAs}.${asked} ` +
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
