// Compiles the discount Function to WebAssembly: `node scripts/functions/build-function.mjs`, which is also the build
// command that Shopify CLI calls. Needs nothing but the installed packages: no network, no Javy.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";

const ROOT = join(import.meta.dirname, "..", "..");
const ENTRY = "extensions/offer-discount/assembly/index.ts";

/** Where the compiled Function lies. Not kept in the repository. */
export const FUNCTION_WASM = join(ROOT, "extensions", "offer-discount", "dist", "function.wasm");
/** Shopify refuses a larger module (256 kB, of 1,000 bytes). */
export const MODULE_BYTES = 256_000;

const OPTIONS = [
  ...["-O3", "--converge", "--noAssert"],
  // Without checks of array bounds, which are a quarter of all instructions. The kernel's own tests run with them, in
  // effect: what is read outside an array is no number there. The module must then give the same results.
  ...["--uncheckedBehavior", "always"],
  // A run is short: memory is taken and never given back.
  ...["--runtime", "stub"],
  // Shopify offers no `env.abort`, and at most 10,000 kB of memory.
  ...["--use", `abort=${ENTRY.replace(/\.ts$/, "")}/_abort`],
  ...["--maximumMemory", "152"],
];

/**
 * Compiles the Function. Throws with the compiler's words where it finds a fault, and where the module is larger than
 * Shopify takes.
 *
 * @param {string} [file] Where to write the module.
 * @returns {Promise<number>} Bytes of the module.
 */
export async function buildFunction(file = FUNCTION_WASM) {
  let wasm = null;
  const { error, stderr } = await asc.main([ENTRY, "--outFile", "function.wasm", ...OPTIONS], {
    // Imports name their file with its ending, as TypeScript wants it; AssemblyScript adds the ending itself.
    readFile: (name) => {
      const path = resolve(ROOT, name);
      return existsSync(path) ? readFileSync(path, "utf8").replace(/( from "\.[^"]*)\.ts";/g, '$1";') : null;
    },
    writeFile: (_name, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(faults(stderr.toString()) || error.message);
  if (wasm.length > MODULE_BYTES) {
    throw new Error(`The Function has ${wasm.length} bytes; Shopify takes at most ${MODULE_BYTES}.`);
  }
  mkdirSync(dirname(file), { recursive: true });
  // In one step: a test may be reading the module that was there.
  writeFileSync(`${file}.${process.pid}`, wasm);
  renameSync(`${file}.${process.pid}`, file);
  return wasm.length;
}

/** The compiler's messages without its remarks on `!`, which TypeScript needs where AssemblyScript does not. */
function faults(messages) {
  return messages
    .split(/\n(?=[A-Z]+ (?:AS|TS)\d+)/)
    .filter((message) => !message.startsWith("INFO AS210"))
    .join("\n");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const bytes = await buildFunction();
    console.log(`${relative(process.cwd(), FUNCTION_WASM)}: ${bytes.toLocaleString("en")} bytes`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
