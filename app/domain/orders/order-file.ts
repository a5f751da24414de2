import { CsvRows, type CsvRow } from "./csv-rows.ts";
import type { OrderFileHandlers, OrderRows } from "./file-order-line.ts";
import { PlainOrderRows } from "./plain-order-rows.ts";
import { ShopifyExportRows } from "./shopify-export-rows.ts";

export type OrderFileFormat = "plain" | "shopify-export";

/** Why a file is no order file at all. */
export type UnreadableOrderFile =
  | { readonly code: "empty-file" }
  | { readonly code: "not-csv" }
  | { readonly code: "wrong-header"; readonly header: string };

/**
 * Reads an order file from its bytes: `push` chunks, then `end`. The format is told by the header: a plain file has
 * `order_id` and `item_id` and any of `customer_id,timestamp,quantity,price,title,category`, in any order; Shopify's
 * own export has `Name` and `Lineitem name`.
 */
export class OrderFileReader {
  readonly #rows: CsvRows;
  readonly #handlers: OrderFileHandlers;
  #reader: OrderRows | null = null;
  #format: OrderFileFormat | null = null;
  #unreadable: UnreadableOrderFile | null = null;
  #bytes = 0;

  constructor(handlers: OrderFileHandlers) {
    this.#handlers = handlers;
    this.#rows = new CsvRows(
      (row) => this.#row(row),
      (line, reason) => {
        if (this.#reader === null) this.#unreadable ??= { code: "not-csv" };
        else handlers.onProblem(line, reason);
      },
    );
  }

  /** Null until the header was read. */
  get format(): OrderFileFormat | null {
    return this.#format;
  }

  /** Takes the next bytes. Returns what is wrong with the file as a whole, after which nothing more is read. */
  push(chunk: Uint8Array): UnreadableOrderFile | null {
    if (this.#unreadable !== null) return this.#unreadable;
    if (this.#bytes < HEADER_PROBE && chunk.subarray(0, HEADER_PROBE).includes(0)) {
      return (this.#unreadable = { code: "not-csv" });
    }
    this.#bytes += chunk.length;
    this.#rows.push(chunk);
    return this.#unreadable;
  }

  /** Ends the file. Returns what is wrong with the file as a whole, if anything. */
  end(): UnreadableOrderFile | null {
    if (this.#unreadable === null) {
      this.#rows.end();
      if (this.#reader === null) this.#unreadable ??= { code: "empty-file" };
    }
    return this.#unreadable;
  }

  #row(row: CsvRow): void {
    if (this.#unreadable !== null) return;
    if (this.#reader === null) this.#header(row);
    else this.#reader.read(row);
  }

  #header(row: CsvRow): void {
    const names = Array.from({ length: row.fields }, (_, field) => row.text(field).trim());
    const plain = PlainOrderRows.forHeader(names, this.#handlers);
    this.#reader = plain ?? ShopifyExportRows.forHeader(names, this.#handlers);
    if (this.#reader === null) {
      const header = names.join(",").slice(0, 200);
      this.#unreadable = header.includes("\ufffd") ? { code: "not-csv" } : { code: "wrong-header", header };
      return;
    }
    this.#format = plain === null ? "shopify-export" : "plain";
  }
}

/** A file that has a zero byte among its first bytes is no text. */
const HEADER_PROBE = 4096;
