import type pg from "pg";

/** Lets one work at a time, of all processes that share the database. */
export interface Exclusion {
  /** Does the work unless somebody else is at it; null then. */
  tryToRun<T>(work: () => Promise<T>): Promise<T | null>;
  /** Waits until nobody is at it, and does the work. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Exclusion by a lock of PostgreSQL. It ends with the connection, so a process that is killed holds up nobody. */
export function exclusionIn(pool: pg.Pool, name: string): Exclusion {
  const locked = async <T>(lock: string, work: () => Promise<T>): Promise<T | null> => {
    const client = await pool.connect();
    let isDone = false;
    try {
      const sql = `SELECT ${lock}(hashtextextended($1, 0))::text <> 'false' AS taken`;
      if (!(await client.query<{ taken: boolean }>(sql, [name])).rows[0]!.taken) {
        isDone = true;
        return null;
      }
      const result = await work();
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]);
      isDone = true;
      return result;
    } finally {
      // Otherwise the connection is closed, and the lock ends with it.
      client.release(!isDone);
    }
  };
  return {
    tryToRun: (work) => locked("pg_try_advisory_lock", work),
    run: async (work) => (await locked("pg_advisory_lock", work)) as Awaited<ReturnType<typeof work>>,
  };
}
