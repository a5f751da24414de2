/**
 * How well suggestions finish a basket, beside the rankings that other programs use:
 *
 *   npm run bench -- quality [FILE...] [--shuffled FILE...]     order files, gzip or not
 *
 * The earlier 80 % of a file's orders teach (of a shuffled file, a random 80 %). Of each later order one item is
 * hidden and the whole catalogue is ranked, three times; on the product page one item is shown and any other counts.
 * One procedure and no setting: Tsuide chooses its ranking within the earlier orders. Without a file, the orders of the
 * demo's English shop are asked.
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { readBaskets } from "../../app/cli/read-baskets.ts";
import type { BasketTable } from "../../app/domain/baskets/basket-table.ts";
import { buildModel } from "../../app/domain/mining/model/model.ts";
import { Suggester } from "../../app/domain/mining/model/suggest.ts";
import { withWorkerPool } from "../../app/threads/worker-pool.ts";
import { demoBaskets } from "./demo-baskets.ts";
import { figuresOf, plainRankings, questions, splitOrders, type Answer, type Shown } from "./finish-the-basket.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { shuffled: { type: "string", multiple: true, default: [] } },
});

print("| orders | shown | ranking | HitRate@1 | HitRate@4 | HitRate@10 | NDCG@10 | coverage@4 |");
print("|---|---|---|---|---|---|---|---|");
for (const file of positionals) await printFile(file, false);
for (const file of values.shuffled) await printFile(file, true);
if (positionals.length + values.shuffled.length === 0) await printQuality("demo shop", demoBaskets(), false);

async function printFile(file: string, shuffled: boolean): Promise<void> {
  const { table } = await readBaskets(file, () => {});
  await printQuality(`${basename(file)}${shuffled ? ", shuffled" : ""}`, table, shuffled);
}

async function printQuality(name: string, table: BasketTable, shuffled: boolean): Promise<void> {
  const { earlier, later } = splitOrders(table, shuffled);
  const model = await withWorkerPool(earlier.items.length, (pool) => buildModel(earlier, { pool }));
  const suggester = new Suggester(model);
  const tsuide: Answer = (question, top) => suggester.suggest(question, top).map(({ item }) => item);
  const rankings = { ...plainRankings(earlier), Tsuide: tsuide };
  const hasCustomers = table.customerIds.length > 0;
  const surfaces: Shown[] = ["cart", ...(hasCustomers ? (["cart of a known customer"] as const) : []), "product page"];
  for (const shown of surfaces) {
    const asked = questions(table, later, shown);
    for (const [ranking, answer] of Object.entries(rankings)) {
      // Plain rankings know no customers: they would answer as before.
      if (shown === "cart of a known customer" && answer !== tsuide) continue;
      const { hitRate1, hitRate4, hitRate10, ndcg10, coverage4 } = figuresOf(asked, earlier.itemIds.length, answer);
      const cells = [hitRate1, hitRate4, hitRate10, ndcg10, coverage4].map((figure) => figure.toFixed(4));
      print(`| ${[name, shown, ranking, ...cells].join(" | ")} |`);
    }
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
