import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { OrderItemColumns } from "../domain/mining/order-item-columns.ts";
import { isGzipStart, orderFileBytes } from "./order-file-bytes.ts";
import { fileError, UserError } from "./user-error.ts";

const CHUNK_BYTES = 1 << 18;
/** Order files shrink to about a sixth. */
const GZIP_RATIO = 6;

/**
 * Reads the columns order_id and item_id of an order file as it stands, for mining without cleaning. A plain file is
 * read in one go, without the event loop; a gzip file is unpacked beside, in a thread of Node's own.
 * Throws a `UserError` for a file that cannot be read, or has no such columns.
 */
export async function readOrderItems(path: string): Promise<OrderItemColumns> {
  const { columns, gzip } = readPlain(path);
  if (gzip) for await (const chunk of orderFileBytes(path)) take(path, columns, chunk);
  if (!columns.end()) refuse(path);
  return columns;
}

function readPlain(path: string): { columns: OrderItemColumns; gzip: boolean } {
  try {
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      const bytes = new Uint8Array(CHUNK_BYTES);
      let length = readSync(file, bytes, 0, CHUNK_BYTES, null);
      const gzip = isGzipStart(bytes.subarray(0, length));
      const columns = new OrderItemColumns(gzip ? size * GZIP_RATIO : size);
      for (; !gzip && length > 0; length = readSync(file, bytes, 0, CHUNK_BYTES, null))
        take(path, columns, bytes.subarray(0, length));
      return { columns, gzip };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

function take(path: string, columns: OrderItemColumns, chunk: Uint8Array): void {
  if (!columns.push(chunk)) refuse(path);
}

function refuse(path: string): never {
  throw new UserError(`"${path}" has no columns order_id and item_id.`);
}
