import type pg from "pg";
import type { Database } from "./database.ts";

const LOCK_SPACE = 0x7541de;

/**
 * Says that a worker of this id lives, until it is released or ends: it holds an advisory lock, which PostgreSQL lets
 * go of the moment the process or its connection is gone.
 */
export async function announceWorker(database: Database, workerId: string): Promise<() => Promise<void>> {
  const client: pg.PoolClient = await database.pool.connect();
  await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCK_SPACE, workerId]);
  return async () => {
    await client.query("SELECT pg_advisory_unlock_all()");
    client.release();
  };
}

/**
 * Ids of workers that hold jobs and live no more. A job that was taken a moment ago is left alone: its worker may be
 * about to say that it lives.
 */
export async function findDeadWorkers(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ locked_by: string }>(
    `SELECT DISTINCT locked_by FROM graphile_worker.jobs
     WHERE locked_by IS NOT NULL AND locked_at < now() - interval '3 seconds' AND NOT EXISTS (
       SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = $1::int::oid
         AND objid = (hashtext(locked_by)::bigint & 4294967295)::oid
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
    [LOCK_SPACE],
  );
  return rows.map((row) => row.locked_by);
}
