import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { QuickJS } from "quickjs-wasi";

/** Shopify gives a Function 10,000 kB of memory. */
const MEMORY_LIMIT = 10_000 * 1000;
/** Stand-in for the instruction limit: interrupts that QuickJS offers about every ten thousand operations. */
const MAX_INTERRUPTS = 500;

let compiled: WebAssembly.Module | null = null;

function wasmModule(): WebAssembly.Module {
  const file = createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm");
  return (compiled ??= new WebAssembly.Module(readFileSync(file)));
}

/** Answers already given. A Function has no clock, randomness or network: the same input gives the same output. */
const answers = new Map<string, string>();
const ANSWERS_KEPT = 100;

/** As {@link runInWasm}, but an input that was just answered is not run again. */
export async function runFunction(script: string, exportName: string, inputJson: string): Promise<string> {
  const key = `${exportName}\n${inputJson}\n${script}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const output = await runInWasm(script, exportName, inputJson);
  answers.set(key, output);
  if (answers.size > ANSWERS_KEPT) answers.delete(answers.keys().next().value!);
  return output;
}

/**
 * Runs one exported function of a bundled Function inside WebAssembly, in a machine of its own, as Shopify does: no
 * clock, no network, nothing kept from the run before. Takes and gives JSON. Throws where the script throws, loops
 * or takes too much memory.
 */
export async function runInWasm(script: string, exportName: string, inputJson: string): Promise<string> {
  let interrupts = 0;
  const vm = await QuickJS.create({
    wasm: wasmModule(),
    memoryLimit: MEMORY_LIMIT,
    interruptHandler: () => ++interrupts > MAX_INTERRUPTS,
  });
  try {
    vm.evalCode("globalThis.console = { log() {}, error() {}, warn() {}, info() {} };", "console.js").dispose();
    vm.evalCode(script, "function.js").dispose();
    vm.setProp(vm.global, "__input", vm.newString(inputJson));
    vm.setProp(vm.global, "__name", vm.newString(exportName));
    const output = vm.evalCode("globalThis.__run(globalThis.__name, globalThis.__input)", "run.js");
    const text = output.toString();
    output.dispose();
    return text;
  } finally {
    vm.dispose();
  }
}
