import type { LeftOutReason, LeftOutTally } from "../domain/orders/cleaning.ts";
import type { ColumnRole } from "../domain/orders/files/column-names.ts";
import { DELIMITER_NAMES } from "../domain/orders/files/csv-dialect.ts";
import { LINE_PROBLEMS, type LineProblem } from "../domain/orders/files/file-order-line.ts";
import type { IdentityNote } from "../domain/orders/files/item-identity.ts";
import type { BookFile } from "../domain/orders/files/book-rows.ts";
import type { OrderBook } from "../domain/orders/files/order-book.ts";
import { encodingName } from "../domain/orders/files/order-file.ts";

/** Lines of the file that are named for one problem; the others are counted. */
const LINES_NAMED = 8;

const PROBLEMS: Readonly<Record<LineProblem, string>> = {
  "text-after-quote": "text after a closing quote",
  "unclosed-quote": "a quote that is never closed",
  "row-too-long": "longer than a mebibyte",
  "before-header": "before the header",
  "repeated-header": "the header again",
  "repeated-in-another-file": "also in an earlier file",
  "too-few-fields": "too few fields",
  "no-order-id": "no order id",
  "damaged-order-id": "the order id was shortened by a spreadsheet, and stands for many (1.23E+12)",
  "no-item-id": "no item id",
  "unreadable-quantity": "the quantity is not a number",
  "unreadable-price": "the price is not a number",
  "unreadable-timestamp": "the time cannot be read",
};

const REASONS: Readonly<Record<LeftOutReason, string>> = {
  "test-order": "test orders",
  "cancelled-order": "cancelled orders",
  return: "returns (a quantity of zero or less)",
  "fully-refunded": "fully refunded lines",
  "no-product": "lines without a product",
  "gift-card": "gift cards",
  service: "services, fees and postage",
  "negative-price": "negative prices",
  "free-line": "free lines",
  "giant-order": "orders too large to be shopping baskets",
};

const ROLES: Readonly<Partial<Record<ColumnRole, string>>> = {
  ...{ order: "order", item: "product id", sku: "SKU", title: "title", list: "items", time: "time", paidAt: "time" },
  ...{
    quantity: "quantity",
    returned: "units returned",
    price: "price",
    total: "line total",
    currency: "currency",
    status: "status",
  },
  ...{ cancelled: "cancelled", customer: "customer", discount: "discount", variant: "variant", kind: "line type" },
};

const FORMATS = {
  plain: "Plain order file",
  "shopify-export": "Shopify's order export",
  "other-system": "Export of another system",
  baskets: "One order a row",
} as const;

const IDENTITIES: Readonly<Record<IdentityNote["code"], (count: number) => string>> = {
  "variants-joined": (count) => `variants are counted as their product, for ${counted(count, "product")}`,
  "variants-joined-doubtful": (count) =>
    `taken for variants by their prices or codes alone, ${counted(count, "product")}`,
  "titles-kept-apart": (count) => `not taken for variants, though titles begin alike, ${counted(count, "time")}`,
  "codes-not-used": (count) => `${counted(count, "code")} of several unlike products; distinguished by title`,
  "ids-not-used": () => "the ids number lines, not products; products are distinguished by SKU and title",
  "several-codes": (count) => `one title with more than 12 codes, ${counted(count, "time")}; taken for one product`,
};

/** What was understood of the files, then what could not be read of them, line by line numbers. */
export function readingReport(book: OrderBook): string[] {
  return [
    ...book.files.flatMap((file) => understood(file, book)),
    ...book.notRead.map((name) => `${name}: left out; no columns for orders, or no text`),
    ...ordersLines(book),
    ...book.identityNotes.map(
      ({ code, count, examples }) => `Products: ${IDENTITIES[code](count)} (${listed(examples.map(shown))})`,
    ),
    ...book.problems.flatMap(({ file, problem, lines }) => {
      if (problem === "unreadable-timestamp" && book.files[file]!.values.dates?.isAmbiguous === true) return [];
      const about =
        problem === "unreadable-timestamp" && isWholeColumn(book.files[file]!, lines.length) ? null : linesNamed(lines);
      const outcome = LINE_PROBLEMS[problem] === "kept" ? "taken as unknown" : "left out";
      const where = book.files[file]!.name;
      if (about === null)
        return `${where}: the times of all ${counted(lines.length, "line")} cannot be read; ${withoutTimes(book)}`;
      return `${where}: ${PROBLEMS[problem]}; ${outcome}: ${about}`;
    }),
  ];
}

