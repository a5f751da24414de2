/**
 * The engine where the app has it: on PostgreSQL, in a worker's threads.
 *
 *   npm run bench -- live FILE     the latest orders of a file come to a shop that has the others
 *
 * All pairs from PostgreSQL beside the same from a two-column CSV file, each by a process of its own; a complete run;
 * an order until the lists that know it are stored; and for how long the process's own thread, which answers requests
 * and takes jobs, was kept from it by either, beside an idle one.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { learnAssociations, mineAssociations } from "../../app/flows/mining/mine-associations.ts";
import { openBenchShop } from "./bench-shop.ts";
import { runChild, runPairs, type PairsRun } from "./pairs.ts";

const NEW_ORDERS = 10;
const MIN_TOGETHER = 5;
const STORED_PAIRS = join(import.meta.dirname, "stored-pairs-child.ts");
const RUNS = 3;
const IDLE_MS = 3_000;
/** The monitor's own timer: what it sees beyond it is delay. */
const RESOLUTION_MS = 1;

const { table, database, shop, folder, close } = await openBenchShop("live", NEW_ORDERS);
try {
  await printRuns();
  printPairs();
} finally {
  await close();
}

async function printRuns(): Promise<void> {
  process.stdout.write("| work | seconds | main thread delayed: p99, ms | longest, ms |\n|---|---|---|---|\n");
  await printRun("idle", () => pause(IDLE_MS));
  await printRun("complete run: counted, ranking chosen, lists stored", () =>
    mineAssociations(shop.domain, shop.context()),
  );
  await printRun("an order comes, until its lists are stored", async () => {
    await shop.orderComes(shop.earlier);
    const { code } = await learnAssociations(shop.domain, shop.context());
    if (code !== "learnt") throw new Error(`Nothing was learnt: ${code}`);
  });
}

async function printRun(name: string, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const began = performance.now();
  delay.enable();
  await work();
  delay.disable();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const [p99, longest] = [delay.percentile(99), delay.max].map((ns) =>
    Math.max(0, ns / 1e6 - RESOLUTION_MS).toFixed(1),
  );
  process.stdout.write(`| ${name} | ${seconds} | ${p99} | ${longest} |\n`);
}

function printPairs(): void {
  const csv = join(folder, "orders.csv");
  writeTwoColumns(csv);
  const fromFile = runPairs(csv, MIN_TOGETHER);
  const runs = Array.from({ length: RUNS }, () => runChild(STORED_PAIRS, database.url, MIN_TOGETHER, [shop.domain]));
  const stored = runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
  process.stdout.write("\n| all pairs from | pairs | seconds | peak MB |\n|---|---|---|---|\n");
  printPairsRow("a CSV file", fromFile);
  printPairsRow("PostgreSQL", stored);
  process.stdout.write(`\nPostgreSQL takes ${(stored.seconds / fromFile.seconds).toFixed(1)} times as long.\n`);
}

function printPairsRow(name: string, { pairs, sum, seconds, peakMb }: PairsRun): void {
  process.stdout.write(`| ${name} | ${pairs} (${sum} together) | ${seconds.toFixed(2)} | ${peakMb} |\n`);
}

/** The baskets that are stored by now: the earlier orders, and the one that came. */
function writeTwoColumns(path: string): void {
  const to = openSync(path, "w");
  let text = "order_id,item_id\n";
  for (let order = 0; order <= shop.earlier; order++) {
    for (const item of table.items.subarray(table.start[order], table.start[order + 1])) {
      text += `${order},${table.itemIds[item]}\n`;
    }
    if (text.length > 1 << 20) {
      writeSync(to, text);
      text = "";
    }
  }
  writeSync(to, text);
  closeSync(to);
}
