import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Modules that count, by the digest of those that they were made from: making one takes seconds. */
const MADE = join(import.meta.dirname, "../../../.data/made");

/** Exports that counting adds to a module. */
export const INSTRUCTIONS = "instructions";
export const INSTRUCTION_LIMIT = "instruction_limit";

/** Not counted, as they do nothing by themselves. */
const FREE = new Set(["nop", "drop", "block", "loop", "else", "end"]);
/** After these the next instruction may be reached from elsewhere, or not be reached at all. */
const ENDS_STRETCH = /^(if|else|end|loop|block|br|br_if|br_table|return|unreachable)\b/;
const DECLARATION = /^\(?(local|param|result|type|func)\b|^\)/;

/**
 * A module that counts its instructions: each one but `nop`, `drop`, `block` and `loop`, into an exported global. Beyond
 * the limit, which is another global, it traps at the next turn of a loop. Shopify's engine counts much the same, but
 * does not say how to the instruction.
 */
export async function countInstructions(wasm: Uint8Array): Promise<Uint8Array> {
  const source = readFileSync(import.meta.filename);
  const digest = createHash("sha256").update(source).update(wasm).digest("hex");
  const file = join(MADE, `counting-${digest.slice(0, 20)}.wasm`);
  if (existsSync(file)) return readFileSync(file);
  const bytes = await makeCounting(wasm);
  mkdirSync(MADE, { recursive: true });
  // Another process may be writing the same one.
  writeFileSync(`${file}.${process.pid}`, bytes);
  renameSync(`${file}.${process.pid}`, file);
  return bytes;
}

async function makeCounting(wasm: Uint8Array): Promise<Uint8Array> {
  const { default: binaryen } = await import("binaryen");
  const parsed = binaryen.readBinary(wasm);
  const flat = parsed.emitStackIR();
  const features = parsed.getFeatures();
  parsed.dispose();
  const counting = binaryen.parseText(withCounters(flat));
  counting.setFeatures(features);
  const bytes = counting.emitBinary();
  counting.dispose();
  return bytes;
}

function withCounters(flat: string): string {
  const out: string[] = [];
  let stretch: string[] = [];
  let count = 0;
  let isInFunction = false;
  const endStretch = () => {
    if (count > 0) out.push(`global.get $counted i64.const ${count} i64.add global.set $counted`);
    out.push(...stretch);
    stretch = [];
    count = 0;
  };
  for (const line of flat.split("\n")) {
    const text = line.trim();
    if (line.startsWith(" (func ")) {
      isInFunction = true;
      out.push(line);
    } else if (!isInFunction || DECLARATION.test(text)) {
      endStretch();
      if (line === ")") out.push(GLOBALS);
      if (line === " )") isInFunction = false;
      out.push(line);
    } else {
      const name = text.split(" ", 1)[0]!;
      if (!FREE.has(name)) count += 1;
      stretch.push(line);
      if (!ENDS_STRETCH.test(text)) continue;
      endStretch();
      if (name === "loop") out.push(CHECK);
    }
  }
  return out.join("\n");
}

const CHECK = "global.get $counted global.get $limit i64.gt_u if unreachable end";
const GLOBALS = `
 (global $counted (mut i64) (i64.const 0))
 (global $limit (mut i64) (i64.const 0x7fffffffffffffff))
 (export "${INSTRUCTIONS}" (global $counted))
 (export "${INSTRUCTION_LIMIT}" (global $limit))`;
