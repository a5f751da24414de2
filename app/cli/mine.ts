import { parseArgs } from "node:util";
import { countPairs } from "../domain/mining/pair-counts.ts";
import { writePairFile } from "./pair-file.ts";
import { readBaskets } from "./read-baskets.ts";
import { runCommand, UserError } from "./user-error.ts";

const USAGE = `Usage:
  npm run mine -- ORDERS --out DIR                                learn a model for "npm run suggest"
  npm run mine -- ORDERS --pairs FILE [--min-orders-together N]   write all pairs as CSV (N is 5 unless given)
ORDERS is a plain order file (order_id,item_id and more columns) or Shopify's order export, gzip or not.`;

await runCommand(async () => {
  const { orders, pairs, out, minTogether } = options();
  const { table } = await readBaskets(orders, (line) => process.stderr.write(`${line}\n`));
  if (out !== undefined) {
    const { buildModel } = await import("../domain/mining/ranking/model.ts");
    const { writeModel } = await import("./model-directory.ts");
    writeModel(out, buildModel(table, [], { now: Date.now() }));
    process.stderr.write(`The model of ${table.itemIds.length} items was written to ${out}\n`);
  }
  if (pairs === undefined) return;
  const counted = countPairs(table, minTogether);
  writePairFile(pairs, table.itemIds, counted);
  process.stderr.write(`${counted.partner.length} pairs of ${table.itemIds.length} items written to ${pairs}\n`);
});

function options(): { orders: string; pairs: string | undefined; out: string | undefined; minTogether: number } {
  const { values, positionals } = parsed();
  const [orders, ...more] = positionals;
  if (orders === undefined || more.length > 0) throw new UserError(USAGE);
  if (values.pairs === undefined && values.out === undefined) throw new UserError(USAGE);
  const minTogether = Number(values["min-orders-together"]);
  if (!Number.isSafeInteger(minTogether) || minTogether < 1) {
    throw new UserError(
      `--min-orders-together is a whole number of at least 1, not "${values["min-orders-together"]}".`,
    );
  }
  return { orders, pairs: values.pairs, out: values.out, minTogether };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        pairs: { type: "string" },
        out: { type: "string" },
        "min-orders-together": { type: "string", default: "5" },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}
