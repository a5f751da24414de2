import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { orderFileBytes } from "../../app/cli/order-file-bytes.ts";
import { CsvRows } from "../../app/domain/orders/files/csv-rows.ts";
import { installDuckDb } from "./duckdb-install.ts";
import { runChild, runPairs, type PairsRun } from "./pairs.ts";
import { writeSyntheticOrders } from "./synthetic-orders.ts";

const MIN_TOGETHER = 5;
const PEER_SOURCE = join(import.meta.dirname, "pairs-peer.c");
const DUCKDB = join(import.meta.dirname, "duckdb-child.ts");

/**
 * Prints how long all pairs with at least five orders together take, for the given order files and for made-up shops
 * of the given numbers of orders, beside the peers that this machine has: each program gets the same two-column file,
 * in a process of its own. Programs that find different pairs are marked.
 */
export async function printSpeed(files: readonly string[], shops: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
  try {
    const peers = [...compiledPeer(folder), ...installedPeer()];
    process.stdout.write("| orders | program | pairs | seconds | peak MB |\n|---|---|---|---|---|\n");
    for (const { name, file } of await twoColumnFiles(folder, files, shops)) {
      const ours = runPairs(file, MIN_TOGETHER);
      printRow(name, "Tsuide", ours, ours);
      for (const peer of peers) printPeer(name, peer, file, ours);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Peer {
  readonly name: string;
  readonly run: (file: string) => PairsRun;
}

function printPeer(name: string, peer: Peer, file: string, ours: PairsRun): void {
  try {
    printRow(name, peer.name, peer.run(file), ours);
  } catch (error) {
    process.stdout.write(
      `| ${name} | ${peer.name} | did not run: ${String((error as Error).message).split("\n")[0]} |||\n`,
    );
  }
}

function printRow(name: string, program: string, run: PairsRun, ours: PairsRun): void {
  const pairs = run.pairs === ours.pairs && run.sum === ours.sum ? `${run.pairs}` : `${run.pairs} (differs)`;
  process.stdout.write(`| ${name} | ${program} | ${pairs} | ${run.seconds.toFixed(2)} | ${run.peakMb} |\n`);
}

/** The program in C, where there is a compiler. */
function compiledPeer(folder: string): Peer[] {
  const binary = join(folder, "pairs-peer");
  const compiled = spawnSync("cc", ["-O3", "-o", binary, PEER_SOURCE], { stdio: "ignore" }).status === 0;
  if (!compiled) process.stdout.write("No C compiler here: the peer in C is left out.\n");
  return compiled ? [{ name: "C, sparse accumulator, 1 thread", run: (file) => runProgram(binary, file) }] : [];
}

/** DuckDB, where it can be installed. */
function installedPeer(): Peer[] {
  if (installDuckDb()) return [{ name: "DuckDB, self-join", run: (file) => runChild(DUCKDB, file, MIN_TOGETHER) }];
  process.stdout.write("DuckDB cannot be installed here: it is left out.\n");
  return [];
}

function runProgram(binary: string, file: string): PairsRun {
  const started = performance.now();
  const { status, stdout } = spawnSync(binary, [file, String(MIN_TOGETHER)], { encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`exit code ${status}`);
  return { ...(JSON.parse(stdout) as Omit<PairsRun, "seconds">), seconds };
}

async function twoColumnFiles(folder: string, files: readonly string[], shops: readonly number[]) {
  const result: { name: string; file: string }[] = [];
  for (const [index, path] of files.entries()) {
    const file = join(folder, `file-${index}.csv`);
    await copyTwoColumns(path, file);
    result.push({ name: basename(path), file });
  }
  for (const orders of shops) {
    const file = join(folder, `shop-${orders}.csv`);
    const lines = writeSyntheticOrders(file, orders);
    result.push({ name: `made up: ${orders / 1e6} M orders, ${(lines / 1e6).toFixed(1)} M lines`, file });
  }
  return result;
}

/** Writes order_id and item_id of an order file alone, so that every program reads the same bytes. */
async function copyTwoColumns(from: string, to: string): Promise<void> {
  const file = openSync(to, "w");
  let columns: readonly [number, number] | null = null;
  let text = "order_id,item_id\n";
  const rows = new CsvRows(
    (row) => {
      if (columns === null) {
        const names = Array.from({ length: row.fields }, (_, field) => row.text(field).trim().toLowerCase());
        columns = [names.indexOf("order_id"), names.indexOf("item_id")];
      } else text += `${row.text(columns[0])},${row.text(columns[1])}\n`;
    },
    () => {},
  );
  for await (const chunk of orderFileBytes(from)) {
    rows.push(chunk);
    writeSync(file, text);
    text = "";
  }
  rows.end();
  writeSync(file, text);
  closeSync(file);
}
