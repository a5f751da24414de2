import type { ColumnRole } from "./column-names.ts";
import { decimalMarkOf, inUnits, readDecimal, type Decimal, type DecimalMark } from "./decimal-texts.ts";
import { readDates, type DateColumn } from "./date-texts.ts";
import type { FileRows } from "./order-file.ts";
import type { FileColumn } from "./text-column.ts";
import type { UtcMs } from "../order.ts";

/** More digits after the mark than this are rounded. */
const MOST_DECIMALS = 6;
const LEAST_DECIMALS = 2;
const SEMICOLON = 59;

/** The numbers and times of one file, read column by column. */
export interface FileValues {
  readonly mark: DecimalMark;
  /** Some numbers have a comma as their mark. */
  readonly hasDecimalCommas: boolean;
  /** Digits after the mark that the file's amounts have, at least 2. */
  readonly amountDecimals: number;
  /** Symbol or code that stands beside amounts, as a currency code. */
  readonly symbolCurrency: string | null;
  /** Row -> number; null for an empty field, NaN for one that cannot be read. */
  readonly quantity: (row: number) => number | null;
  /** Row -> units that were sent back or refunded; as the quantity. */
  readonly returned: (row: number) => number | null;
  readonly amount: (role: "price" | "total" | "discount", row: number, decimals: number) => number | null;
  /** The column of ids counts the lines of each order (1, 2, 3 ...), and names no product. */
  readonly idsNumberLines: boolean;
  readonly dates: DateColumn | null;
  /** Row -> time, NaN where unknown. */
  readonly at: (row: number) => UtcMs;
  /** Row -> the text of its time, "" for none. */
  readonly timeText: (row: number) => string;
}

export function fileValues(file: FileRows): FileValues {
  const numbers = ["price", "total", "discount", "quantity", "returned"] as const;
  const used = numbers.flatMap((role) => usedTexts(file.column.get(role)));
  const mark = decimalMarkOf(used, file.delimiter === SEMICOLON);
  const decimals = new Map(numbers.map((role) => [role, decimalsOf(file.column.get(role), mark)] as const));
  const amounts = ["price", "total", "discount"] as const;
  const most = amounts.flatMap((role) => decimals.get(role)!.map((value) => value?.decimals ?? 0));
  const times = timeColumn(file);
  const hints = { dayFirstIsLikelier: file.delimiter === SEMICOLON || mark === "," };
  const dates = times === null ? null : readDates(inOrderOfRows(times), hints);
  const at = times === null || dates === null ? null : timesByText(times, dates);
  return {
    mark,
    hasDecimalCommas: mark === "," && used.some((text) => text.includes(",")),
    amountDecimals: Math.min(
      MOST_DECIMALS,
      most.reduce((a, b) => Math.max(a, b), LEAST_DECIMALS),
    ),
    symbolCurrency: currencyOfSymbols(amounts.flatMap((role) => usedTexts(file.column.get(role)))),
    quantity: (row) => numberAt(file.column.get("quantity"), decimals.get("quantity")!, row),
    returned: (row) => numberAt(file.column.get("returned"), decimals.get("returned")!, row),
    amount: (role, row, units) => {
      const column = file.column.get(role);
      const index = column?.at[row];
      if (column === undefined || index === undefined || column.texts[index] === "") return null;
      const value = decimals.get(role)![index]!;
      return value === null ? NaN : (inUnits(value, units) ?? NaN);
    },
    idsNumberLines: numbersLines(file),
    dates,
    at: (row) => at?.[times!.at[row]!] ?? NaN,
    timeText: (row) => times?.texts[times.at[row]!] ?? "",
  };
}

function usedTexts(column: FileColumn | undefined): string[] {
  // The first text is the header's own.
  return column === undefined ? [] : column.texts.slice(1).filter((text) => text !== "");
}

function decimalsOf(column: FileColumn | undefined, mark: DecimalMark): (Decimal | null)[] {
  return (column?.texts ?? []).map((text) => (text === "" ? null : readDecimal(text, mark)));
}

function numberAt(column: FileColumn | undefined, values: readonly (Decimal | null)[], row: number): number | null {
  const index = column?.at[row];
  if (column === undefined || index === undefined || column.texts[index] === "") return null;
  const value = values[index]!;
  return value === null ? NaN : value.digits / 10 ** value.decimals;
}

/** The times of the orders: the date with the time of day beside it, or when they were paid where that is all. */
function timeColumn(file: FileRows): FileColumn | null {
  const date = file.column.get("time");
  const clock = file.column.get("clock");
  const paid = file.column.get("paidAt");
  const main = date === undefined || isBlank(date) ? (paid ?? date) : date;
  if (main === undefined) return null;
  if (clock === undefined || main !== date || main.texts.slice(1).some((text) => /\d:\d/.test(text))) return main;
  return combined(main, clock);
}

function isBlank({ texts, at }: FileColumn): boolean {
  return !at.some((index) => texts[index] !== "");
}

function combined(date: FileColumn, clock: FileColumn): FileColumn {
  const texts: string[] = [""];
  const numbers = new Map<string, number>();
  const at = date.at.map((index, row) => {
    const text = date.texts[index] === "" ? "" : `${date.texts[index]} ${clock.texts[clock.at[row]!]}`.trim();
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    return texts.push(text) - 1;
  });
  return { texts, at };
}

/** Texts in the order in which rows bring them up, without the header's and the empty one. */
function inOrderOfRows({ texts }: FileColumn): string[] {
  return texts.slice(1).filter((text) => text !== "");
}

function timesByText({ texts }: FileColumn, dates: DateColumn): Float64Array {
  const at = new Float64Array(texts.length).fill(NaN);
  let next = 0;
  for (let index = 1; index < texts.length; index++) if (texts[index] !== "") at[index] = dates.at[next++]!;
  return at;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "￥": "JPY",
  円: "JPY",
  "₩": "KRW",
  "₹": "INR",
  "₺": "TRY",
  zł: "PLN",
};
const CODE = /(?:^|[\s\d])([A-Z]{3})(?:$|[\s\d])/;

function currencyOfSymbols(texts: readonly string[]): string | null {
  const found = new Set<string>();
  for (const text of texts.slice(0, 200)) {
    const code = CODE.exec(text)?.[1] ?? Object.entries(SYMBOLS).find(([symbol]) => text.includes(symbol))?.[1];
    if (code !== undefined) found.add(code);
    else if (/(^|[^A-Z])\$/.test(text)) found.add("USD");
  }
  return found.size === 1 ? [...found][0]! : null;
}

function numbersLines({ columns, column, rows }: FileRows): boolean {
  const [order, item] = [column.get("order"), column.get("item")];
  if (order === undefined || item === undefined || columns.format === "plain" || columns.wide.length > 0) return false;
  const lines = new Map<number, number>();
  let longest = 0;
  for (let row = 0; row < rows; row++) {
    const line = (lines.get(order.at[row]!) ?? 0) + 1;
    if (item.texts[item.at[row]!] !== String(line)) return false;
    lines.set(order.at[row]!, line);
    longest = Math.max(longest, line);
  }
  return lines.size > 1 && longest > 1;
}

/** The text of a role in a row; "" where the file has no such column. */
export function textAt(file: FileRows, role: ColumnRole, row: number): string {
  const column = file.column.get(role);
  return column === undefined ? "" : column.texts[column.at[row]!]!;
}
