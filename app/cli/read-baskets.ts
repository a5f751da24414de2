import { FileBaskets, type BasketsOfFile } from "../domain/baskets/file-baskets.ts";
import type { LeftOutReason, LeftOutTally } from "../domain/orders/cleaning.ts";
import type { LineProblem } from "../domain/orders/file-order-line.ts";
import { OrderFileReader, type UnreadableOrderFile } from "../domain/orders/order-file.ts";
import { orderFileBytes } from "./order-file-bytes.ts";
import { UserError } from "./user-error.ts";

/** Problems are written out line by line up to this many, then only counted. */
const PROBLEMS_SHOWN = 20;

const PROBLEMS: Readonly<Record<LineProblem, string>> = {
  "text-after-quote": "text after a closing quote; line left out",
  "unclosed-quote": "a quote that is never closed; line left out",
  "row-too-long": "longer than a mebibyte; line left out",
  "too-few-fields": "too few fields; line left out",
  "no-order-id": "no order id; line left out",
  "no-item-id": "no item id; line left out",
  "unreadable-quantity": "the quantity is not a number; line left out",
  "unreadable-price": "the price is not a number; taken as unknown",
  "unreadable-timestamp": "the time cannot be read; taken as unknown",
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

/**
 * Reads an order file into baskets and reports on `say` what was wrong with it and what was left out.
 * Throws a `UserError` for a file that cannot be read at all.
 */
export async function readBaskets(path: string, say: (line: string) => void): Promise<BasketsOfFile> {
  const baskets = new FileBaskets();
  let problems = 0;
  const reader = new OrderFileReader({
    onLine: (line) => baskets.add(line),
    onProblem: (line, problem) => {
      if (problems++ < PROBLEMS_SHOWN) say(`${path}:${line}: ${PROBLEMS[problem]}`);
    },
  });
  for await (const chunk of orderFileBytes(path)) refuse(path, reader.push(chunk));
  refuse(path, reader.end());
  if (problems > PROBLEMS_SHOWN) say(`${path}: ${problems - PROBLEMS_SHOWN} more lines like these`);
  const result = baskets.finish();
  for (const line of leftOutReport(result.leftOut)) say(line);
  return result;
}

/** The tally in words, a line for the whole and one for each reason. */
export function leftOutReport(tally: LeftOutTally): string[] {
  const summary = `${counted(tally.linesKept, "order line")} kept, ${tally.linesLeftOut} left out`;
  return [
    summary,
    ...tally.byReason.map(
      ({ reason, lines, orders }) => `  ${REASONS[reason]}: ${counted(lines, "line")} of ${counted(orders, "order")}`,
    ),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function refuse(path: string, unreadable: UnreadableOrderFile | null): void {
  if (unreadable === null) return;
  if (unreadable.code === "empty-file") throw new UserError(`"${path}" is empty.`);
  if (unreadable.code === "not-csv") throw new UserError(`"${path}" is not a CSV file.`);
  throw new UserError(
    `"${path}" is neither a plain order file (columns order_id and item_id) nor Shopify's order export (columns Name and Lineitem name): its first line is "${unreadable.header}".`,
  );
}
