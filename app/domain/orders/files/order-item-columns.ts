import { CsvRow, MAX_ROW_BYTES } from "./csv-rows.ts";
import { PACKED_BYTES, PackedIds } from "./packed-ids.ts";
import { RunningIds } from "./running-ids.ts";
import { basketRows, sortedRows, type BasketRows } from "./basket-rows.ts";

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
/** A line of two short ids. */
const SHORT_LINE_BYTES = 8;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Reads the two columns `order_id` and `item_id` of a CSV file and nothing else, for mining a file as it stands: no
 * cleaning, no times, no customers. Takes whatever other columns there are, in any order.
 *
 * Bytes are looked at once: ids are numbered as they lie in the file, and rows are cut by hand, because this loop is
 * most of the time that mining a file takes. A row with a quote in it is left to {@link CsvRow}, which knows all rules.
 */
export class OrderItemColumns {
  readonly #orders: RunningIds;
  readonly #items = new PackedIds();
  readonly #row = new CsvRow();
  #orderColumn = -1;
  #itemColumn = -1;
  #isRefused = false;
  #lineItem: Uint32Array;
  #lines = 0;
  /** Stretches of lines of one order: its number, and its first line. Mostly an order has one. */
  #runOrder: Uint32Array;
  #runStart: Uint32Array;
  #runs = 0;
  #malformed = 0;
  #rest: Uint8Array = new Uint8Array(0);

  /**
   * `expectedBytes` is about how long the file is: room for its lines is set aside at once, which costs memory only as
   * it is filled, and spares copying. A longer file is read all the same.
   */
  constructor(expectedBytes = 1 << 16) {
    const lines = Math.max(1 << 10, Math.ceil(expectedBytes / SHORT_LINE_BYTES));
    this.#orders = new RunningIds(lines);
    this.#lineItem = sharedWords(lines);
    this.#runOrder = sharedWords(lines);
    this.#runStart = sharedWords(lines);
  }

  /** Rows that could not be read; they are left out. */
  get malformed(): number {
    return this.#malformed;
  }

