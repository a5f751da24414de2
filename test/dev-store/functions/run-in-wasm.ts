import { countInstructions, INSTRUCTION_LIMIT, INSTRUCTIONS } from "./count-instructions.ts";
import { WasmApi } from "./wasm-api.ts";

/** Shopify's limits for a cart of up to 200 lines ("Limitations of Functions" on shopify.dev); kB are 1,000 bytes. */
export const FUNCTION_LIMITS = {
  instructions: 11_000_000,
  inputBytes: 128_000,
  outputBytes: 20_000,
  moduleBytes: 256_000,
  memoryBytes: 10_000_000,
} as const;
/** Above so many lines the limits of instructions, input and output grow in proportion. */
export const LINES_IN_LIMITS = 200;
/**
 * What a call of the Wasm API is counted as, in instructions: Shopify's own implementation is WebAssembly as well and
 * counts, but cannot be measured here.
 */
export const INSTRUCTIONS_PER_CALL = 1_000;

/** What one run took. */
export interface FunctionUse {
  /** The module's own, and calls of the API as {@link INSTRUCTIONS_PER_CALL} each. */
  readonly instructions: number;
  readonly calls: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly memoryBytes: number;
}

export interface FunctionResult extends FunctionUse {
  /** JSON. */
  readonly output: string;
}

/** A Function that ended without an output. */
export class FunctionFailure extends Error {
  override readonly name = "FunctionFailure";
}

/** Modules that were made to count, by their bytes. */
const counting = new WeakMap<Uint8Array, WebAssembly.Module>();

async function countingModule(wasm: Uint8Array): Promise<WebAssembly.Module> {
  const known = counting.get(wasm);
  if (known) return known;
  if (wasm.length > FUNCTION_LIMITS.moduleBytes) throw new FunctionFailure(`The module has ${wasm.length} bytes.`);
  const module = new WebAssembly.Module((await countInstructions(wasm)) as Uint8Array<ArrayBuffer>);
  counting.set(wasm, module);
  return module;
}

/**
 * Runs one exported function of a compiled Function as Shopify does: in an instance of its own, with nothing kept from the
 * run before, through Shopify's Wasm API. Throws a {@link FunctionFailure} where the module traps, writes no proper
 * output, or exceeds a limit; `scale` is by how much the limits of a large cart are above those of 200 lines.
 */
export async function runFunction(
  wasm: Uint8Array,
  exportName: string,
  inputJson: string,
  scale = 1,
): Promise<FunctionResult> {
  const inputBytes = Buffer.byteLength(inputJson);
  within("input", inputBytes, FUNCTION_LIMITS.inputBytes * scale, "bytes");
  const api = new WasmApi(JSON.parse(inputJson));
  const limit = Math.floor(FUNCTION_LIMITS.instructions * scale);
  const { instance, error } = call(await countingModule(wasm), exportName, api, limit);
  const counted = instance ? Number((instance.exports[INSTRUCTIONS] as WebAssembly.Global).value) : 0;
  const instructions = counted + api.calls * INSTRUCTIONS_PER_CALL;
  within("run", instructions, limit, "instructions");
  if (error !== null) throw new FunctionFailure(error);
  const memory = instance!.exports.memory as WebAssembly.Memory | undefined;
  const memoryBytes = memory?.buffer.byteLength ?? 0;
  within("memory", memoryBytes, FUNCTION_LIMITS.memoryBytes, "bytes");
  const output = outputOf(api);
  const outputBytes = Buffer.byteLength(output);
  within("output", outputBytes, FUNCTION_LIMITS.outputBytes * scale, "bytes");
  return { output, instructions, calls: api.calls, inputBytes, outputBytes, memoryBytes };
}

function call(module: WebAssembly.Module, exportName: string, api: WasmApi, limit: number) {
  let instance: WebAssembly.Instance | null = null;
  try {
    instance = new WebAssembly.Instance(module, api.imports());
    (instance.exports[INSTRUCTION_LIMIT] as WebAssembly.Global).value = BigInt(limit);
    if (instance.exports.memory) api.attach(instance.exports.memory as WebAssembly.Memory);
    const run = instance.exports[exportName];
    if (typeof run !== "function") return { instance, error: `The module exports no ${exportName}.` };
    run();
    return { instance, error: null };
  } catch (error) {
    return { instance, error: error instanceof Error ? error.message : String(error) };
  }
}

function outputOf(api: WasmApi): string {
  try {
    return api.output();
  } catch (error) {
    throw new FunctionFailure((error as Error).message);
  }
}

function within(what: string, used: number, limit: number, unit: string): void {
  if (used > limit) throw new FunctionFailure(`The ${what} has ${used} ${unit}, more than ${limit}.`);
}
