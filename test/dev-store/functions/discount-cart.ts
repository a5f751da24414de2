import { fileURLToPath } from "node:url";
import { metafieldsOf } from "../storefront/catalog.ts";
import type { DiscountAnswer } from "./apply-discounts.ts";
import { type DiscountExtension, type DiscountTarget, loadDiscountExtensions } from "./discount-extension.ts";
import { type CartToDiscount, functionInput } from "./function-input.ts";
import type { DevDiscountNode } from "../shop/state.ts";
import { type DiscountOperation, readFunctionOutput } from "./function-output.ts";
import { queryProblems } from "./query-limits.ts";
import { type FunctionResult, LINES_IN_LIMITS, runFunction } from "./run-in-wasm.ts";
import { loadSchema } from "./schemas.ts";

/** Where the shipped extensions lie. */
export const EXTENSIONS_DIR = fileURLToPath(new URL("../../../extensions", import.meta.url));

const RUNS_KEPT = 50;

/** One run of a Function, as a developer would look it up in Shopify's run log. */
export interface FunctionRun {
  handle: string;
  target: DiscountTarget;
  inputBytes: number;
  outputBytes: number;
  instructions: number;
  milliseconds: number;
  output: string | null;
  error: string | null;
}

/** The latest runs, newest first. */
export const functionRuns: FunctionRun[] = [];

const checkedQueries = new Set<string>();

function assertQueryWithinLimits(query: string): void {
  if (checkedQueries.has(query)) return;
  const problems = queryProblems(loadSchema("functions_discount"), query);
  if (problems.length > 0) throw new Error(problems.join("; "));
  checkedQueries.add(query);
}

function inputVariables(extension: DiscountExtension, cart: CartToDiscount, discountId: string) {
  if (!extension.variables) return {};
  const { namespace, key } = extension.variables;
  const found = metafieldsOf(cart.shop, "Discount", discountId).find(
    (each) => each.namespace === namespace && each.key === key,
  );
  return found ? (JSON.parse(found.value) as Record<string, unknown>) : {};
}

/** Results of the latest runs. A Function has no clock, randomness or network: the same input gives the same output. */
const results = new Map<string, { wasm: Uint8Array; result: FunctionResult }>();
const RESULTS_KEPT = 100;

async function runOnce(wasm: Uint8Array, exportName: string, input: string, scale: number): Promise<FunctionResult> {
  const key = `${exportName} ${scale} ${input}`;
  const known = results.get(key);
  if (known?.wasm === wasm) return known.result;
  const result = await runFunction(wasm, exportName, input, scale);
  results.set(key, { wasm, result });
  if (results.size > RESULTS_KEPT) results.delete(results.keys().next().value!);
  return result;
}

async function answer(
  extension: DiscountExtension,
  target: DiscountTarget,
  cart: CartToDiscount,
  discountId: string,
): Promise<DiscountAnswer | null> {
  const targeting = extension.targets.get(target);
  const node = [...cart.shop.discounts.values()].find((each) => each.id === discountId)!;
  if (!targeting) return null;
  const started = performance.now();
  const run: FunctionRun = {
    handle: extension.handle,
    target,
    inputBytes: 0,
    outputBytes: 0,
    instructions: 0,
    milliseconds: 0,
    output: null,
    error: null,
  };
  functionRuns.unshift(run);
  functionRuns.length = Math.min(functionRuns.length, RUNS_KEPT);
  const scale = Math.max(1, cart.lines.length / LINES_IN_LIMITS);
  try {
    assertQueryWithinLimits(targeting.query);
    const input = JSON.stringify(
      functionInput(targeting.query, cart, node, inputVariables(extension, cart, discountId)),
    );
    run.inputBytes = Buffer.byteLength(input);
    const result = await runOnce(extension.wasm, targeting.exportName, input, scale);
    Object.assign(run, { output: result.output, outputBytes: result.outputBytes, instructions: result.instructions });
    const operations = ofPurchaseTypes(readFunctionOutput(target, result.output), node, cart);
    const { title, discountClasses: classes, combinesWith } = node;
    return { discountId, title, code: null, classes, combinesWith, operations };
  } catch (error) {
    run.error = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Function ${extension.handle} (${target}) failed: ${run.error}\n`);
    return null;
  } finally {
    run.milliseconds = performance.now() - started;
  }
}

/** Without what a discount may not touch: Shopify looks at its purchase types after its Function has run. */
function ofPurchaseTypes(operations: DiscountOperation[], node: DevDiscountNode, cart: CartToDiscount) {
  const { appliesOnOneTimePurchase = true, appliesOnSubscription = true } = node;
  const isSubscription = new Map(cart.lines.map((line) => [line.id, line.sellingPlan !== null]));
  const allowed = ({ cartLine }: { cartLine?: { id: string } | null }) =>
    !cartLine || (isSubscription.get(cartLine.id) ? appliesOnSubscription : appliesOnOneTimePurchase);
  return operations.map((operation) => {
    const added = operation.productDiscountsAdd;
    if (!added) return operation;
    const candidates = added.candidates
      .map((candidate) => ({ ...candidate, targets: candidate.targets.filter(allowed) }))
      .filter(({ targets }) => targets.length > 0);
    return { ...operation, productDiscountsAdd: { ...added, candidates } };
  });
}

/**
 * Runs the Functions of the shop's active discounts on a cart. A Function that fails, or breaks a limit, gives no
 * discount, as at Shopify; the reason is in {@link functionRuns} and on standard error.
 */
export async function askDiscountFunctions(
  target: DiscountTarget,
  cart: CartToDiscount,
  extensionsDir: string = EXTENSIONS_DIR,
): Promise<DiscountAnswer[]> {
  if (cart.lines.length === 0 || !cart.shop.installation.installed) return [];
  const isActive = (node: { status: string; startsAt: number; endsAt: number | null }) =>
    node.status === "ACTIVE" && node.startsAt <= cart.now && (node.endsAt === null || node.endsAt > cart.now);
  const active = [...cart.shop.discounts.values()].filter(isActive);
  if (active.length === 0) return [];
  const extensions = loadDiscountExtensions(extensionsDir);
  const answers: DiscountAnswer[] = [];
  for (const node of active) {
    const extension = extensions.find((each) => each.handle === node.functionHandle);
    const given = extension && (await answer(extension, target, cart, node.id));
    if (given) answers.push(given);
  }
  return answers;
}
