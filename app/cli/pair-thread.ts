import { parentPort } from "node:worker_threads";
import { tallyPairs, type SharedCount } from "./pair-tally.ts";

/** A thread that counts along: waits for one shared count, and answers with its tally. */
parentPort!.once("message", (count: SharedCount) => parentPort!.postMessage(tallyPairs(count)));
