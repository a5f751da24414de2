import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import { basename } from "node:path";

/** Steps of `nice` behind the rest of the process: a thread there gets about a tenth of what one here gets. */
const STEPS_BEHIND = 10;

/**
 * Lets every other thread have the processor first, on a busy machine: whoever waits for the main thread waits for
 * no one who learns. Holds for the calling thread and those that it starts. Only Linux tells threads apart
 * (setpriority(2): there a nice value is the thread's own); elsewhere nothing changes.
 */
export function giveWay(): void {
  try {
    const thread = Number(basename(readlinkSync("/proc/thread-self")));
    setPriority(thread, Math.min(constants.priority.PRIORITY_LOW, getPriority() + STEPS_BEHIND));
  } catch {
    // Without /proc, or where the system forbids it: as fast, and not as considerate.
  }
}
