/**
 * How well suggestions hit, by the procedure that `mine --out` uses on every shop:
 *
 *   npm run bench -- quality FILE...     order files, gzip or not
 *
 * The earlier 80 % of a file's orders teach, the later 20 % are asked: of each basket up to three items are hidden in
 * turn (cart, customer) or shown alone (page). Each ranker and the chosen one, HitRate@4, HitRate@10 and NDCG@10; then
 * what the published lists keep of it. The blends' figures are cross-checked over the slices.
 */
import { readBaskets } from "../../app/cli/read-baskets.ts";
import { chooseRanking, examine } from "../../app/domain/mining/ranking/choose.ts";
import type { Choice } from "../../app/domain/mining/ranking/choose.ts";
import { ownHand } from "../../app/domain/mining/ranking/hands.ts";

const SURFACES = { cart: "whole cart", page: "product page", customer: "cart of a known customer" } as const;

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write("Which order files? npm run bench -- quality FILE...\n");
  process.exitCode = 1;
}
for (const file of files) {
  const { table } = await readBaskets(file, () => {});
  const began = performance.now();
  const report = await chooseRanking(table, await examine(table, ownHand), ownHand);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(`${file}: ${table.at.length} orders, ${table.itemIds.length} items, ${report.heldOutOrders} orders asked`);
  for (const surface of ["cart", "page", "customer"] as const) printChoice(SURFACES[surface], report[surface]);
  if (report.published !== null) {
    const { hitRate10, hitRate10OfModel } = report.published;
    const lost = ((1 - hitRate10 / hitRate10OfModel) * 100).toFixed(1);
    print(`  published lists: HitRate@10 ${rate(hitRate10)}, the model ${rate(hitRate10OfModel)} (${lost} % lost)`);
  }
  print(`  chosen in ${seconds} s`);
}

function printChoice(surface: string, { contenders, winner, reason }: Choice): void {
  print(`  ${surface.padEnd(26)}   HitRate@4  HitRate@10  NDCG@10`);
  for (const { name, overall } of contenders) {
    const figures = [overall.hitRate4, overall.hitRate10, overall.ndcg10].map((figure) => rate(figure).padStart(9));
    print(`  ${name === winner ? "->" : "  "} ${name.padEnd(24)} ${figures.join("  ")}`);
  }
  print(`     (${reason.replaceAll("-", " ")})`);
}

function rate(figure: number): string {
  return figure.toFixed(4);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
