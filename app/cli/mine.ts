import { parseArgs } from "node:util";
import { countPairs, countRowPairs, type PairTable } from "../domain/mining/pair-counts.ts";
import { writePairFile } from "./pair-file.ts";
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
  if (asIs && pairs !== undefined) return minePairsAsTheyAre(orders, pairs, minTogether);
  const { table } = await readBaskets(orders, say);
  if (out !== undefined) {
    const { buildModel } = await import("../domain/mining/ranking/model.ts");
    const { writeModel } = await import("./model-directory.ts");
    writeModel(out, buildModel(table, [], { now: Date.now() }));
    say(`The model of ${table.itemIds.length} items was written to ${out}`);
  }
  if (pairs !== undefined) writePairs(pairs, table.itemIds, countPairs(table, minTogether));
});

async function minePairsAsTheyAre(orders: string, pairs: string, minTogether: number): Promise<void> {
  const { readOrderItems } = await import("./order-item-file.ts");
  const columns = await readOrderItems(orders);
  if (columns.malformed > 0) say(`${orders}: ${columns.malformed} lines could not be read and were left out`);
  const { rows, itemIds } = columns.canonicalRows();
  writePairs(pairs, itemIds, countRowPairs(rows, minTogether));
}

function writePairs(path: string, itemIds: readonly string[], pairs: PairTable): void {
  writePairFile(path, itemIds, pairs);
  say(`${pairs.partner.length} pairs of ${itemIds.length} items written to ${path}`);
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
