import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "./database.ts";

const LOCK_SPACE = 0x7541de;
const RECONNECT_AFTER_MS = 500;

/** A sign of life: see {@link announceWorker}. */
export interface SignOfLife {
  /** Whether the database has it at this moment. */
  readonly isSeen: boolean;
  end(): Promise<void>;
}

/**
 * Says that a worker of this id lives, until it is ended or the process ends: it holds an advisory lock, which PostgreSQL
 * lets go of the moment the process or its connection is gone. Where only the connection is lost, it is said again.
 */
export async function announceWorker(database: Database, workerId: string): Promise<SignOfLife> {
  const over = new AbortController();
  let client: pg.PoolClient | null = null;
  let saying: Promise<void> = Promise.resolve();
  const say = async () => {
    const held = await database.pool.connect();
    try {
      await held.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCK_SPACE, workerId]);
    } catch (error) {
      held.release(true);
      throw error;
    }
    held.once("end", () => {
      client = null;
      held.release(true);
      saying = sayAgain();
    });
    client = held;
  };
  const sayAgain = async () => {
    while (!over.signal.aborted && client === null) {
      await say().catch(() => sleep(RECONNECT_AFTER_MS, undefined, { signal: over.signal }).catch(() => {}));
    }
  };
  await say();
  return {
    get isSeen() {
      return client !== null;
    },
    async end() {
      over.abort();
      await saying;
      const held = client;
      if (held === null) return;
      client = null;
      held.removeAllListeners("end");
      await held.query("SELECT pg_advisory_unlock_all()").then(
        () => held.release(),
        () => held.release(true),
      );
    },
  };
}

/**
 * Ids of workers that ended without giving their jobs back (a machine that lost its power, say): the queue itself would
 * wait four hours for them. A job that was taken a moment ago is left alone: its worker may be about to say that it lives.
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
