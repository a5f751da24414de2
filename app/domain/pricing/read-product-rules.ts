import type { RulesReader } from "./kernel/read-rules.ts";
import type { RulesHead } from "./kernel/rules-head.ts";
import { TextReader } from "./kernel/text-reader.ts";

/** Reads one product's rules after another, as the discount Function does: how several of them begin is read once. */
export function readProductRules(reader: RulesReader, bytes: Uint8Array, anchor: number, units: number): void {
  const text = new TextReader(bytes, 0, bytes.length);
  const head = reader.heads.findLast((one) => one.mayBegin(bytes.length) && begins(bytes, one));
  if (head) reader.readOn(head, text, anchor, units);
  else reader.read(text, anchor, units);
}

function begins(bytes: Uint8Array, head: RulesHead): boolean {
  return head.bytes.subarray(0, head.length).every((byte, i) => byte === bytes[i]);
}