function understood({ name, rows, values }: BookFile, book: OrderBook): string[] {
  const { columns, delimiter } = rows;
  const mark = values.hasDecimalCommas ? ", decimal commas" : "";
  const foreign =
    rows.firstForeignLine === null || rows.encoding === "utf-8" ? "" : ` (first in line ${rows.firstForeignLine})`;
  const delimited = DELIMITER_NAMES[delimiter] ?? `fields separated by "${String.fromCharCode(delimiter)}"`;
  const written = rows.isSheet ? "spreadsheet" : `${delimited}, ${encodingName(rows)}${foreign}`;
  const first = `${name}: ${written}${mark}, ${counted(rows.lines, rows.isSheet ? "row" : "line")}`;
  const read = (Object.entries(columns.at) as [ColumnRole, number][])
    .filter(([role]) => ROLES[role] !== undefined && !(role === "paidAt" && columns.at.time !== undefined))
    .map(([role, place]) => `${ROLES[role]} ${shown(columns.names[place]!)}`);
  const wide = columns.wide.length > 0 ? ["every field is an item"] : [];
  const group = columns.ordersByCustomerAndTime ? ["an order is what a customer bought at one time"] : [];
  const lines = [first, `  ${FORMATS[columns.format]}: ${[...read, ...wide, ...group].join(", ")}`];
  if (rows.encodingKind === "damaged")
    lines.push(
      `  Bytes that are not UTF-8, first in line ${rows.firstForeignLine}: read one by one, so that no two texts become one`,
    );
  const { dates } = values;
  if (dates?.order != null)
    lines.push(
      `  Dates: ${{ "day-month-year": "day first", "month-day-year": "month first", "year-month-day": "year first" }[dates.order]}`,
    );
  if (dates?.isAmbiguous === true)
    lines.push(
      `  Dates could be day first or month first, and nothing in the file tells; those that could be either are taken as unknown; ${withoutTimes(book)}`,
    );
  if (!book.isDated && dates === null)
    lines.push(
      `  No times: orders are taken to be in the file's order, ${book.isNewestFirst ? "newest" : "oldest"} first`,
    );
  return lines;
}

/** What is made of times that cannot be read. */
function withoutTimes(book: OrderBook): string {
  if (book.isDated) return "such orders count as before all others";
  return `orders are taken to be in the file's order, ${book.isNewestFirst ? "newest" : "oldest"} first`;
}

function isWholeColumn({ rows }: BookFile, unreadable: number): boolean {
  return unreadable > LINES_NAMED && unreadable >= rows.rows * 0.9;
}

function ordersLines(book: OrderBook): string[] {
  const { period } = book;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  // Numbers of days or weeks are times, too, but no dates.
  const when =
    period === null || period.to < Date.UTC(1980, 0, 1) ? "" : ` from ${day(period.from)} to ${day(period.to)}`;
  const currencies = book.currencies().map(({ code, orders }) => `${code} in ${counted(orders, "order")}`);
  const money =
    currencies.length === 0 ? "" : `; ${currencies.length === 1 ? book.currencies()[0]!.code : listed(currencies)}`;
  return [`${counted(book.orders, "order")}${when}${money}`];
}

/** The tally in words, a line for the whole and one for each reason. */
export function leftOutReport(tally: LeftOutTally): string[] {
  const summary = `${counted(tally.linesKept, "order line")} kept, ${grouped(tally.linesLeftOut)} left out`;
  return [
    summary,
    ...tally.byReason.map(
      ({ reason, lines, orders }) => `  ${REASONS[reason]}: ${counted(lines, "line")} of ${counted(orders, "order")}`,
    ),
  ];
}

function linesNamed(lines: readonly number[]): string {
  const named = lines.slice(0, LINES_NAMED).map(grouped);
  if (lines.length === 1) return `line ${named[0]}`;
  if (lines.length <= LINES_NAMED) return `lines ${listed(named)}`;
  return `${grouped(lines.length)} lines: ${named.join(", ")} ...`;
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

/** A text of the file in one short line, without what would steer a terminal. */
export function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ");
  return `"${line.length > 60 ? `${line.slice(0, 60)} ...` : line}"`;
}

const grouped = (count: number) => count.toLocaleString("en");

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
