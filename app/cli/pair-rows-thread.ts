import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { SharedPairFile } from "./pair-rows.ts";

// A thread does not share the cache that the main one uses unless it asks for it.
enableCompileCache();
const { writePairRows } = await import("./pair-rows.ts");

/** A thread that writes along: waits for one shared file, and answers with the number of pairs it wrote. */
parentPort!.once("message", (shared: SharedPairFile) => {
  void writePairRows(shared).then((pairs) => parentPort!.postMessage(pairs));
});
