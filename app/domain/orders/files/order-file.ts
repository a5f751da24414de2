import { sniffDialect, type CsvDialect } from "./csv-dialect.ts";
import { CsvRows, type CsvRow, type MalformedRow } from "./csv-rows.ts";
import type { ColumnRole } from "./column-names.ts";
import { orderColumns, type NamedColumns, type OrderColumns } from "./order-columns.ts";
import { TextColumn, type FileColumn } from "./text-column.ts";
import {
  decodingOf,
  encodingToTranscode,
  ENCODING_NAMES,
  hasHighBytes,
  isUtf8,
  type TextEncodingName,
} from "./text-encoding.ts";

/** Why a file is no order file at all. */
export type UnreadableOrderFile =
  | { readonly code: "empty-file" }
  | { readonly code: "not-text" }
  | { readonly code: "wrong-header"; readonly header: readonly string[]; readonly encoding: TextEncodingName };

/** What is wrong with a line of a file; the line is left out. */
export type RowProblem = MalformedRow | "too-few-fields" | "repeated-header" | "before-header";

/** The rows of one file, and what was understood of it. */
export interface FileRows {
  readonly columns: OrderColumns;
  /** Whether the rows are a spreadsheet's: delimiter and encoding say nothing then. */
  readonly isSheet: boolean;
  readonly delimiter: number;
  readonly encoding: TextEncodingName;
  /** See `FileDecoding`. */
  readonly encodingKind: "whole" | "mixed" | "damaged";
  /** First row with a text that is not UTF-8; null where there is none. */
  readonly firstForeignLine: number | null;
  /** Lines of the file, its header and blank ones included. */
  readonly lines: number;
  readonly rows: number;
  /** Row -> the file's line that it begins on. */
  readonly line: Uint32Array;
  readonly column: ReadonlyMap<ColumnRole, FileColumn>;
  readonly problems: ReadonlyMap<RowProblem, readonly number[]>;
}

const HEAD_BYTES = 1 << 16;
const [NEWLINE, RETURN] = [10, 13];
const BOM = [0xef, 0xbb, 0xbf];
/** No text holds these: control characters but white space, escape and the end-of-file sign of old programs. */
const isControl = (byte: number) => byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 0x1a && byte !== 0x1b;
/** Between the items of a cell that lists several. */
const LISTED = /[;|\n]|,\s*/;

/**
 * Reads one order file from its bytes: `push` chunks, then `end`. Delimiter, encoding, line ends and columns are
 * detected by what is in the file. Nothing is decoded or judged before the end, so that a whole column can say how its
 * dates, numbers and letters are written.
 */
export class OrderFileReader {
  readonly #named: NamedColumns;
  readonly #isSheet: boolean;
  readonly #columns = new Map<ColumnRole, TextColumn>();
  readonly #problems = new Map<RowProblem, number[]>();
  #head: Uint8Array | null = new Uint8Array(0);
  #transcoder: { readonly decoder: TextDecoder; readonly encoding: TextEncodingName } | null = null;
  #hasReturnsAlone = false;
  #dialect: CsvDialect | null = null;
  #csv: CsvRows | null = null;
  #unreadable: UnreadableOrderFile | null = null;
  #line = new Uint32Array(1 << 10);
  #rows = 0;
  #csvRows = 0;
  #at: OrderColumns["at"] = {};
  #places: { role: ColumnRole; place: number; column: TextColumn }[] = [];

  /**
   * `named`: columns that a person named, which take precedence over the header. `isSheet`: the bytes are a sheet as
   * CSV.
   */
  constructor(named: NamedColumns = {}, isSheet = false) {
    this.#named = named;
    this.#isSheet = isSheet;
  }

