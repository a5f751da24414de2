import type { ShopDomain } from "../domain/ids.ts";
import type { ShopSql } from "../persistence/database/in-shop.ts";
import { addJob, type JobRow } from "../persistence/database/job-queue.ts";
import { JOBS, type JobName, type JobPayload } from "./job-definitions.ts";

type Arguments<Name extends JobName> =
  Record<string, never> extends JobPayload<Name>
    ? [payload?: JobPayload<Name>, options?: EnqueueOptions]
    : [payload: JobPayload<Name>, options?: EnqueueOptions];

export interface EnqueueOptions {
  /** In place of the definition's. */
  readonly delaySeconds?: number | undefined;
}

/** Adds a job about the transaction's shop; it exists if and only if the transaction is committed. */
export function enqueue<Name extends JobName>(tx: ShopSql, name: Name, ...rest: Arguments<Name>): Promise<void> {
  return addJob(tx, jobFor(tx.shop, name, ...rest));
}

/** A job as a row, for whoever stores it together with other things. */
export function jobFor<Name extends JobName>(shop: ShopDomain, name: Name, ...rest: Arguments<Name>): JobRow {
  const [payload = {}, options = {}] = rest;
  const { key, queue, delaySeconds, keepsFirstTime } = JOBS[name];
  const ownKey = typeof key === "function" ? (key as (payload: unknown) => string)(payload) : key;
  return {
    task: name,
    payload: { ...payload, shop },
    key: ownKey === null ? null : `${ownKey}:${shop}`,
    mode: keepsFirstTime ? "preserve_run_at" : null,
    delaySeconds: options.delaySeconds ?? delaySeconds,
    queue,
  };
}
