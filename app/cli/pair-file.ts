import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { PairTable } from "../domain/mining/pair-counts.ts";
import { fileError } from "./user-error.ts";

const FLUSH_CHARS = 1 << 17;

/**
 * Writes all pairs as CSV, ascending by both ids: `item_a,item_b,orders_together,support,confidence_ab,confidence_ba,
 * lift`, item_a < item_b. Written beside the target and moved there when complete, so that a full disk leaves no half
 * file behind. Throws a `UserError` where the file cannot be written.
 */
export function writePairFile(path: string, itemIds: readonly string[], pairs: PairTable): void {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = openSync(unfinished, "w");
    try {
      for (const text of pairCsv(itemIds, pairs)) writeFully(file, Buffer.from(text));
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw fileError(error, path);
  }
}

/** The CSV in pieces, so that memory stays bounded. Figures are written so that reading them gives the very same doubles. */
export function* pairCsv(itemIds: readonly string[], pairs: PairTable): Generator<string> {
  const fields = itemIds.map(csvField);
  const { orders, itemOrders, start, partner, together } = pairs;
  // Most pairs share their count with thousands of others, and writing a double takes longer than all else here.
  const supports: string[] = [];
  let text = "item_a,item_b,orders_together,support,confidence_ab,confidence_ba,lift\n";
  for (let a = 0; a < fields.length; a++) {
    const ordersA = itemOrders[a]!;
    const confidences: string[] = [];
    for (let at = start[a]!; at < start[a + 1]!; at++) {
      const b = partner[at]!;
      const n = together[at]!;
      const ordersB = itemOrders[b]!;
      const support = (supports[n] ??= `${n},${n / orders}`);
      const confidence = (confidences[n] ??= `${n / ordersA}`);
      text += `${fields[a]},${fields[b]},${support},${confidence},${n / ordersB},${(n * orders) / (ordersA * ordersB)}\n`;
      if (text.length > FLUSH_CHARS) {
        yield text;
        text = "";
      }
    }
  }
  yield text;
}

function csvField(id: string): string {
  return /[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
}

function writeFully(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