  /** Takes the next bytes. Returns what is wrong with the file as a whole, after which nothing more is read. */
  push(chunk: Uint8Array): UnreadableOrderFile | null {
    if (this.#unreadable !== null) return this.#unreadable;
    if (this.#head === null) this.#feed(chunk);
    else {
      this.#head = joined(this.#head, chunk);
      if (this.#head.length >= HEAD_BYTES) this.#begin();
    }
    return this.#unreadable;
  }

  /** Ends the file: its rows, or what is wrong with it as a whole. */
  end(): FileRows | UnreadableOrderFile {
    if (this.#head !== null && this.#unreadable === null) this.#begin();
    if (this.#unreadable !== null) return this.#unreadable;
    if (this.#transcoder !== null) this.#cut(new TextEncoder().encode(this.#transcoder.decoder.decode()));
    this.#csv!.end();
    return this.#finish();
  }

  #begin(): void {
    const raw = this.#head!;
    this.#head = null;
    const encoding = encodingToTranscode(raw);
    if (encoding !== null) this.#transcoder = { encoding, decoder: new TextDecoder(encoding) };
    const head = this.#transcoded(raw);
    this.#hasReturnsAlone = !head.includes(NEWLINE) && head.includes(RETURN);
    const probed = this.#withNewlines(head);
    if (probed.every((byte) => byte <= 32 || BOM.includes(byte))) return this.#refuse({ code: "empty-file" });
    const decoding = decodingOf(hasHighBytes(probed) ? [withoutLastLine(probed)] : []);
    this.#dialect = sniffDialect(probed, decoding.decode, this.#named);
    const { columns, firstRow, delimiter } = this.#dialect;
    if (columns === null) {
      if (probed.some(isControl)) return this.#refuse({ code: "not-text" });
      return this.#refuse({ code: "wrong-header", header: firstRow, encoding: encoding ?? decoding.encoding });
    }
    this.#at = columns.at;
    for (const [role, place] of Object.entries(columns.at) as [ColumnRole, number][]) this.#open(role, place);
    if (columns.at.order === undefined && columns.format === "baskets") this.#open("order", -1);
    if (columns.wide.length > 0) this.#open("item", -1);
    this.#csv = new CsvRows(
      (row) => this.#row(row),
      (line, reason) => this.#problem(reason, line),
      delimiter,
    );
    this.#csv.push(probed);
  }

  #open(role: ColumnRole, place: number): void {
    const column = new TextColumn();
    this.#columns.set(role, column);
    if (place >= 0) this.#places.push({ role, place, column });
  }

  #feed(chunk: Uint8Array): void {
    this.#cut(this.#transcoded(chunk));
  }

  #cut(bytes: Uint8Array): void {
    this.#csv!.push(this.#withNewlines(bytes));
  }

  #transcoded(chunk: Uint8Array): Uint8Array {
    if (this.#transcoder === null) return chunk;
    return new TextEncoder().encode(this.#transcoder.decoder.decode(chunk, { stream: true }));
  }

  #withNewlines(bytes: Uint8Array): Uint8Array {
    return this.#hasReturnsAlone ? bytes.map((byte) => (byte === RETURN ? NEWLINE : byte)) : bytes;
  }

  #refuse(unreadable: UnreadableOrderFile): void {
    this.#unreadable = unreadable;
  }

