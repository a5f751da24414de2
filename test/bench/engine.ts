import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readModel } from "../../app/cli/model-directory.ts";
import type { RankingModel } from "../../app/domain/mining/model/model.ts";
import { Suggester } from "../../app/domain/mining/model/suggest.ts";
import { seededRandom, writeSyntheticOrders } from "./synthetic-orders.ts";

const PROGRAM = join(import.meta.dirname, "engine-child.ts");
const WARM_UP = 500;
const QUERIES = 5000;

/**
 * What the engine takes, whole process, from an order file to a stored model with its ranking chosen, and how long that
 * model takes to answer. Prints one row for each order file and each made-up shop of so many orders.
 */
export function printEngine(files: readonly string[], shops: readonly number[], items: number): void {
  const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
  try {
    print("| orders | model chosen and learnt, s | peak MB | suggest p50, ms | suggest p99, ms |");
    print("|---|---|---|---|---|");
    for (const file of files) printRow(basename(file), file, folder);
    for (const orders of shops) {
      const file = join(folder, "shop.csv");
      writeSyntheticOrders(file, orders, items);
      printRow(`made up: ${orders} orders, ${items} items`, file, folder);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printRow(name: string, file: string, folder: string): void {
  const directory = join(folder, "model");
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, file, directory], {
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "tsuide-compile-cache") },
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) return print(`| ${name} | did not run: ${stderr.trim().split("\n").at(-1)} ||||`);
  const { peakMb } = JSON.parse(stdout) as { peakMb: number };
  const times = suggestTimes(readModel(directory)).sort((a, b) => a - b);
  const [median, p99] = [0.5, 0.99].map((share) => times[Math.floor(share * (times.length - 1))]!.toFixed(3));
  print(`| ${name} | ${seconds.toFixed(1)} | ${peakMb} | ${median} | ${p99} |`);
  rmSync(directory, { recursive: true });
}

/** Milliseconds of each answer to carts as they were bought, less one item. */
function suggestTimes(model: RankingModel): number[] {
  const suggester = new Suggester(model);
  const carts = someBaskets(model, WARM_UP + QUERIES).map((items) => items.slice(0, Math.max(1, items.length - 1)));
  const times = carts.map((items) => timed(() => suggester.suggest({ items }, 10)));
  return times.slice(WARM_UP);
}

function someBaskets(model: RankingModel, count: number): string[][] {
  const random = seededRandom(1);
  const orders = model.baskets.start.length - 1;
  return Array.from({ length: count }, () =>
    basketOf(model, Math.floor(random() * orders)).map((item) => model.itemIds[item]!),
  );
}

function basketOf({ baskets: { start, items } }: RankingModel, order: number): number[] {
  return [...items.subarray(start[order], start[order + 1])];
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
