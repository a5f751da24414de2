import { FileBaskets, type BasketsOfFile } from "../domain/baskets/file-baskets.ts";
import type { NamedColumns } from "../domain/orders/files/order-columns.ts";
import { leftOutReport, readingReport } from "./order-report.ts";
import { readOrders } from "./read-orders.ts";

/**
 * Reads order files into baskets and reports on `say` what was understood, what could not be read and what was left
 * out. Throws a `UserError` for a file that cannot be read at all.
 */
export async function readBaskets(
  paths: string | readonly string[],
  say: (line: string) => void,
  named: NamedColumns = {},
): Promise<BasketsOfFile> {
  const book = await readOrders(typeof paths === "string" ? [paths] : paths, named);
  for (const line of readingReport(book)) say(line);
  const baskets = new FileBaskets(book.amountDecimals);
  for (const line of book.lines()) baskets.add(line);
  const result = baskets.finish();
  for (const line of leftOutReport(result.leftOut)) say(line);
  return result;
}
