import { addJob, type JobOptions } from "../persistence/job-queue.ts";
import type { ShopTransaction } from "../persistence/in-shop.ts";

/** The jobs that exist, and what each is told beyond the shop. */
export interface JobPayloads {
  "start-import": Record<string, never>;
  "continue-import": Record<string, never>;
  "sync-order": { orderId: string };
  "sync-product": { productId: string };
  "delete-product": { productId: string };
  "mine-associations": Record<string, never>;
  "publish-offers": Record<string, never>;
  "refresh-shop": Record<string, never>;
  reconcile: Record<string, never>;
  "uninstall-shop": Record<string, never>;
  "redact-customer": { customerId: string; orderIds: string[] };
  "redact-shop": Record<string, never>;
  "export-customer-data": { customerId: string; orderIds: string[] };
}
export type JobName = keyof JobPayloads;

/** One publish for a stream of changes: the first of them decides when. */
const PUBLISH_AFTER_SECONDS = 2;
/** Lists follow the counts at the latest this long after an order. */
const MINE_AFTER_SECONDS = 300;

/** Adds a job in the transaction that stores what it is about. */
export function enqueue<Name extends JobName>(
  tx: ShopTransaction,
  name: Name,
  payload: JobPayloads[Name],
  options: JobOptions = {},
): Promise<void> {
  return addJob(tx, name, payload, options);
}

/** Publishing, soon; many calls become one. */
export function enqueuePublish(tx: ShopTransaction, delaySeconds = PUBLISH_AFTER_SECONDS): Promise<void> {
  return enqueue(tx, "publish-offers", {}, { key: "publish-offers", mode: "preserve_run_at", delaySeconds });
}

/** A rebuild of counts and lists; many calls become one. */
export function enqueueMining(tx: ShopTransaction, delaySeconds = MINE_AFTER_SECONDS): Promise<void> {
  const mode = delaySeconds === 0 ? "replace" : "preserve_run_at";
  return enqueue(tx, "mine-associations", {}, { key: "mine-associations", mode, delaySeconds });
}

export function enqueueOrderSync(tx: ShopTransaction, orderId: string, delaySeconds = 0): Promise<void> {
  return enqueue(tx, "sync-order", { orderId }, { key: `sync-order/${orderId}`, delaySeconds });
}
