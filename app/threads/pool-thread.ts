import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { ThreadTask } from "./worker-pool.ts";

// A thread does not share the cache that the main one uses unless it asks for it.
enableCompileCache();
const { perform } = await import("../domain/mining/selection/worker-pool.ts");

/** A thread of the worker pool: runs one task after the other and answers each with its outcome. */
parentPort!.on("message", ({ task, input }: ThreadTask) => parentPort!.postMessage(perform(task, input)));
