import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { BasketTableBuilder } from "../domain/baskets/basket-table.ts";
import type { BasketRows } from "../domain/orders/files/basket-rows.ts";
import { OrderItemColumns } from "../domain/orders/files/order-item-columns.ts";
import type { NamedColumns } from "../domain/orders/files/order-columns.ts";
import { isGzipStart, orderFileBytes } from "./order-file-bytes.ts";
import { readingReport } from "./order-report.ts";
import { readOrders } from "./read-orders.ts";
import { fileError } from "./user-error.ts";

const CHUNK_BYTES = 1 << 18;
/** Order files shrink to about a sixth. */
const GZIP_RATIO = 6;

/** All lines of order files as baskets, with nothing left out. */
export interface OrderItems {
  /** The baskets, with items numbered in any order. Call this or {@link canonicalRows}, once. */
  readonly rows: () => BasketRows;
  /** As `rows`, with items numbered in ascending order of their ids, which come along. */
  readonly canonicalRows: () => { readonly rows: BasketRows; readonly itemIds: readonly string[] };
}

/**
 * Reads order files as they stand, for mining without cleaning, and reports on `say`. One plain file (`order_id` and
 * `item_id`, commas, UTF-8) is read in one go, without the event loop and without a look at its other columns; every
 * other one by the reader that all commands share. Throws a `UserError` for a file that cannot be read.
 */
export async function readOrderItems(
  paths: string | readonly string[],
  say: (line: string) => void = () => {},
  named: NamedColumns = {},
): Promise<OrderItems> {
  const all = typeof paths === "string" ? [paths] : paths;
  const columns = all.length === 1 && Object.keys(named).length === 0 ? await readPlain(all[0]!) : null;
  if (columns === null) return readByOrders(all, say, named);
  if (columns.malformed > 0) say(`${all[0]}: ${columns.malformed} lines could not be read and were left out`);
  return columns;
}

async function readByOrders(
  paths: readonly string[],
  say: (line: string) => void,
  named: NamedColumns,
): Promise<OrderItems> {
  const book = await readOrders(paths, named);
  for (const line of readingReport(book)) say(line);
  const builder = new BasketTableBuilder();
  for (const { orderId, customerId, at, itemId } of book.lines()) builder.add(orderId, customerId, at, itemId);
  const { itemIds, start, items } = builder.build();
  const rows = { itemCount: itemIds.length, start, items: shared(items) };
  return { rows: () => rows, canonicalRows: () => ({ rows, itemIds }) };
}

/** A copy that threads can share. */
export function shared(words: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(words.byteLength));
  copy.set(words);
  return copy;
}

/** Null for a file that is not plain. */
async function readPlain(path: string): Promise<OrderItemColumns | null> {
  const begun = beginPlain(path);
  if (begun === null) return null;
  const { columns, gzip } = begun;
  if (gzip) for await (const chunk of orderFileBytes(path)) if (!columns.push(chunk)) return null;
  return columns.end() && columns.isPlain ? columns : null;
}

function beginPlain(path: string): { columns: OrderItemColumns; gzip: boolean } | null {
  if (path === "-") return null;
  try {
    const file = openSync(path, "r");
    try {
      const stat = fstatSync(file);
      // What is read from a pipe cannot be read again, should it turn out not to be plain.
      if (!stat.isFile()) return stat.isDirectory() ? { columns: readAll(file, 0).columns, gzip: false } : null;
      return readAll(file, stat.size);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

function readAll(file: number, size: number): { columns: OrderItemColumns; gzip: boolean } {
  const bytes = new Uint8Array(CHUNK_BYTES);
  let length = readSync(file, bytes, 0, CHUNK_BYTES, null);
  const gzip = isGzipStart(bytes.subarray(0, length));
  const columns = new OrderItemColumns(gzip ? size * GZIP_RATIO : size);
  for (; !gzip && length > 0; length = readSync(file, bytes, 0, CHUNK_BYTES, null)) {
    if (!columns.push(bytes.subarray(0, length))) break;
  }
  return { columns, gzip };
}
