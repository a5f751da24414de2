/**
 * Benchmarks, kept apart from tests: they print figures and assert none.
 *
 *   npm run bench -- [FILE...]                      the quality table of these order files, then the speed table
 *   npm run bench -- speed [FILE...] [--orders N]   the speed table alone, of files and made-up shops of N orders
 *   npm run bench -- quality FILE...                the quality table alone
 *   npm run bench -- new-products FILE...           how well products without orders are served
 *   npm run bench -- pairs FILE [--min N]           one file mined for pairs; the last line is JSON
 *   npm run bench -- import FILE                    one file imported into PostgreSQL; the last line is JSON
 *   npm run bench -- generate --orders N FILE       writes the order lines of a made-up shop
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const DEFAULT_ORDERS = 1_000_000;
/** Benches that are programs of their own. */
const PROGRAMS = ["import", "quality", "new-products"];

const [command = "", ...rest] = process.argv.slice(2);
if (PROGRAMS.includes(command)) process.exitCode = runProgram(command, rest);
else if (["pairs", "generate", "speed"].includes(command)) await runCommand(command, rest);
else {
  const files = process.argv.slice(2);
  if (files.length > 0 && existsSync(programPath("quality"))) process.exitCode = runProgram("quality", files);
  await runCommand("speed", [...files, "--orders", String(DEFAULT_ORDERS)]);
}

async function runCommand(name: string, args: readonly string[]): Promise<void> {
  const { files, orders, min } = options(args);
  if (name === "pairs") {
    const { printPairs } = await import("./pairs.ts");
    printPairs(existing(files[0]), min);
  } else if (name === "generate") {
    const { writeSyntheticOrders } = await import("./synthetic-orders.ts");
    const lines = writeSyntheticOrders(named(files[0]), orders[0] ?? DEFAULT_ORDERS);
    process.stdout.write(`${lines} order lines written to ${files[0]}\n`);
  } else {
    const { printSpeed } = await import("./speed.ts");
    await printSpeed(files.map(existing), orders.length + files.length > 0 ? orders : [DEFAULT_ORDERS]);
  }
}

function options(args: readonly string[]) {
  const known = { min: { type: "string", default: "5" }, orders: { type: "string", multiple: true } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: known });
  const orders = (values.orders ?? []).map((text) => wholeNumber("--orders", text));
  return { files: positionals, orders, min: wholeNumber("--min", values.min) };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) fail(`${option} is a whole number of at least 1, not "${text}".`);
  return Number(text);
}

function named(file: string | undefined): string {
  return file ?? fail("Which file? The head of test/bench/bench.ts says how to call this.");
}

function existing(file: string | undefined): string {
  return existsSync(named(file)) ? file! : fail(`There is no file "${file}".`);
}

function programPath(name: string): string {
  return join(import.meta.dirname, `${name}.ts`);
}

function runProgram(name: string, args: readonly string[]): number {
  return spawnSync(process.execPath, [programPath(name), ...args], { stdio: "inherit" }).status ?? 1;
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
