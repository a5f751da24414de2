import { CsvRows } from "./csv-rows.ts";
import { basketColumns, orderColumns, type NamedColumns, type OrderColumns } from "./order-columns.ts";

/** How a file's rows are cut into fields, and what its header says. */
export interface CsvDialect {
  /** The byte between two fields. */
  readonly delimiter: number;
  /** Rows of the file up to and with the header; 0 where it has none. */
  readonly headerRows: number;
  /** Null where no header with columns for orders and items was found. */
  readonly columns: OrderColumns | null;
  /** The first row's fields, for a sentence on a header that fits nothing. */
  readonly firstRow: readonly string[];
}

/** What people call a delimiter. */
export const DELIMITER_NAMES: Readonly<Record<number, string>> = {
  44: "commas",
  59: "semicolons",
  9: "tabs",
  124: "vertical bars",
  32: "spaces",
};

const CANDIDATES = [44, 59, 9, 124];
const SPACE = 32;
/** A header is looked for below titles and notes, this far down. */
const MOST_ROWS_BEFORE_HEADER = 20;
const ROWS_PROBED = 200;
const SEPARATOR_LINE = /^"?sep=(.|\\t|tab)"?$/i;

/** Tells delimiter and columns by the first bytes of a file, in any encoding that ASCII is a part of. */
export function sniffDialect(head: Uint8Array, decode: (bytes: Uint8Array) => string, named: NamedColumns): CsvDialect {
  const readings = CANDIDATES.map((delimiter) => ({ delimiter, rows: probe(head, delimiter, decode) }));
  const stated = SEPARATOR_LINE.exec(readings[0]!.rows[0]?.join(",").trim() ?? "")?.[1];
  if (stated !== undefined) {
    const delimiter = /tab|\\t/i.test(stated) ? 9 : stated.charCodeAt(0);
    readings.splice(0, readings.length, { delimiter, rows: probe(head, delimiter, decode) });
  }
  const found = readings.flatMap(({ delimiter, rows }) => {
    for (let row = 0; row < Math.min(rows.length, MOST_ROWS_BEFORE_HEADER); row++) {
      const columns = orderColumns(rows[row]!, named);
      if (columns !== null) return [{ delimiter, headerRows: row + 1, columns, firstRow: rows[row]! }];
    }
    return [];
  });
  const most = (dialect: CsvDialect) => Object.keys(dialect.columns!.at).length + dialect.columns!.wide.length;
  if (found.length > 0) return found.reduce((best, each) => (most(each) > most(best) ? each : best));
  const isTable = readings.some(({ rows }) => hasColumns(rows));
  const read = isTable ? null : baskets(head, decode);
  return read ?? { delimiter: 44, headerRows: 0, columns: null, firstRow: widest(readings) };
}

/** Share of a table's rows that are as wide as each other. */
const SHARE_OF_TABLE_ROWS = 0.9;

/** Whether rows are a table whose columns nobody knows: nearly all as wide, and values keep to their columns. */
function hasColumns(rows: readonly (readonly string[])[]): boolean {
  const rowsOfWidth = new Map<number, number>();
  const placesOf = new Map<string, { rows: number; places: Set<number> }>();
  for (const row of rows) {
    if (row.length > 1) rowsOfWidth.set(row.length, (rowsOfWidth.get(row.length) ?? 0) + 1);
    row.forEach((field, place) => {
      const value = field.trim();
      if (value === "") return;
      const found = placesOf.get(value) ?? { rows: 0, places: new Set() };
      placesOf.set(value, { rows: found.rows + 1, places: found.places.add(place) });
    });
  }
  const most = Math.max(0, ...rowsOfWidth.values());
  if (rows.length < 2 || most < rows.length * SHARE_OF_TABLE_ROWS) return false;
  const repeated = [...placesOf.values()].filter((found) => found.rows > 1);
  return repeated.filter(({ places }) => places.size > 1).length * 2 < repeated.length;
}

/** One order a row without any header: rows of different lengths that share their fields. */
function baskets(head: Uint8Array, decode: (bytes: Uint8Array) => string): CsvDialect | null {
  for (const delimiter of [...CANDIDATES, SPACE]) {
    const rows = probe(head, delimiter, decode).map((row) =>
      row.map((field) => field.trim()).filter((field) => field !== ""),
    );
    if (delimiter === SPACE && !rows.every((row) => row.every((field) => /^\d+$/.test(field)))) continue;
    const header =
      /^(items?|baskets?|products?|transactions?)$/i.test(rows[0]?.[0] ?? "") && rows[0]!.length === 1 ? 1 : 0;
    const orders = rows.slice(header);
    const lengths = new Set(orders.map(({ length }) => length));
    const seen = new Map<string, number>();
    for (const row of orders) for (const field of new Set(row)) seen.set(field, (seen.get(field) ?? 0) + 1);
    const repeated = [...seen.values()].filter((rowsWith) => rowsWith > 1).reduce((sum, rowsWith) => sum + rowsWith, 0);
    const all = [...seen.values()].reduce((sum, rowsWith) => sum + rowsWith, 0);
    if (orders.length > 1 && lengths.size > 1 && Math.max(...lengths) > 1 && repeated * 3 >= all) {
      return { delimiter, headerRows: header, columns: basketColumns(512), firstRow: rows[0]! };
    }
  }
  return null;
}

function widest(readings: readonly { rows: readonly (readonly string[])[] }[]): readonly string[] {
  return readings.map(({ rows }) => rows[0] ?? []).reduce((best, row) => (row.length > best.length ? row : best));
}

function probe(head: Uint8Array, delimiter: number, decode: (bytes: Uint8Array) => string): string[][] {
  const rows: string[][] = [];
  const reader = new CsvRows(
    (row) => {
      if (rows.length >= ROWS_PROBED) return;
      rows.push(
        Array.from({ length: row.fields }, (_, field) => decode(row.bytes.slice(row.from[field], row.to[field]))),
      );
    },
    () => {},
    delimiter,
  );
  // The last line may be cut off where the head ends.
  reader.push(head.subarray(0, head.lastIndexOf(10) + 1 || head.length));
  reader.end();
  return rows;
}
