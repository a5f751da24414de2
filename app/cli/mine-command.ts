import { statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BasketRows } from "../domain/orders/files/basket-rows.ts";
import type { NamedColumns } from "../domain/orders/files/order-columns.ts";
import { PairFileWriter } from "./pair-file.ts";
import { readBaskets } from "./read-baskets.ts";
import { namedColumns } from "./read-orders.ts";
import { runCommand, UserError } from "./user-error.ts";

const USAGE = `Usage:
  npm run mine -- ORDERS... --out DIR                                learn a model for "npm run suggest"
  npm run mine -- ORDERS... --pairs FILE [--min-orders-together N]   write all pairs as CSV (N is 5 unless given)
                                         [--as-is]                   ... of all lines, with nothing left out
ORDERS is Shopify's order export, an export of another shop system, or a CSV file with the columns order_id and item_id;
gzip, zip or an Excel workbook (.xlsx), "-" for standard input. Several files are read as one. Delimiter, encoding, dates, numbers and columns are
detected from the content of the file, and what was understood is printed first. Columns with names of your own:
  --columns "order=YOUR COLUMN,item=YOUR COLUMN"   and sku, title, variant, category, customer, date, quantity, price,
                                                   total, discount, currency, status, cancelled`;

const say = (line: string) => process.stderr.write(`${line}\n`);

await runCommand(async () => {
  const given = options();
  if (given === "help") return void process.stdout.write(`${USAGE}\n`);
  const { orders, pairs, out, minTogether, asIs, columns } = given;
  refuseToOverwrite(orders, pairs, out);
  const pairFile = pairs === undefined ? null : new PairFileWriter();
  try {
    const { rows, itemIds } = asIs ? await readAsIs(orders, columns) : await readCleaned(orders, columns, out);
    if (pairFile === null) return;
    const count = await pairFile.write(pairs!, itemIds, rows, minTogether);
    say(`${count} pairs of ${itemIds.length} items written to ${pairs}`);
    if (count === 0) {
      const least =
        minTogether === 1 ? "No order holds two items." : `No two items are in ${minTogether} orders together;`;
      say(minTogether === 1 ? least : `${least} --min-orders-together 1 writes every pair.`);
    }
  } finally {
    await pairFile?.close();
  }
});

interface ReadRows {
  readonly rows: BasketRows;
  readonly itemIds: readonly string[];
}

/** Reads sales of goods, and writes the model learnt from them to `out`, if given. */
async function readCleaned(
  orders: readonly string[],
  columns: NamedColumns,
  out: string | undefined,
): Promise<ReadRows> {
  const { shared } = await import("./order-item-file.ts");
  const { table } = await readBaskets(orders, say, columns);
  if (table.itemIds.length === 0) throw new UserError("Nothing is left to learn from: no line is a sale of goods.");
  if (out !== undefined) {
    const { buildModel } = await import("../domain/mining/model/model.ts");
    const { writeModel } = await import("./model-directory.ts");
    const { withWorkerPool } = await import("../threads/worker-pool.ts");
    const model = await withWorkerPool(table.items.length, (pool) => buildModel(table, { pool }));
    writeModel(out, model);
    say(`The model of ${table.itemIds.length} items was written to ${out}`);
  }
  const rows = { itemCount: table.itemIds.length, start: table.start, items: shared(table.items) };
  return { rows, itemIds: table.itemIds };
}

/** Reads every line, with nothing left out. */
async function readAsIs(orders: readonly string[], columns: NamedColumns): Promise<ReadRows> {
  const { readOrderItems } = await import("./order-item-file.ts");
  const read = (await readOrderItems(orders, say, columns)).canonicalRows();
  if (read.itemIds.length === 0) throw new UserError("There are no orders in the file.");
  return read;
}

/** Throws a `UserError` where a result would be written over an order file, under whatever name it is reached. */
function refuseToOverwrite(orders: readonly string[], pairs: string | undefined, out: string | undefined): void {
  const written = [
    ...(pairs === undefined ? [] : [pairs]),
    ...(out === undefined ? [] : [out, ...["model.json", "ids.json", "arrays.bin"].map((name) => join(out, name))]),
  ];
  for (const order of orders) {
    const target = written.find((path) => isSameFile(path, order));
    if (target !== undefined)
      throw new UserError(`"${target}" is the order file itself: it would be overwritten. Name another place.`);
  }
  if (pairs !== undefined && written.slice(1).some((path) => isSameFile(path, pairs))) {
    throw new UserError(`"${pairs}" is a part of the model: the pairs and the model would overwrite each other.`);
  }
}

function isSameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }));
  return (
    first !== undefined &&
    second !== undefined &&
    first.isFile() &&
    first.dev === second.dev &&
    first.ino === second.ino
  );
}

function options() {
  const { values, positionals: orders } = parsed();
  if (values.help) return "help" as const;
  if (orders.length === 0) throw new UserError(USAGE);
  const { pairs, out, "as-is": asIs, "min-orders-together": min } = values;
  if (pairs === undefined && out === undefined) throw new UserError(USAGE);
  if (asIs && out !== undefined) throw new UserError("--as-is goes with --pairs alone: a model learns from sales.");
  const minTogether = Number(min);
  if (!Number.isSafeInteger(minTogether) || minTogether < 1) {
    throw new UserError(`--min-orders-together is a whole number of at least 1, not "${min}".`);
  }
  return { orders, pairs, out, minTogether, asIs, columns: namedColumns(values.columns) };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        pairs: { type: "string" },
        out: { type: "string" },
        columns: { type: "string" },
        "as-is": { type: "boolean", default: false },
        "min-orders-together": { type: "string", default: "5" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}
