import { replayOrders, type ReplayTotals } from "../../domain/backtest/replay-orders.ts";
import type { ReplayedOffer } from "../../domain/backtest/replayed-offer.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import type { MonthStart } from "../../domain/time/months.ts";
import { type OrderRange, readPastOrders, type VariantCosts } from "../../persistence/backtest/past-orders.ts";
import { type Database, withDatabase } from "../../persistence/database/database.ts";
import { streamInShop } from "../../persistence/database/in-shop.ts";

/** A range of a shop's orders, and the offer that is replayed over it. */
export interface RangeToReplay {
  readonly shop: ShopDomain;
  readonly range: OrderRange;
  readonly offer: ReplayedOffer;
  readonly costs: VariantCosts;
  readonly months: readonly MonthStart[];
}

/** {@link replayRange} on a database connection of its own. Run in a thread: it keeps a processor busy. */
export function replayRangeByItself(task: RangeToReplay & { readonly databaseUrl: string }): Promise<ReplayTotals> {
  return withDatabase(task.databaseUrl, (database) => replayRange(database, task));
}

/** Reads the orders of a range and replays an offer over them. */
export async function replayRange(database: Database, task: RangeToReplay): Promise<ReplayTotals> {
  const { shop, range, offer, costs, months } = task;
  const given = { currency: offer.currency, costs };
  const orders = await streamInShop(database, shop, (tx) => readPastOrders(tx, range, given), { asOfNow: true });
  return replayOrders(offer, orders, months);
}
