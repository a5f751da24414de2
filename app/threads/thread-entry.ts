import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { ThreadData, ThreadMessage } from "./thread-pool.ts";
import { lowerPriority } from "./lower-priority.ts";

// A thread does not share the compile cache of the main one unless it asks for it.
enableCompileCache();
const { module, priority } = workerData as ThreadData;
if (priority === "low") lowerPriority();
const functions = (await import(module)) as Record<string, (input: unknown) => unknown>;

/** Runs one task after the other and answers each with its outcome. Whatever a task throws ends the thread. */
parentPort!.on("message", async ({ task, input }: ThreadMessage) => {
  const outcome = await functions[task]!(input);
  const isOwnMemory = ArrayBuffer.isView(outcome) && outcome.buffer instanceof ArrayBuffer;
  parentPort!.postMessage(outcome, isOwnMemory ? [outcome.buffer] : []);
});
