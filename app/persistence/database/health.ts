import type { Database } from "./database.ts";

export interface DatabaseHealth {
  readonly reachable: boolean;
  /** Whether the tables are there. */
  readonly migrated: boolean;
  readonly queue: boolean;
}

const PATIENCE_MS = 3_000;

/** Whether the database answers, and whether its schemas are there. Never throws. */
export async function readDatabaseHealth(database: Database): Promise<DatabaseHealth> {
  try {
    const answer = database.pool.query<{ tables: string | null; queue: string | null }>(
      "SELECT to_regclass('public.orders')::text AS tables, to_regclass('graphile_worker.jobs')::text AS queue",
    );
    const { rows } = await Promise.race([answer, tooLate()]);
    return { reachable: true, migrated: rows[0]?.tables != null, queue: rows[0]?.queue != null };
  } catch {
    return { reachable: false, migrated: false, queue: false };
  }
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("The database does not answer")), PATIENCE_MS).unref();
  });
}
