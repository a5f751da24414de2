import { readFileSync } from "node:fs";
import type { Database } from "../../app/persistence/database/database.ts";

/** Of `/proc`: how many parts of a second it counts in. */
const TICKS_A_SECOND = 100;

/** Milliseconds of the processor that each process has taken so far, by its id. */
export type ProcessorTimes = ReadonlyMap<number, number>;

/**
 * What this process and the connections of a PostgreSQL on this machine have taken so far; null where the system does not
 * say. Processes that PostgreSQL starts for parts of a query are not in it.
 */
export async function processorTimes({ pool }: Database): Promise<ProcessorTimes | null> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
  );
  try {
    const { user, system } = process.cpuUsage();
    return new Map([[process.pid, (user + system) / 1000], ...rows.map(({ pid }) => [pid, timeOf(pid)] as const)]);
  } catch {
    return null;
  }
}

/** Milliseconds that all took from `before` to `after`; null where a connection was closed meanwhile: its time is lost. */
export function takenBetween(before: ProcessorTimes | null, after: ProcessorTimes | null): number | null {
  if (before === null || after === null || [...before.keys()].some((pid) => !after.has(pid))) return null;
  const sum = (times: ProcessorTimes) => [...times.values()].reduce((all, one) => all + one, 0);
  return sum(after) - sum(before);
}

function timeOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in brackets, which may hold blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND) * 1000;
}