  /** Takes the next bytes. Returns false where the header has no `order_id` and `item_id`; then nothing is read. */
  push(chunk: Uint8Array): boolean {
    if (this.#isRefused) return false;
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
    return !this.#isRefused && this.#take(this.#rest, 0, true) && this.#itemColumn >= 0;
  }

  /**
   * False where ids hold bytes that are not UTF-8, or the header stands among the lines again: the file was read, but
   * not as it is meant.
   */
  get isPlain(): boolean {
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    try {
      for (let item = 0; item < this.#items.size; item++) {
        if (utf8.decode(this.#items.bytes(item)).trim().toLowerCase() === "item_id") return false;
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Item number -> item id. */
  itemIds(): string[] {
    return Array.from({ length: this.#items.size }, (_, item) => this.#items.text(item));
  }

  /** As {@link rows}, with items numbered in ascending order of their ids, which come along. */
  canonicalRows(): { rows: BasketRows; itemIds: string[] } {
    const ids = this.itemIds();
    const byId = Uint32Array.from(ids, (_, item) => item).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
    const rank = new Uint32Array(ids.length);
    byId.forEach((item, position) => (rank[item] = position));
    for (let line = 0; line < this.#lines; line++) this.#lineItem[line] = rank[this.#lineItem[line]!]!;
    return { rows: this.rows(), itemIds: Array.from(byId, (item) => ids[item]!) };
  }

  /** The baskets. Gives away the arrays that were read into: call it once, at the end. */
  rows(): BasketRows {
    const runs = this.#runs;
    const items = this.#lineItem.subarray(0, this.#lines);
    this.#runStart[runs] = this.#lines;
    if (runs === this.#orders.size) {
      return sortedRows(this.#runStart.subarray(0, runs + 1), items, this.#items.size);
    }
    const lineOrder = new Uint32Array(this.#lines);
    for (let run = 0; run < runs; run++) {
      lineOrder.fill(this.#runOrder[run]!, this.#runStart[run]!, this.#runStart[run + 1]!);
    }
    return basketRows(lineOrder, items, this.#lines, this.#orders.size, this.#items.size);
  }

  #take(bytes: Uint8Array, from: number, last: boolean): boolean {
    const start = this.#itemColumn >= 0 ? from : this.#header(bytes, from, last);
    if (start < 0) return !(this.#isRefused = true);
    const used = this.#itemColumn < 0 ? start : this.#scan(bytes, start, last);
    // Copied by the constructor, since `slice` of a Node Buffer is a view on memory that the caller may reuse.
    this.#rest = used < bytes.length ? new Uint8Array(bytes.subarray(used)) : EMPTY;
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
    const firstColumn = Math.min(this.#orderColumn, this.#itemColumn);
    const secondColumn = Math.max(this.#orderColumn, this.#itemColumn);
    // Up to the last line break, every loop over a row ends by itself.
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    let at = from;
    let knownLow = 0;
    let knownHigh = 0;
    let knownOrder = -1;
    while (at < end) {
      const row = at;
      let byte = COMMA;
      for (let skip = firstColumn; skip > 0 && byte === COMMA; skip--) {
        do byte = bytes[at++]!;
        while (byte !== COMMA && byte !== NEWLINE && byte !== QUOTE);
      }
      // A field is put together as two words, see PackedIds, while its end is looked for. Nearly all bytes of ids
      // are above the comma, so that one comparison is enough for them.
      const firstFrom = at;
      let firstLow = 0;
      let firstHigh = 0;
      if (byte === COMMA) {
        byte = bytes[at++]!;
        for (;;) {
          while (byte > COMMA) {
            firstHigh = (firstHigh << 8) | (firstLow >>> 24);
            firstLow = (firstLow << 8) | byte;
            byte = bytes[at++]!;
          }
          if (byte === COMMA || byte === NEWLINE || byte === QUOTE || byte === 0) break;
          firstHigh = (firstHigh << 8) | (firstLow >>> 24);
          firstLow = (firstLow << 8) | byte;
          byte = bytes[at++]!;
        }
      }
      const firstTo = at - 1;
      for (let skip = secondColumn - firstColumn - 1; skip > 0 && byte === COMMA; skip--) {
        do byte = bytes[at++]!;
        while (byte !== COMMA && byte !== NEWLINE && byte !== QUOTE);
      }
      const secondFrom = at;
      let low = 0;
      let high = 0;
      const reached = byte === COMMA;
      if (reached) {
        byte = bytes[at++]!;
        for (;;) {
          while (byte > COMMA) {
            high = (high << 8) | (low >>> 24);
            low = (low << 8) | byte;
            byte = bytes[at++]!;
          }
          if (byte === COMMA || byte === NEWLINE || byte === QUOTE || byte === 0) break;
          if (byte === RETURN && bytes[at] === NEWLINE) break;
          high = (high << 8) | (low >>> 24);
          low = (low << 8) | byte;
          byte = bytes[at++]!;
        }
      }
      const secondTo = at - 1;
      if (byte === RETURN) byte = bytes[at++]!;
      if (byte === COMMA) {
        do byte = bytes[at++]!;
        while (byte !== NEWLINE && byte !== QUOTE && byte !== 0);
      }
      if (byte !== NEWLINE) {
        at = this.#takeQuoted(bytes, row, last);
        if (at < 0) return row;
      } else if (!reached || secondTo <= secondFrom || firstTo <= firstFrom) {
        if (bytes[row] !== NEWLINE && bytes[row] !== RETURN) this.#malformed++;
      } else if (orderFirst) {
        if (firstLow !== knownLow || firstHigh !== knownHigh || firstTo - firstFrom > PACKED_BYTES || knownOrder < 0) {
          knownOrder = this.#orders.intern(bytes, firstFrom, firstTo);
          knownLow = firstLow;
          knownHigh = firstHigh;
        }
        this.#add(knownOrder, this.#items.intern(low, high, bytes, secondFrom, secondTo));
      } else {
        const order = this.#orders.intern(bytes, secondFrom, secondTo);
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
    // Zero bytes are what shorter ids are padded with.
    if (id.includes(0)) return this.#items.internBytes(id, 0, id.length);
    for (const byte of id) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | byte;
    }
    return this.#items.intern(low, high, id, 0, id.length);
  }

  #add(order: number, item: number): void {
    const runs = this.#runs;
    if (runs === 0 || this.#runOrder[runs - 1] !== order) this.#startRun(order);
    if (this.#lines === this.#lineItem.length) this.#lineItem = doubled(this.#lineItem);
    this.#lineItem[this.#lines++] = item;
  }

  #startRun(order: number): void {
    // One place more is kept for the end of the last run.
    if (this.#runs + 1 === this.#runStart.length) {
      this.#runOrder = doubled(this.#runOrder);
      this.#runStart = doubled(this.#runStart);
    }
    this.#runOrder[this.#runs] = order;
    this.#runStart[this.#runs++] = this.#lines;
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

function doubled(array: Uint32Array): Uint32Array {
  const larger = sharedWords(array.length * 2);
  larger.set(array);
  return larger;
}

/** Words that threads can share, so that counting needs no copy. */
function sharedWords(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
