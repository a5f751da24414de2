import { CsvRows } from "../../orders/files/csv-rows.ts";

/** Bytes of a file, at most. */
export const LARGEST_FITS_FILE = 200_000;
/** Rows that are read, at most. */
export const MOST_FITS_ROWS = 5_000;

/** A row: what `product` names goes only with what `fits` names. */
export interface FitsRow {
  /** Number of the file's line, from 1. */
  readonly line: number;
  readonly product: string;
  readonly fits: string;
}

/** Why a row was left out, or why nothing of a file could be read. */
export type FitsFileFault = "too-large" | "no-columns" | "too-many-rows";
export interface FitsFile {
  readonly rows: readonly FitsRow[];
  /** Lines that lack one of the two, or that are not CSV. */
  readonly unreadable: readonly number[];
}

const TITLES = {
  product: ["product", "products", "accessory", "item", "商品", "アクセサリー", "アクセサリ"],
  fits: ["fits", "fit", "compatible with", "goes with", "適合", "適合商品", "対応商品", "対応機種"],
};
/** A comma, a semicolon, a tab. */
const DELIMITERS = [44, 59, 9];

/**
 * Reads a list of what fits what: CSV with a header that names the two columns, in English or Japanese, with commas,
 * semicolons or tabs between them. Other columns are passed over.
 */
export function readFitsFile(text: string): FitsFile | FitsFileFault {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LARGEST_FITS_FILE) return "too-large";
  for (const delimiter of DELIMITERS) {
    const { cells, malformed } = rowsOf(bytes, delimiter);
    const header = (cells[0]?.fields ?? []).map((title) => title.trim().toLowerCase());
    const at = (names: readonly string[]) => header.findIndex((title) => names.includes(title));
    const [product, fits] = [at(TITLES.product), at(TITLES.fits)];
    if (product < 0 || fits < 0) continue;
    const rows = cells.slice(1).map(({ line, fields }) => ({
      ...{ line, product: fields[product]?.trim() ?? "", fits: fields[fits]?.trim() ?? "" },
    }));
    if (rows.length > MOST_FITS_ROWS) return "too-many-rows";
    const isWhole = (row: FitsRow) => row.product !== "" && row.fits !== "";
    const lacking = rows.filter((row) => !isWhole(row)).map(({ line }) => line);
    return { rows: rows.filter(isWhole), unreadable: [...malformed, ...lacking].sort((a, b) => a - b) };
  }
  return "no-columns";
}

function rowsOf(bytes: Uint8Array, delimiter: number) {
  const cells: { line: number; fields: string[] }[] = [];
  const malformed: number[] = [];
  const reader = new CsvRows(
    (row) => cells.push({ line: row.line, fields: Array.from({ length: row.fields }, (_, at) => row.text(at)) }),
    (line) => malformed.push(line),
    delimiter,
  );
  reader.push(bytes);
  reader.end();
  return { cells, malformed };
}
