import { CsvRow, MAX_ROW_BYTES } from "../orders/csv-rows.ts";
import { PACKED_BYTES, PackedIds } from "../orders/packed-ids.ts";
import { RunningIds } from "../orders/running-ids.ts";
import { basketRows, type BasketRows } from "./basket-rows.ts";

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Reads the two columns `order_id` and `item_id` of a CSV file and nothing else, for mining a file as it stands: no
 * cleaning, no times, no customers. Takes whatever other columns there are, in any order.
 *
 * Bytes are looked at once: ids are numbered as they lie in the file, and rows are cut by hand, because this loop is
 * most of the time that mining a file takes. A row with a quote in it is left to {@link CsvRow}, which knows all rules.
 */
export class OrderItemColumns {
  readonly #orders = new RunningIds();
  readonly #items = new PackedIds();
  readonly #row = new CsvRow();
  #orderColumn = -1;
  #itemColumn = -1;
  #lineOrder = new Uint32Array(1 << 16);
  #lineItem = new Uint32Array(1 << 16);
  #lines = 0;
  #malformed = 0;
  #rest: Uint8Array = new Uint8Array(0);

  /** Rows that could not be read; they are left out. */
  get malformed(): number {
    return this.#malformed;
  }

  /** Takes the next bytes. Returns false where the header has no `order_id` and `item_id`; then nothing is read. */
  push(chunk: Uint8Array): boolean {
    const rest = this.#rest;
    if (rest.length === 0) return this.#take(chunk, 0, false);
    const newline = chunk.indexOf(NEWLINE);
    const head = joined(rest, newline < 0 ? chunk : chunk.subarray(0, newline + 1));
    if (!this.#take(head, 0, false)) return false;
    if (newline < 0) return true;
    if (this.#rest.length === 0) return this.#take(chunk, newline + 1, false);
    return this.#take(joined(this.#rest, chunk.subarray(newline + 1)), 0, false);
  }

  /** Ends the file. Returns false where it has no header. */
  end(): boolean {
    return this.#take(this.#rest, 0, true) && this.#itemColumn >= 0;
  }

  /** Item number -> item id. */
  itemIds(): string[] {
    return Array.from({ length: this.#items.size }, (_, item) => this.#items.text(item));
  }

  /** The baskets read so far. */
  rows(): BasketRows {
    const { size: itemCount } = this.#items;
    return basketRows(this.#lineOrder, this.#lineItem, this.#lines, this.#orders.size, itemCount);
  }

  #take(bytes: Uint8Array, from: number, last: boolean): boolean {
    const start = this.#itemColumn >= 0 ? from : this.#header(bytes, from, last);
    if (start < 0) return false;
    const used = this.#itemColumn < 0 ? start : this.#scan(bytes, start, last);
    this.#rest = used < bytes.length ? bytes.slice(used) : EMPTY;
    return true;
  }

  /** Reads the header; returns where the first line begins, or -1 for a header that does not fit. */
  #header(bytes: Uint8Array, from: number, last: boolean): number {
    const start = from + (BOM.every((byte, i) => bytes[from + i] === byte) ? BOM.length : 0);
    const row = this.#row;
    if (row.read(bytes, start, last) !== "row") return last || bytes.length > MAX_ROW_BYTES ? -1 : from;
    const names = Array.from({ length: row.fields }, (_, field) => row.text(field).trim().toLowerCase());
    this.#orderColumn = names.indexOf("order_id");
    this.#itemColumn = names.indexOf("item_id");
    return this.#orderColumn < 0 || this.#itemColumn < 0 ? -1 : row.end;
  }

  /** Takes all complete rows from `from` on; returns where the first incomplete one begins. */
  #scan(bytes: Uint8Array, from: number, last: boolean): number {
    const orderFirst = this.#orderColumn < this.#itemColumn;
    const columns = [Math.min(this.#orderColumn, this.#itemColumn), Math.max(this.#orderColumn, this.#itemColumn)];
    const skipFirst = columns[0]!;
    const skipSecond = columns[1]! - columns[0]! - 1;
    // Up to the last line break, every loop over a row ends by itself.
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    let at = from;
    let knownLow = 0;
    let knownHigh = 0;
    let knownOrder = -1;
    rows: while (at < end) {
      const row = at;
      let low = 0;
      let high = 0;
      let fieldFrom = 0;
      let fieldTo = 0;
      let firstLow = 0;
      let firstHigh = 0;
      let firstFrom = 0;
      let firstTo = 0;
      let byte = COMMA;
      for (let half = 0; half < 2; half++) {
        for (let skip = half === 0 ? skipFirst : skipSecond; skip > 0 && byte === COMMA; skip--) {
          while ((byte = bytes[at]!) > COMMA || (byte !== COMMA && byte !== NEWLINE && byte !== QUOTE)) at++;
          at++;
        }
        if (byte === COMMA) {
          firstLow = low;
          firstHigh = high;
          firstFrom = fieldFrom;
          firstTo = fieldTo;
          fieldFrom = at;
          low = 0;
          high = 0;
          while ((byte = bytes[at]!) > COMMA || (byte !== COMMA && byte !== NEWLINE && byte !== QUOTE && byte !== 0)) {
            high = (high << 8) | (low >>> 24);
            low = (low << 8) | byte;
            at++;
          }
          fieldTo = at++;
        } else fieldTo = fieldFrom = 0;
      }
      while (byte > QUOTE || (byte !== NEWLINE && byte !== QUOTE && byte !== 0)) byte = bytes[at++]!;
      if (byte !== NEWLINE || bytes[at - 2] === RETURN) {
        at = this.#takeQuoted(bytes, row, last);
        if (at < 0) return row;
        continue rows;
      }
      if (fieldTo === fieldFrom || firstTo === firstFrom) {
        if (at - row > 1) this.#malformed++;
        continue;
      }
      if (orderFirst) {
        if (firstLow !== knownLow || firstHigh !== knownHigh || firstTo - firstFrom > PACKED_BYTES || knownOrder < 0) {
          knownOrder = this.#orders.intern(bytes, firstFrom, firstTo);
          knownLow = firstLow;
          knownHigh = firstHigh;
        }
        this.#add(knownOrder, this.#items.intern(low, high, bytes, fieldFrom, fieldTo));
      } else {
        const order = this.#orders.intern(bytes, fieldFrom, fieldTo);
        this.#add(order, this.#items.intern(firstLow, firstHigh, bytes, firstFrom, firstTo));
      }
    }
    if (!last || at >= bytes.length) return at;
    return this.#takeQuoted(bytes, at, true) < 0 ? at : bytes.length;
  }

  /** Reads one row by all the rules of CSV. Returns where the next begins, or -1 where this one is incomplete. */
  #takeQuoted(bytes: Uint8Array, start: number, last: boolean): number {
    const row = this.#row;
    const outcome = row.read(bytes, start, last);
    if (outcome === "incomplete" && !last && bytes.length - start <= MAX_ROW_BYTES) return -1;
    if (outcome === "incomplete" || outcome === "text-after-quote") {
      this.#malformed++;
      const newline = bytes.indexOf(NEWLINE, start);
      return newline < 0 ? bytes.length : newline + 1;
    }
    if (outcome === "blank") return row.end;
    const order = utf8.encode(row.text(this.#orderColumn));
    const item = utf8.encode(row.text(this.#itemColumn));
    if (order.length === 0 || item.length === 0) this.#malformed++;
    else this.#add(this.#orders.intern(order, 0, order.length), this.#internText(item));
    return row.end;
  }

  #internText(id: Uint8Array): number {
    let low = 0;
    let high = 0;
    for (const byte of id) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | byte;
    }
    return this.#items.intern(low, high, id, 0, id.length);
  }

  #add(order: number, item: number): void {
    if (this.#lines === this.#lineOrder.length) {
      this.#lineOrder = doubled(this.#lineOrder);
      this.#lineItem = doubled(this.#lineItem);
    }
    this.#lineOrder[this.#lines] = order;
    this.#lineItem[this.#lines++] = item;
  }
}

const EMPTY = new Uint8Array(0);
const utf8 = new TextEncoder();

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
