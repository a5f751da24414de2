import type { ShopDomain } from "../../domain/ids.ts";
import type { Database } from "./database.ts";
import type { ShopSql } from "./in-shop.ts";
import { runSql } from "./run-sql.ts";

/** A job as the SQL function `enqueue_job` takes it. */
export interface JobRow {
  readonly task: string;
  /** With the shop, which must be the transaction's own. */
  readonly payload: Readonly<Record<string, unknown>> & { readonly shop: ShopDomain };
  /** Jobs of one key are one job: a second one takes the place of the first while that waits. Null: every one is run. */
  readonly key: string | null;
  /** Whether the one that takes another's place keeps its time. */
  readonly mode: "preserve_run_at" | null;
  readonly delaySeconds: number;
  /** The part of a queue's name that is not the shop; null for the shop's own queue. */
  readonly queue: string | null;
}

const ADD = "SELECT enqueue_job($1, $2::jsonb, $3::text, $4::text, $5::float8, $6::text)";

/** Adds a job about the transaction's shop; it exists if and only if the transaction is committed. */
export async function addJob(tx: ShopSql, job: JobRow): Promise<void> {
  await runSql(tx, ADD, job.task, JSON.stringify(job.payload), job.key, job.mode, job.delaySeconds, job.queue);
}

/**
 * Deletes every job about a shop that nobody is running, for a shop that is gone. The name of a queue whose job is
 * running goes with the nightly clean-up.
 */
export async function forgetJobsOfShop({ pool }: Database, shop: ShopDomain): Promise<number> {
  const { rowCount } = await pool.query(
    "DELETE FROM graphile_worker._private_jobs WHERE payload->>'shop' = $1 AND locked_at IS NULL",
    [shop],
  );
  await pool.query(FORGET_EMPTY_QUEUES);
  return rowCount ?? 0;
}

/** Deletes jobs that failed for good before a time (their payloads name shops and customers), and empty queues. */
export async function forgetFailedJobs({ pool }: Database, before: Date): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM graphile_worker._private_jobs
     WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < $1`,
    [before],
  );
  await pool.query(FORGET_EMPTY_QUEUES);
  return rowCount ?? 0;
}

const FORGET_EMPTY_QUEUES = `DELETE FROM graphile_worker._private_job_queues q
  WHERE q.locked_at IS NULL AND NOT EXISTS (SELECT 1 FROM graphile_worker._private_jobs j WHERE j.job_queue_id = q.id)`;
