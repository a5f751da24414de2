import type { OrderId, ShopDomain } from "../domain/ids.ts";
import { addJob, jobRow, type JobOptions, type JobRow } from "../persistence/database/job-queue.ts";
import type { ShopStream, ShopTransaction } from "../persistence/database/in-shop.ts";
import { noteChangedOrders } from "../persistence/orders/changed-orders.ts";

/** The jobs that exist, and what each is told beyond the shop. */
export interface JobPayloads {
  "start-import": Record<string, never>;
  "continue-import": Record<string, never>;
  /** Which orders: see `changed-orders.ts`. */
  "sync-orders": Record<string, never>;
  "attribute-orders": Record<string, never>;
  "delete-order": { orderId: string };
  "sync-product": { productId: string };
  "delete-product": { productId: string };
  "mine-associations": Record<string, never>;
  "learn-associations": Record<string, never>;
  "find-upgrades": Record<string, never>;
  "learn-customers": Record<string, never>;
  "publish-offers": Record<string, never>;
  "publish-customers": Record<string, never>;
  "refresh-shop": Record<string, never>;
  /** The bulk operation that reads the catalogue; null to start one. */
  "refresh-catalogue": { bulkOperationId: string | null };
  reconcile: Record<string, never>;
  /** When it happened, as an ISO time; null where nobody says. */
  "uninstall-shop": { triggeredAt: string | null };
  /** `triggeredAt`: when it was asked for, as an ISO time; null where nobody says. */
  "redact-customer": { customerId: string; orderIds: string[]; triggeredAt: string | null };
  "redact-shop": { triggeredAt: string | null };
  "export-customer-data": { customerId: string; orderIds: string[]; requestId: string | null };
}
export type JobName = keyof JobPayloads;

/**
 * Jobs of one shop's queue run one after the other. Most share the shop's own; those that take long, or that many wait
 * for, have their own: an order is taken in while the history is imported and while lists are learnt.
 */
const QUEUES: Partial<Record<JobName, string>> = {
  "sync-orders": "orders",
  "delete-order": "orders",
  "attribute-orders": "attribution",
  "sync-product": "products",
  "delete-product": "products",
  "mine-associations": "mining",
  "learn-associations": "mining",
  "find-upgrades": "upgrades",
  "learn-customers": "customers",
  "publish-offers": "publishing",
  "publish-customers": "customers-publishing",
};

/** One publish for a stream of changes: the first of them decides when. */
const PUBLISH_AFTER_SECONDS = 2;
/** Orders and their webhooks often come in groups: lists are learnt once from all of them. */
const LEARN_AFTER_SECONDS = 1;

/** Adds a job in the transaction that stores what it is about. */
export function enqueue<Name extends JobName>(
  tx: ShopTransaction | ShopStream,
  name: Name,
  payload: JobPayloads[Name],
  options: Omit<JobOptions, "queue"> = {},
): Promise<void> {
  return addJob(tx, name, payload, { ...options, queue: QUEUES[name] ?? null });
}

/** A job that is stored later than it is decided on: see {@link enqueue}. */
export function plannedJob<Name extends JobName>(
  shop: ShopDomain,
  name: Name,
  payload: JobPayloads[Name],
  options: Omit<JobOptions, "queue"> = {},
): JobRow {
  return jobRow(shop, name, payload, { ...options, queue: QUEUES[name] ?? null });
}

/** Publishing, soon; many calls become one. */
export function enqueuePublish(tx: ShopTransaction | ShopStream, delaySeconds = PUBLISH_AFTER_SECONDS): Promise<void> {
  return enqueue(tx, "publish-offers", {}, { key: "publish-offers", mode: "preserve_run_at", delaySeconds });
}

/** What customers' histories add, to be told to Shopify or taken back; many calls become one. */
export function enqueueCustomerPublish(tx: ShopTransaction | ShopStream, delaySeconds = 0): Promise<void> {
  return enqueue(tx, "publish-customers", {}, { key: "publish-customers", delaySeconds });
}

/** Everything anew from the stored orders: baskets, counts, the choice of the ranking, lists. Many calls become one. */
export function enqueueMining(tx: ShopTransaction): Promise<void> {
  return enqueue(tx, "mine-associations", {}, { key: "mine-associations" });
}

/** Lists that follow the orders; many calls become one, and the first of them decides when. */
export function enqueueLearning(tx: ShopTransaction | ShopStream, delaySeconds = LEARN_AFTER_SECONDS): Promise<void> {
  return enqueue(tx, "learn-associations", {}, { key: "learn-associations", mode: "preserve_run_at", delaySeconds });
}

/** What could be offered in place of what, anew; many calls become one. */
export function enqueueUpgrades(tx: ShopTransaction): Promise<void> {
  return enqueue(tx, "find-upgrades", {}, { key: "find-upgrades" });
}

/** What the stored orders say about customers, anew; many calls become one. */
export function enqueueCustomers(tx: ShopTransaction): Promise<void> {
  return enqueue(tx, "learn-customers", {}, { key: "learn-customers" });
}

/** Has some orders read again, soon; many calls become one job. */
export async function enqueueOrderSync(tx: ShopTransaction | ShopStream, ...orderIds: OrderId[]): Promise<void> {
  if (orderIds.length === 0) return;
  await noteChangedOrders(tx, orderIds);
  await enqueueChangedOrders(tx);
}

/** The job that reads changed orders again. */
export function enqueueChangedOrders(tx: ShopTransaction | ShopStream, delaySeconds = 0): Promise<void> {
  return enqueue(tx, "sync-orders", {}, { key: SYNC_ORDERS, delaySeconds });
}

export const SYNC_ORDERS = "sync-orders";
