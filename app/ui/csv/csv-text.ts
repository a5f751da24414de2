import { exponentOf, minorUnitsPerUnit } from "../../domain/money/currency.ts";
import { reportDay } from "../../domain/time/report-days.ts";
import type { MoneyView } from "../../views/money-view.ts";

/**
 * What a field of a CSV file is made from: a text; a number or an amount, both written as spreadsheets and programs read
 * them, without groups of digits ("1234.50"); yes or no, as spreadsheets read them in every language; nothing for what is not
 * known.
 */
export type CsvCell = string | number | boolean | MoneyView | null;

/** Without it spreadsheets misread Japanese. */
const BYTE_ORDER_MARK = "\uFEFF";

/** What spreadsheets take for the beginning of a formula, in the full width of Japanese keyboards as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Rows as a whole CSV file (RFC 4180) with a byte-order mark. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return BYTE_ORDER_MARK + csvLines(rows);
}

/** Rows as lines of a CSV file, each with its end. */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** A CSV file piece by piece: the rows of each batch as one text, the byte-order mark in the first. */
export async function* csvPieces(batches: AsyncIterable<readonly (readonly CsvCell[])[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK;
  for await (const rows of batches) yield csvLines(rows);
}

function field(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (typeof cell !== "string") {
    return (cell.amountMinor / minorUnitsPerUnit(cell.currency)).toFixed(exponentOf(cell.currency));
  }
  // Titles and names are written by anyone: the apostrophe makes a text of what would be a formula.
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The day of an ISO time as spreadsheets read it ("2026-05-03"), in a timezone; in UTC where that does not exist. */
export function csvDay(iso: string, timezone: string): string {
  return reportDay(Date.parse(iso), timezone);
}
