import { composition } from "../composition.ts";
import { announceWorker, findDeadWorkers } from "../persistence/database/dead-workers.ts";
import type { FlowContext } from "./context.ts";

/** Says that a worker lives; what it returns says that it no longer does. */
export function announce(workerId: string, context: FlowContext = composition()): Promise<() => Promise<void>> {
  return announceWorker(context.database, workerId);
}

/**
 * Ids of workers that ended without giving their jobs back (a machine that lost its power, say). The queue itself
 * would wait four hours for them.
 */
export function deadWorkers(context: FlowContext = composition()): Promise<string[]> {
  return findDeadWorkers(context.database);
}
