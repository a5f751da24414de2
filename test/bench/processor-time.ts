import { readFileSync } from "node:fs";
import type { Database } from "../../app/persistence/database/database.ts";

/** Of `/proc`: how many parts of a second it counts in. */
const TICKS_A_SECOND = 100;

/**
 * Milliseconds of the processor that this process and the connections of a PostgreSQL on this machine have taken so far;
 * null where the system does not say. Processes that PostgreSQL starts for parts of a query are not in it.
 */
export async function processorTime({ pool }: Database): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
  );
  try {
    const { user, system } = process.cpuUsage();
    return rows.reduce((sum, { pid }) => sum + timeOf(pid), (user + system) / 1000);
  } catch {
    return null;
  }
}

function timeOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in brackets, which may hold blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND) * 1000;
}
