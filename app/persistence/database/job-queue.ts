import type { ShopStream, ShopTransaction } from "./in-shop.ts";
import { runSql } from "./run-sql.ts";

export interface JobOptions {
  /** Jobs of one key are one job: a second one takes the place of the first while that waits. */
  readonly key?: string;
  /** `preserve_run_at` keeps the first one's time, so that a stream of news cannot put the job off for ever. */
  readonly mode?: "replace" | "preserve_run_at" | "unsafe_dedupe";
  readonly delaySeconds?: number;
  /** Jobs of one shop and queue run one after the other, those of several queues side by side. */
  readonly queue?: string | null;
}

const ADD = "SELECT enqueue_job($1, $2::jsonb, $3::text, $4::text, $5::float8, $6::text)";

/** Adds a job about the transaction's shop; it exists if and only if the transaction is committed. */
export async function addJob(
  tx: ShopTransaction | ShopStream,
  task: string,
  payload: Readonly<Record<string, unknown>> = {},
  options: JobOptions = {},
): Promise<void> {
  const key = options.key === undefined ? null : `${options.key}:${tx.shop}`;
  const body = JSON.stringify({ ...payload, shop: tx.shop });
  await runSql(tx, ADD, task, body, key, options.mode ?? null, options.delaySeconds ?? 0, options.queue ?? null);
}
