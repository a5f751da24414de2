import { Worker } from "node:worker_threads";
import type { ShopDomain } from "../../domain/ids.ts";
import { startCustomerSummary } from "../../persistence/customers/customer-summaries.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

// Only the worker process learns, and it runs these files as they are: no build moves them.
const THREAD = new URL("./customers-thread.ts", import.meta.url);

/** What the thread is told. */
export interface CustomersOrder {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  readonly now: number;
}

/** What the thread tells: how much it learnt from; null where the shop is gone. */
export type CustomersFigures = {
  readonly orders: number;
  readonly customers: number;
  readonly products: number;
} | null;

/**
 * Learns from all stored orders who buys again when, how customers are ranked and what they are worth, in a thread of
 * its own with connections of its own. What pages show stays the older one until the new one is whole.
 */
export async function learnCustomers(shop: ShopDomain, context: FlowContext): Promise<void> {
  const startedAt = context.now();
  const isThere = await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return false;
    await startCustomerSummary(tx, startedAt);
    return true;
  });
  if (!isThere) return;
  const figures = await learnInThread({ databaseUrl: context.database.url, shop, now: startedAt.getTime() });
  const milliseconds = context.now().getTime() - startedAt.getTime();
  context.log.info({ shop, ...figures, milliseconds }, "customers learnt");
}

function learnInThread(order: CustomersOrder): Promise<CustomersFigures> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: order });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`The thread ended with code ${code}`)));
  });
}
