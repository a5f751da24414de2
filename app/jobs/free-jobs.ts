import { announceWorker, findDeadWorkers, type SignOfLife } from "../persistence/database/dead-workers.ts";
import type { FlowContext } from "../flows/context.ts";

export type { SignOfLife };

/** Says that a worker lives, until the sign is ended. */
export function announce(workerId: string, context: FlowContext): Promise<SignOfLife> {
  return announceWorker(context.database, workerId);
}

/**
 * Ids of workers that ended without giving their jobs back (a machine that lost its power, say). The queue itself
 * would wait four hours for them.
 */
export function deadWorkers(context: FlowContext): Promise<string[]> {
  return findDeadWorkers(context.database);
}