  #problem(problem: RowProblem, line: number): void {
    const lines = this.#problems.get(problem);
    if (lines === undefined) this.#problems.set(problem, [line]);
    else lines.push(line);
  }

  #row(row: CsvRow): void {
    const { headerRows, columns } = this.#dialect!;
    if (this.#csvRows++ < headerRows) return this.#header(row, this.#csvRows === headerRows);
    stripMark(row);
    if (columns!.wide.length > 0) return this.#wideRow(row, columns!);
    let texts = 0;
    let headings = 0;
    const known = this.#places[0]?.column.size ?? 0;
    for (const { place, column } of this.#places) {
      // The header's own text is the first of each column.
      if (column.add(row, place) === 0) headings++;
      if (!row.isEmpty(place)) texts++;
    }
    const isHeading =
      (this.#places.length > 0 && headings === this.#places.length) ||
      (this.#places[0]!.column.size > known && this.#isOtherHeader(row));
    const isShort = row.fields <= this.#leastFields() && texts > 0;
    if (texts === 0 || isHeading || isShort) {
      for (const { column } of this.#places) column.takeBack();
      if (isHeading) this.#problem("repeated-header", row.line);
      else if (isShort) this.#problem("too-few-fields", row.line);
      return;
    }
    this.#took(row.line);
    if (columns!.at.list !== undefined) this.#splitList(row, columns!.at.list);
  }

  /** Takes a header with other columns, where a file of another kind was appended to the first one. */
  #isOtherHeader(row: CsvRow): boolean {
    const names = this.#dialect!.columns!.names.map((name) => name.toLowerCase());
    if (!names.includes(row.text(this.#places[0]!.place).trim().toLowerCase())) return false;
    const columns = orderColumns(
      Array.from({ length: row.fields }, (_, field) => row.text(field)),
      this.#named,
    );
    if (columns === null || columns.wide.length > 0) return false;
    for (const place of this.#places) place.place = columns.at[place.role] ?? -1;
    this.#at = columns.at;
    return true;
  }

  /** The last place that a row must reach: of the order's id and of the first column that can name an item. */
  #leastFields(): number {
    const at = this.#at;
    const items = [at.item, at.sku, at.title, at.list].filter((place) => place !== undefined);
    return Math.max(at.order ?? -1, Math.min(...items));
  }

  #header(row: CsvRow, isHeader: boolean): void {
    if (!isHeader) {
      if (!/^"?sep=/i.test(row.text(0))) this.#problem("before-header", row.line);
      return;
    }
    stripMark(row);
    for (const { place, column } of this.#places) {
      column.add(row, place);
      column.takeBack();
    }
  }

  /** One order a row, one item a field. */
  #wideRow(row: CsvRow, { wide, at }: OrderColumns): void {
    const id = new TextEncoder().encode(String(row.line));
    const item = this.#columns.get("item")!;
    for (const place of wide) {
      if (place >= row.fields) break;
      if (row.isEmpty(place)) continue;
      item.add(row, place);
      if (at.order === undefined) this.#columns.get("order")!.addBytes(id, 0, id.length);
      for (const { place: other, column } of this.#places) column.add(row, other);
      this.#took(row.line);
    }
  }

  /** Turns one row whose cell lists several items into as many rows. */
  #splitList(row: CsvRow, place: number): void {
    const list = this.#columns.get("list")!;
    // One letter a byte, so that nothing is decoded before the encoding is known.
    const text = Array.from(row.bytes.subarray(row.from[place], row.to[place]), (byte) =>
      String.fromCharCode(byte),
    ).join("");
    const items = listedItems(text);
    list.takeBack();
    items.forEach((item, index) => {
      const bytes = Uint8Array.from(item, (letter) => letter.charCodeAt(0));
      list.addBytes(bytes, 0, bytes.length);
      if (index === 0) return;
      for (const { role, column } of this.#places) if (role !== "list") column.repeat();
      this.#took(row.line);
    });
    if (items.length === 0) list.addBytes(new Uint8Array(0), 0, 0);
  }

  #took(line: number): void {
    if (this.#rows === this.#line.length) {
      const larger = new Uint32Array(this.#rows * 2);
      larger.set(this.#line);
      this.#line = larger;
    }
    this.#line[this.#rows++] = line;
  }

  #finish(): FileRows {
    const foreign = [...this.#columns.values()].flatMap((column) => column.foreign());
    const decoding = decodingOf(foreign);
    const column = new Map([...this.#columns].map(([role, texts]) => [role, texts.finish(decoding.decode)] as const));
    const line = this.#line.subarray(0, this.#rows);
    const encoding = this.#transcoder?.encoding ?? decoding.encoding;
    return {
      ...{
        columns: this.#dialect!.columns!,
        isSheet: this.#isSheet,
        delimiter: this.#dialect!.delimiter,
        encoding,
        encodingKind: decoding.kind,
      },
      firstForeignLine: encoding === "utf-8" && decoding.kind === "whole" ? null : this.#firstForeignLine(line),
      ...{ lines: this.#csv!.lines, rows: this.#rows, line, column, problems: this.#problems },
    };
  }

  #firstForeignLine(line: Uint32Array): number | null {
    let first = Infinity;
    for (const column of this.#columns.values()) {
      const row = column.firstRowWith((bytes) => hasHighBytes(bytes) && (this.#transcoder !== null || !isUtf8(bytes)));
      if (row !== null) first = Math.min(first, line[row]!);
    }
    return Number.isFinite(first) ? first : null;
  }
}

/**
 * The names in a cell of named fields: "Product ID: 86, Product Name: Mug | ...",
 * "id:12|name:Mug|quantity:1;id:13|...".
 */
const NAMED_ITEM = /(?:^|[|;,]\s*)(?:product )?name:\s*(.+?)(?=\s*[|;]|,\s*product |$)/gi;
/** An amount before or after an item, "2 x" or "2×" in either encoding of the sign. */
const AMOUNT = /^\d+\s*(?:x|\xc3\x97|\xd7)\s+|\s+(?:x|\xc3\x97|\xd7)\s*\d+$/gi;

function listedItems(text: string): string[] {
  const named = Array.from(text.matchAll(NAMED_ITEM), ([, name]) => name!.trim());
  if (named.length > 0) return named;
  const parts = text.replace(/^[[{(]|[\])}]$/g, "").split(LISTED);
  return parts
    .map((part) => part.replace(/^\s*['"]*|['"]*\s*$/g, "").replace(AMOUNT, ""))
    .filter((part) => part !== "");
}

/** What the report says of a file's encoding. */
export function encodingName({ encoding, encodingKind }: FileRows): string {
  if (encodingKind === "mixed") return `UTF-8 and ${ENCODING_NAMES[encoding]}`;
  return ENCODING_NAMES[encoding];
}

/** A byte-order mark in the middle of a file: where two files were put into one. */
function stripMark(row: CsvRow): void {
  const from = row.from[0]!;
  if (row.to[0]! - from >= BOM.length && BOM.every((byte, i) => row.bytes[from + i] === byte))
    row.from[0] = from + BOM.length;
}

function withoutLastLine(bytes: Uint8Array): Uint8Array {
  return bytes.length < HEAD_BYTES ? bytes : bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
