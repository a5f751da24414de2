/**
 * Benchmarks, kept apart from tests: they print figures and assert none.
 *
 *   npm run bench -- [FILE...] [--shuffled FILE]       quality, speed of pairs, engine, function
 *   npm run bench -- quality [FILE...]                 how well suggestions finish a basket, beside plain rankings
 *   npm run bench -- speed [FILE...] [--orders N]      all pairs, beside other programs; files and made-up shops of N
 *   npm run bench -- engine [FILE...] [--orders N] [--items N]    a model with its ranking chosen, and its answers
 *   npm run bench -- new-products FILE...              how well products without orders are served
 *   npm run bench -- upgrades FILE...                  how well upgrades are found that customers took
 *   npm run bench -- truth [FILE...]                   whether evidence is true, and what experiments claim
 *   npm run bench -- shops [--shops N] [--file FILE]    whether Results and experiments hold the truth of simulated shops
 *   npm run bench -- pairs FILE [--min N]              one file mined for pairs; the last line is JSON
 *   npm run bench -- new-orders FILE                   orders that come, until they are in the counts
 *   npm run bench -- webhooks                          webhooks acknowledged while their orders are counted
 *   npm run bench -- events                             shoppers' events acknowledged and counted while a shop is mined
 *   npm run bench -- event-stores [--events N]          what is read of events, from PostgreSQL and from ClickHouse
 *   npm run bench -- browsing [--events N]              what shoppers viewed, counted by day
 *   npm run bench -- lists                             pages of "Bought together" in a shop of 100,000 products
 *   npm run bench -- pages [--orders N]                what the admin's pages show, read in small and large shops
 *   npm run bench -- backtest [--orders N]             offers tried on 1 M past orders, beside a loop that prices each cart
 *   npm run bench -- import FILE                       one file imported into PostgreSQL; the last line is JSON
 *   npm run bench -- live FILE                         pairs, learning and an order in PostgreSQL and in threads
 *   npm run bench -- function [--carts N]              what the discount Function takes of Shopify's limits, and N small
 *                                                      carts against a search through every way to discount them
 *   npm run bench -- theme                             what the theme extension adds to pages: bytes, layout shift, response
 *   npm run bench -- admin                             how fast the admin's pages appear and answer, beside a demo that runs
 *   npm run bench -- generate --orders N [--items N] FILE    writes the order lines of a made-up shop
 *
 * Where no file is given, made-up shops stand in: the demo's for quality, 1 M orders of 20,000 items for speed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { USUAL_ITEMS } from "./synthetic-orders.ts";

const DEFAULT_ORDERS = 1_000_000;
/** Benches that are programs of their own. */
const PROGRAMS = [
  "backtest",
  "browsing",
  "events",
  "event-stores",
  "truth",
  "shops",
  "webhooks",
  "lists",
  "pages",
  "import",
  "new-orders",
  "live",
  "quality",
  "new-products",
  "upgrades",
  "function",
  "theme",
  "admin",
];
const COMMANDS = ["pairs", "generate", "speed", "engine"];

const [command = "", ...rest] = process.argv.slice(2);
if ([command, ...rest].some((argument) => argument === "--help" || argument === "-h")) printUsage();
else if (PROGRAMS.includes(command)) process.exitCode = runProgram(command, rest);
else if (COMMANDS.includes(command)) await runCommand(command, rest);
else await runAll(process.argv.slice(2));

/** What stands at the head of this file. */
function printUsage(): void {
  const [, text = ""] = /\/\*\*\n(.*?)\n \*\//s.exec(readFileSync(import.meta.filename, "utf8")) ?? [];
  process.stdout.write(`${text.replace(/^ \* ?/gm, "")}\n`);
}

async function runAll(args: readonly string[]): Promise<void> {
  const { files, shuffled, orders } = options(args);
  const made = (orders.length > 0 ? orders : [DEFAULT_ORDERS]).flatMap((count) => ["--orders", String(count)]);
  process.stdout.write("\nFinish the basket\n\n");
  runProgram("quality", [...files, ...shuffled.flatMap((file) => ["--shuffled", file])]);
  process.stdout.write("\nAll pairs with at least 5 orders together\n\n");
  await runCommand("speed", [...files, ...made]);
  process.stdout.write("\nA model with its ranking chosen\n\n");
  await runCommand("engine", [...files, ...made]);
  process.stdout.write("\nThe discount Function\n\n");
  process.exitCode = runProgram("function", []);
}

async function runCommand(name: string, args: readonly string[]): Promise<void> {
  const { files, orders, items, min } = options(args);
  if (name === "pairs") {
    const { printPairs } = await import("./pairs.ts");
    printPairs(existing(files[0]), min);
  } else if (name === "generate") {
    const { writeSyntheticOrders } = await import("./synthetic-orders.ts");
    const lines = writeSyntheticOrders(named(files[0]), orders[0] ?? DEFAULT_ORDERS, items);
    process.stdout.write(`${lines} order lines written to ${files[0]}\n`);
  } else {
    const shops = orders.length + files.length > 0 ? orders : [DEFAULT_ORDERS];
    if (name === "engine") {
      const { printEngine } = await import("./engine.ts");
      printEngine(files.map(existing), shops, items);
    } else {
      const { printSpeed } = await import("./speed.ts");
      await printSpeed(files.map(existing), shops);
    }
  }
}

function options(args: readonly string[]) {
  const known = {
    min: { type: "string", default: "5" },
    orders: { type: "string", multiple: true },
    items: { type: "string", default: String(USUAL_ITEMS) },
    shuffled: { type: "string", multiple: true },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: known });
  return {
    files: positionals,
    shuffled: values.shuffled ?? [],
    orders: (values.orders ?? []).map((text) => wholeNumber("--orders", text)),
    items: wholeNumber("--items", values.items),
    min: wholeNumber("--min", values.min),
  };
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
