import { CustomerLearner, type LearntCustomers } from "../../domain/customers/customer-summary.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { saveListedCustomers } from "../../persistence/customers/customer-lists.ts";
import {
  countOtherOrders,
  marginSince,
  shopCurrency,
  streamCustomerOrders,
} from "../../persistence/customers/customer-orders.ts";
import {
  saveCustomerSummary,
  SUMMARY_VERSION,
  type StoredSummary,
} from "../../persistence/customers/customer-summaries.ts";
import { saveSuggestedRanks } from "../../persistence/publishing/customer-suggestions.ts";
import { withDatabase, type Database } from "../../persistence/database/database.ts";
import { streamInShop, type ShopStream } from "../../persistence/database/in-shop.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";

const YEAR_MS = 365 * 86_400_000;

/** How much was learnt from; null where the shop is gone. */
type CustomersFigures = { readonly orders: number; readonly customers: number; readonly products: number } | null;

/** {@link summariseCustomers} on a database connection of its own. Run in a thread: it keeps a processor busy. */
export function summariseShop(task: {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  readonly now: number;
}): Promise<CustomersFigures> {
  return withDatabase(task.databaseUrl, (database) => summariseCustomers(database, task.shop, task.now));
}

/**
 * Orders to one summary and its bounded lists, of one moment of the database. The same orders and the same `now` give
 * the same rows. Null, and nothing is stored, where the shop has left.
 */
export async function summariseCustomers(database: Database, shop: ShopDomain, now: number): Promise<CustomersFigures> {
  const read = await streamInShop(database, shop, (tx) => readAll(tx, now), { asOfNow: true });
  if (read === null) return null;
  const { stored, learnt } = read;
  const isStored = await streamInShop(database, shop, async (tx) => {
    if (!(await shopStays(tx))) return false;
    await saveCustomerSummary(tx, stored, now);
    await saveListedCustomers(tx, learnt);
    await enqueue(tx, "announce-due-customers");
    if (await saveSuggestedRanks(tx, learnt.ranks)) await enqueue(tx, "publish-customers");
    return true;
  });
  if (!isStored) return null;
  return { orders: stored.orders, customers: stored.customers, products: stored.productCount };
}

async function readAll(
  tx: ShopStream,
  now: number,
): Promise<{ stored: StoredSummary; learnt: LearntCustomers } | null> {
  const currency = await shopCurrency(tx);
  if (currency === null) return null;
  const learner = new CustomerLearner(now);
  for await (const { id, order } of streamCustomerOrders(tx, currency)) learner.add(id, order);
  const learnt = learner.learn();
  const others = await countOtherOrders(tx, currency);
  const margin = await marginSince(tx, currency, { from: new Date(now - YEAR_MS), to: new Date(now) });
  return { learnt, stored: { version: SUMMARY_VERSION, currency, ...learnt.summary, ...others, margin } };
}
