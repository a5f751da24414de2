import type { ShopTransaction } from "./in-shop.ts";

export interface JobOptions {
  /** Jobs of one key are one job: a second one takes the place of the first while that waits. */
  readonly key?: string;
  /** `preserve_run_at` keeps the first one's time, so that a stream of news cannot put the job off for ever. */
  readonly mode?: "replace" | "preserve_run_at" | "unsafe_dedupe";
  readonly delaySeconds?: number;
}

/** Adds a job about the transaction's shop; it exists if and only if the transaction is committed. */
export async function addJob(
  tx: ShopTransaction,
  task: string,
  payload: Readonly<Record<string, unknown>> = {},
  options: JobOptions = {},
): Promise<void> {
  const key = options.key === undefined ? null : `${options.key}:${tx.shop}`;
  const body = JSON.stringify({ ...payload, shop: tx.shop });
  await tx.db.$executeRaw`
    SELECT enqueue_job(${task}, ${body}::jsonb, ${key}, ${options.mode ?? null}, ${options.delaySeconds ?? 0}::float8)`;
}
