import { parentPort } from "node:worker_threads";
import { writePairRows, type SharedPairFile } from "./pair-rows.ts";

/** A thread that writes along: waits for one shared file, and answers with the number of pairs it wrote. */
parentPort!.once("message", (shared: SharedPairFile) => {
  void writePairRows(shared).then((pairs) => parentPort!.postMessage(pairs));
});
