/**
 * Rows of a CSV file (RFC 4180), found in a stream of bytes with memory bounded by the longest row.
 *
 * A pure state machine: `push` chunks of any size, then `end`. Each row is handed over as a view on the bytes, so
 * that a reader pays for decoding only the fields it wants. LF and CRLF end a row, blank lines are skipped, a
 * byte-order mark is dropped, quoted fields may hold commas, quotes and line breaks. A quote inside an unquoted
 * field is taken literally.
 *
 * A row that breaks the rules is reported with its number and left out; reading goes on with the next line. A quote
 * that never closes would swallow the rest of the file: it is given up after `MAX_ROW_BYTES`.
 */
export class CsvRows {
  readonly #onRow: (row: CsvRow) => void;
  readonly #onMalformed: (line: number, reason: MalformedRow) => void;
  readonly #row: CsvRow;
  #rest = EMPTY;
  #line = 1;
  #started = false;
  #skipping = false;

  constructor(
    onRow: (row: CsvRow) => void,
    onMalformed: (line: number, reason: MalformedRow) => void,
    delimiter: number = COMMA,
  ) {
    this.#row = new CsvRow(delimiter);
    this.#onRow = onRow;
    this.#onMalformed = onMalformed;
  }

  /** Lines read so far, blank ones and those inside quotes included. */
  get lines(): number {
    return this.#line - 1;
  }

  /** Takes the next bytes of the file. They are read during the call only, so the caller may reuse the buffer. */
  push(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : concatenated(this.#rest, chunk);
    if (!this.#started && bytes.length < BOM.length) {
      this.#rest = new Uint8Array(bytes);
      return;
    }
    const used = this.#scan(bytes, this.#afterBom(bytes), false);
    // Copied by the constructor, since `slice` of a Node Buffer is a view on memory that the caller may reuse.
    this.#rest = used === bytes.length ? EMPTY : new Uint8Array(bytes.subarray(used));
  }

  /** Ends the file; a last row without a line break counts. */
  end(): void {
    if (this.#rest.length > 0) this.#scan(this.#rest, this.#afterBom(this.#rest), true);
    this.#rest = EMPTY;
  }

  #afterBom(bytes: Uint8Array): number {
    if (this.#started) return 0;
    this.#started = true;
    return BOM.every((byte, i) => bytes[i] === byte) ? BOM.length : 0;
  }

  /** Passes on all complete rows from `from` on; returns where the first incomplete one begins. */
  #scan(bytes: Uint8Array, from: number, last: boolean): number {
    const row = this.#row;
    let start = this.#skipping ? this.#skipLine(bytes, from) : from;
    while (start < bytes.length) {
      const outcome = row.read(bytes, start, last);
      if (outcome === "incomplete" && !last && bytes.length - start <= MAX_ROW_BYTES) return start;
      if (outcome === "incomplete" || outcome === "text-after-quote") {
        start = this.#giveUp(bytes, start, outcome);
        continue;
      }
      row.line = this.#line;
      this.#line += row.lineBreaks;
      start = row.end;
      if (outcome === "row") this.#onRow(row);
    }
    return bytes.length;
  }

  /** Leaves out one line, not the row: a stray quote must not take the lines after it along. */
  #giveUp(bytes: Uint8Array, start: number, outcome: "incomplete" | "text-after-quote"): number {
    const end = this.#skipLine(bytes, start);
    const quoted = bytes.subarray(start, end).includes(QUOTE);
    this.#onMalformed(
      this.#line - (this.#skipping ? 0 : 1),
      outcome !== "incomplete" ? outcome : quoted ? "unclosed-quote" : "row-too-long",
    );
    return end;
  }

  /** Where the next line begins; where none does yet, what comes next is skipped, too. */
  #skipLine(bytes: Uint8Array, from: number): number {
    const newline = bytes.indexOf(NEWLINE, from);
    this.#skipping = newline < 0;
    if (newline >= 0) this.#line++;
    return newline < 0 ? bytes.length : newline + 1;
  }
}

/** Why a row cannot be read. */
export type MalformedRow = "text-after-quote" | "unclosed-quote" | "row-too-long";

