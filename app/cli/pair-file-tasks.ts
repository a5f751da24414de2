import { TestedPairs, type SharedStandard, type SharedTests } from "./pair-evidence.ts";
import { writePairRows, type SharedPairFile } from "./pair-rows.ts";

// A thread writes the pairs that it tested itself: they stay in its memory between the two tasks.
let tested: TestedPairs;

/** Tests this thread's share of the pairs; their p-values, ascending. */
export function testPairs(tests: SharedTests): Float64Array {
  tested = new TestedPairs(tests);
  return tested.ascending();
}

/** Writes the pairs that this thread tested; returns how many. */
export function writePairs(of: { readonly file: SharedPairFile; readonly standard: SharedStandard }): Promise<number> {
  return writePairRows(of.file, tested, of.standard);
}
