/**
 * Benchmarks, kept apart from tests: they print figures and assert none.
 *
 *   npm run bench                                   the speed table on a made-up shop of 1 M orders
 *   npm run bench -- FILE...                        the quality and speed tables on these order files, too
 *   npm run bench -- speed [FILE...] [--orders N]   the speed table alone; made-up shops of N orders (several --orders)
 *   npm run bench -- pairs FILE [--min N]           one run of the miner; the last line is JSON
 *   npm run bench -- generate --orders N FILE       writes the order lines of a made-up shop
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { min: { type: "string", default: "5" }, orders: { type: "string", multiple: true } },
});
const orders = (values.orders ?? []).map(Number);

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function need(file: string | undefined): string {
  if (file === undefined) fail("Which file? See the head of test/bench/bench.ts for how to call this.");
  return file;
}

function needExisting(file: string | undefined): string {
  if (!existsSync(need(file))) fail(`There is no file "${file}".`);
  return file!;
}

if (orders.some((count) => !Number.isSafeInteger(count) || count < 1))
  fail("--orders is a whole number of at least 1.");
if (!/^[1-9]\d{0,8}$/.test(values.min)) fail("--min is a whole number of at least 1.");

const [command, ...files] = positionals;
if (command === "pairs") {
  const { printPairs } = await import("./pairs.ts");
  printPairs(needExisting(files[0]), Number(values.min));
} else if (command === "generate") {
  const { writeSyntheticOrders } = await import("./synthetic-orders.ts");
  const lines = writeSyntheticOrders(need(files[0]), orders[0] ?? 1_000_000);
  process.stdout.write(`${lines} order lines written to ${files[0]}\n`);
} else if (command === "speed") {
  const { printSpeed } = await import("./speed.ts");
  await printSpeed(files.map(needExisting), orders.length > 0 || files.length > 0 ? orders : [1_000_000]);
} else {
  const { printSpeed } = await import("./speed.ts");
  await printSpeed(positionals.map(needExisting), orders.length > 0 ? orders : [1_000_000]);
}
