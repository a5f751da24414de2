import { parseArgs } from "node:util";
import type { BasketRows } from "../domain/mining/basket-rows.ts";
import { PairFileWriter } from "./pair-file.ts";
import { readBaskets } from "./read-baskets.ts";
import { runCommand, UserError } from "./user-error.ts";

const USAGE = `Usage:
  npm run mine -- ORDERS --out DIR                                learn a model for "npm run suggest"
  npm run mine -- ORDERS --pairs FILE [--min-orders-together N]   write all pairs as CSV (N is 5 unless given)
                                      [--as-is]                   ... of all lines, with nothing left out
ORDERS is a plain order file (order_id,item_id and more columns) or Shopify's order export, gzip or not.`;

const say = (line: string) => process.stderr.write(`${line}\n`);

await runCommand(async () => {
  const { orders, pairs, out, minTogether, asIs } = options();
  const pairFile = pairs === undefined ? null : new PairFileWriter();
  try {
    const { rows, itemIds } = asIs ? await readAsIs(orders) : await readCleaned(orders, out);
    if (pairFile === null) return;
    const count = await pairFile.write(pairs!, itemIds, rows, minTogether);
    say(`${count} pairs of ${itemIds.length} items written to ${pairs}`);
  } finally {
    await pairFile?.close();
  }
});

interface ReadRows {
  readonly rows: BasketRows;
  readonly itemIds: readonly string[];
}

/** Reads sales of goods, and writes the model learnt from them to `out`, if given. */
async function readCleaned(orders: string, out: string | undefined): Promise<ReadRows> {
  const { table } = await readBaskets(orders, say);
  if (out !== undefined) {
    const { buildModel } = await import("../domain/mining/ranking/model.ts");
    const { writeModel } = await import("./model-directory.ts");
    const { withHands } = await import("../threads/hands.ts");
    const model = await withHands(table.items.length, (hands) => buildModel(table, { hands }));
    writeModel(out, model);
    say(`The model of ${table.itemIds.length} items was written to ${out}`);
  }
  const items = new Uint32Array(new SharedArrayBuffer(table.items.byteLength));
  items.set(table.items);
  return { rows: { itemCount: table.itemIds.length, start: table.start, items }, itemIds: table.itemIds };
}

/** Reads every line, with nothing left out. */
async function readAsIs(orders: string): Promise<ReadRows> {
  const { readOrderItems } = await import("./order-item-file.ts");
  const columns = await readOrderItems(orders);
  if (columns.malformed > 0) say(`${orders}: ${columns.malformed} lines could not be read and were left out`);
  return columns.canonicalRows();
}

function options() {
  const { values, positionals } = parsed();
  const [orders, ...more] = positionals;
  if (orders === undefined || more.length > 0) throw new UserError(USAGE);
  const { pairs, out, "as-is": asIs, "min-orders-together": min } = values;
  if (pairs === undefined && out === undefined) throw new UserError(USAGE);
  if (asIs && out !== undefined) throw new UserError("--as-is goes with --pairs alone: a model learns from sales.");
  const minTogether = Number(min);
  if (!Number.isSafeInteger(minTogether) || minTogether < 1) {
    throw new UserError(`--min-orders-together is a whole number of at least 1, not "${min}".`);
  }
  return { orders, pairs, out, minTogether, asIs };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        pairs: { type: "string" },
        out: { type: "string" },
        "as-is": { type: "boolean", default: false },
        "min-orders-together": { type: "string", default: "5" },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}
