/**
 * What the compiled discount Function takes of Shopify's limits, for carts whose every product carries the largest offers
 * that are published; then random small carts against a search through every way to share out their units.
 *
 *   npm run bench -- function [--carts N]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { resolve } from "../../app/domain/pricing/resolve.ts";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { buildFunction, FUNCTION_WASM } from "../../scripts/functions/build-function.mjs";
import { FUNCTION_LIMITS, INSTRUCTIONS_PER_CALL, runFunction } from "../dev-store/functions/run-in-wasm.ts";
import { bestByBruteForce } from "../fixtures/best-benefits.ts";
import { smallCarts } from "../fixtures/made-up-benefits.ts";
import { functionInput, readFunctionSchema } from "../golden-carts/golden-cart.ts";
import { LARGE_CART_OFFERS, largeCart } from "../golden-carts/large-cart.ts";

const EXTENSION = join(import.meta.dirname, "..", "..", "extensions", "offer-discount");
/** Lines of a cart, and units of each: with 50 of them every tier is reached. */
const SIZES = [1, 10, 50, 100, 200].map((lines) => ({ lines, units: 2 })).concat({ lines: 200, units: 50 });
const TARGETS = ["cart_lines_discounts_generate_run", "cart_delivery_options_discounts_generate_run"];

const { values } = parseArgs({ options: { carts: { type: "string", default: "100000" } } });
// What is measured is the module that these sources give, whatever was built before.
await buildFunction();
const wasm = readFileSync(FUNCTION_WASM);
const schema = readFunctionSchema();
const number = (value: number) => value.toLocaleString("en");

console.log(`Module: ${number(wasm.length)} of ${number(FUNCTION_LIMITS.moduleBytes)} bytes`);
console.log(
  `Instructions: a call of Shopify's API counts ${number(INSTRUCTIONS_PER_CALL)}; limits are those of 200 lines.\n`,
);
for (const target of TARGETS) {
  const query = readFileSync(join(EXTENSION, "assembly", `${target}.graphql`), "utf8");
  console.log(`${target}\n`);
  console.log(
    "| offers | lines | units of each | instructions | of which own | calls | bytes in | bytes out | lines discounted | memory |",
  );
  console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const offers of LARGE_CART_OFFERS) for (const size of SIZES) await printRow(target, query, offers, size);
  console.log();
}
console.log(`Limits: ${JSON.stringify(FUNCTION_LIMITS)}\n`);
compareWithBruteForce(Number(values.carts));

async function printRow(
  target: string,
  query: string,
  offers: (typeof LARGE_CART_OFFERS)[number],
  { lines, units }: (typeof SIZES)[number],
): Promise<void> {
  const input = JSON.stringify(functionInput(largeCart(lines, offers, units), query, schema));
  try {
    const { instructions, calls, inputBytes, outputBytes, memoryBytes, output } = await runFunction(
      wasm,
      target,
      input,
    );
    const own = instructions - calls * INSTRUCTIONS_PER_CALL;
    const discounted = new Set(output.match(/gid:\/\/shopify\/CartLine\/[^"]+/g)).size;
    const cells = [instructions, own, calls, inputBytes, outputBytes, discounted, memoryBytes].map(number);
    console.log(`| ${offers} | ${lines} | ${units} | ${cells.join(" | ")} |`);
  } catch (error) {
    console.log(`| ${offers} | ${lines} | ${units} | ${(error as Error).message} | | | | | | |`);
  }
}

function compareWithBruteForce(carts: number): void {
  let compared = 0;
  fc.assert(
    fc.property(smallCarts, ({ lines, benefits }) => {
      compared += 1;
      const saving = resolve(lines, benefits).reduce((sum, { savedMinor }) => sum + savedMinor, 0);
      return saving === bestByBruteForce(lines, benefits).saving;
    }),
    { numRuns: carts },
  );
  console.log(
    `${number(compared)} small carts: the saving is the largest that any way of sharing out the units gives.`,
  );
}
