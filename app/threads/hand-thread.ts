import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { HandTask } from "./hands.ts";

// A thread does not share the cache that the main one uses unless it asks for it.
enableCompileCache();
const { perform } = await import("../domain/mining/selection/hands.ts");

/** A thread that does pieces of learning, one after the other, and answers each with its outcome. */
parentPort!.on("message", ({ task, input }: HandTask) => parentPort!.postMessage(perform(task, input)));
