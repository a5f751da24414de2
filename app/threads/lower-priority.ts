import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import { basename } from "node:path";

/** Steps of `nice` below the process: a thread then gets about a tenth of the processor time of other threads. */
const STEPS_BEHIND = 10;

/**
 * Lowers the priority of the calling thread and of threads that it starts, so that on a busy machine requests come
 * before learning. Works on Linux, where a nice value belongs to a thread (setpriority(2)); elsewhere nothing changes.
 */
export function lowerPriority(): void {
  try {
    const thread = Number(basename(readlinkSync("/proc/thread-self")));
    setPriority(thread, Math.min(constants.priority.PRIORITY_LOW, getPriority() + STEPS_BEHIND));
  } catch {
    // Without /proc, or where the system forbids it, the priority stays as it is.
  }
}
