import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { SharedStandard, SharedTests, TestedPairs } from "./pair-evidence.ts";
import type { SharedPairFile } from "./pair-rows.ts";

// A thread does not share the cache that the main one uses unless it asks for it.
enableCompileCache();
const { TestedPairs: Tested } = await import("./pair-evidence.ts");
const { writePairRows } = await import("./pair-rows.ts");

/** The two tasks of a thread, in turn: to test pairs, and to write them. */
export type PairTask =
  { readonly tests: SharedTests } | { readonly file: SharedPairFile; readonly standard: SharedStandard };

let tested: TestedPairs;

/** A thread that works along: answers with the p-values of the pairs it tested, then with the number it wrote. */
parentPort!.on("message", (task: PairTask) => {
  if ("tests" in task) {
    tested = new Tested(task.tests);
    const pValues = tested.ascending();
    parentPort!.postMessage(pValues, [pValues.buffer]);
  } else {
    void writePairRows(task.file, tested, task.standard).then((pairs) => parentPort!.postMessage(pairs));
  }
});
