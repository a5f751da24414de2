import { CartReplay } from "../../domain/backtest/replay-cart.ts";
import { joinReplays, NOTHING_REPLAYED, replayOrders, type ReplayTotals } from "../../domain/backtest/replay-orders.ts";
import type { ReplayedOffer } from "../../domain/backtest/replayed-offer.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import type { MonthStart } from "../../domain/time/months.ts";
import { type OrderRange, readPastOrders, type VariantCosts } from "../../persistence/backtest/past-orders.ts";
import type { Database } from "../../persistence/database/database.ts";
import { streamInShop } from "../../persistence/database/in-shop.ts";

/** A shop's orders in ranges, and the offer that is replayed over them. */
export interface RangesToReplay {
  readonly shop: ShopDomain;
  readonly ranges: readonly OrderRange[];
  readonly offer: ReplayedOffer;
  readonly costs: VariantCosts;
  readonly months: readonly MonthStart[];
  readonly progress: ReplayProgress;
}

/** Three numbers that threads share, by the places below. */
export type ReplayProgress = Int32Array<SharedArrayBuffer>;

/** Ranges that somebody has begun. */
const BEGUN = 0;
/** Orders that are replayed. */
const DONE = 1;
/** 1 once nobody wants the result any more. */
const STOPPED = 2;

export function startProgress(): ReplayProgress {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

export function ordersReplayed(progress: ReplayProgress): number {
  return Atomics.load(progress, DONE);
}

/** Ends the replay before the next range. */
export function stopReplay(progress: ReplayProgress): void {
  Atomics.store(progress, STOPPED, 1);
}

/** Replays an offer over those ranges that nobody else has begun, one after the other. */
export async function replayRanges(database: Database, task: RangesToReplay): Promise<ReplayTotals> {
  const { shop, ranges, offer, costs, months, progress } = task;
  const replay = new CartReplay(offer);
  const given = { currency: offer.currency, costs };
  let totals = NOTHING_REPLAYED;
  while (Atomics.load(progress, STOPPED) === 0) {
    const range = ranges[Atomics.add(progress, BEGUN, 1)];
    if (range === undefined) break;
    const orders = await streamInShop(database, shop, (tx) => readPastOrders(tx, range, given), { asOfNow: true });
    totals = joinReplays(replayOrders(offer, orders, months, replay), totals);
    Atomics.add(progress, DONE, range.orders);
  }
  return totals;
}
