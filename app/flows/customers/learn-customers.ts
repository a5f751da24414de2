import type * as SummaryTasks from "./summarise-customers.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { startCustomerSummary } from "../../persistence/customers/customer-summaries.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";

// Only the worker process learns, and it runs this file as it is: no build moves it.
const SUMMARY = new URL("./summarise-customers.ts", import.meta.url);

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
  const figures = await context.runInThread<typeof SummaryTasks, "summariseShop">(SUMMARY, "summariseShop", {
    databaseUrl: context.database.url,
    shop,
    now: startedAt.getTime(),
  });
  await inShop(context.database, shop, (tx) => enqueue(tx, "gather-playbook-evidence"));
  const milliseconds = context.now().getTime() - startedAt.getTime();
  context.log.info({ shop, ...figures, milliseconds }, "customers learnt");
}
