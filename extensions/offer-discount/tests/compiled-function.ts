import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runFunction } from "../../../test/dev-store/functions/run-in-wasm.ts";
import { functionInput, type GoldenCart, readFunctionSchema } from "../../../test/golden-carts/golden-cart.ts";

/** The Function as it ships, and how tests have it price a cart. */

export const TARGETS = ["cart_lines_discounts_generate_run", "cart_delivery_options_discounts_generate_run"] as const;
const folder = join(import.meta.dirname, "..");
export const wasm = readFileSync(join(folder, "dist/function.wasm"));
export const schema = readFunctionSchema();
const queries = Object.fromEntries(
  TARGETS.map((target) => [target, readFileSync(join(folder, "assembly", `${target}.graphql`), "utf8")]),
);

/** Runs one of its targets on a cart: what it asks Shopify for is all that it is given. */
export const run = (cart: GoldenCart, target: (typeof TARGETS)[number]) =>
  runFunction(wasm, target, JSON.stringify(functionInput(cart, queries[target]!, schema)));