/** A longer row is taken for a quote that never closes. Shopify's longest order notes stay far below. */
export const MAX_ROW_BYTES = 1 << 20;
/** Fields beyond this many are not looked at; the widest known export has about ninety. */
const MAX_FIELDS = 512;

const EMPTY = new Uint8Array(0);
const BOM = [0xef, 0xbb, 0xbf];
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;

const utf8 = new TextDecoder();

type RowOutcome = "row" | "blank" | "incomplete" | "text-after-quote";

/** One row as a view on the file's bytes, valid only during the call that gets it. */
export class CsvRow {
  bytes: Uint8Array = EMPTY;
  /** Number of fields. */
  fields = 0;
  /** Field -> first byte and byte after the last, inside the quotes of a quoted field. */
  readonly from = new Uint32Array(MAX_FIELDS);
  readonly to = new Uint32Array(MAX_FIELDS);
  /** Number of the file's line that the row begins on, from 1. */
  line = 0;
  /** Line breaks from the row's first byte to `end`. */
  lineBreaks = 0;
  /** First byte after the row. */
  end = 0;
  readonly #escaped = new Uint8Array(MAX_FIELDS);
  readonly #delimiter: number;

  /** `delimiter`: the byte between two fields. */
  constructor(delimiter: number = COMMA) {
    this.#delimiter = delimiter;
  }

  /** The field as text; empty where the row has no such field. */
  text(field: number): string {
    if (field < 0 || field >= this.fields) return "";
    const text = utf8.decode(this.bytes.subarray(this.from[field]!, this.to[field]!));
    return this.#escaped[field] === 1 ? text.replaceAll('""', '"') : text;
  }

  /** True where the row has no such field, or has nothing in it. */
  isEmpty(field: number): boolean {
    return field < 0 || field >= this.fields || this.to[field] === this.from[field];
  }

  /** True where `text` is not simply the bytes between `from` and `to`. */
  isEscaped(field: number): boolean {
    return this.#escaped[field] === 1;
  }

  /** Finds the fields of the row that begins at `start`. */
  read(bytes: Uint8Array, start: number, last: boolean): RowOutcome {
    const length = bytes.length;
    const delimiter = this.#delimiter;
    this.bytes = bytes;
    this.lineBreaks = 0;
    let fields = 0;
    let at = start;
    for (;;) {
      let from = at;
      let to: number;
      let escaped = 0;
      let byte = at < length ? bytes[at]! : -1;
      if (byte === QUOTE) {
        from = ++at;
        for (;;) {
          const quote = this.#closingQuote(bytes, at);
          if (quote < 0) return "incomplete";
          if (quote + 1 < length ? bytes[quote + 1] !== QUOTE : last) {
            to = quote;
            at = quote + 1;
            break;
          }
          if (quote + 1 >= length) return "incomplete";
          escaped = 1;
          at = quote + 2;
        }
        if (at < length && bytes[at] === RETURN) at++;
        byte = at < length ? bytes[at]! : -1;
        if (byte !== delimiter && byte !== NEWLINE && byte !== -1) return "text-after-quote";
      } else {
        while (byte !== delimiter && byte !== NEWLINE && byte !== -1) byte = ++at < length ? bytes[at]! : -1;
        to = byte !== delimiter && at > from && bytes[at - 1] === RETURN ? at - 1 : at;
      }
      if (byte === -1 && !last) return "incomplete";
      if (fields < MAX_FIELDS) {
        this.from[fields] = from;
        this.to[fields] = to;
        this.#escaped[fields] = escaped;
        fields++;
      }
      at++;
      if (byte === delimiter) continue;
      return this.#finish(fields, Math.min(at, length), byte === NEWLINE);
    }
  }

  #closingQuote(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) return at;
      if (byte === NEWLINE) this.lineBreaks++;
    }
    return -1;
  }

  #finish(fields: number, end: number, lineBreak: boolean): RowOutcome {
    this.fields = fields;
    this.end = end;
    if (lineBreak) this.lineBreaks++;
    return fields === 1 && this.to[0] === this.from[0] ? "blank" : "row";
  }
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
