import { setTimeout as sleep } from "node:timers/promises";
import type * as RangeTasks from "./replay-ranges.ts";
import { BACKTEST_VERSION, type BacktestOutcome, replayedOutcome } from "../../domain/backtest/backtest-outcome.ts";
import { NO_TOTALS } from "../../domain/backtest/month-totals.ts";
import { joinReplays, NOTHING_REPLAYED, type ReplayTotals } from "../../domain/backtest/replay-orders.ts";
import { isReplayable, type ReplayedOffer } from "../../domain/backtest/replayed-offer.ts";
import { replayedAudience } from "../../domain/backtest/replayed-tests.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { type Offer, offerWith } from "../../domain/offers/offer.ts";
import { isCredit } from "../../domain/offers/rewards/rewards.ts";
import { monthsBetween } from "../../domain/time/months.ts";
import { type BacktestRow, endBacktest, findBacktest, noteProgress } from "../../persistence/backtest/backtests.ts";
import {
  type OrderRange,
  readOrderRanges,
  readOrderSpan,
  readVariantCosts,
} from "../../persistence/backtest/past-orders.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { shopStays, theShop } from "../../persistence/shop/shops.ts";
import { ThreadPool, threadsWorthStarting } from "../../threads/thread-pool.ts";
import type { FlowContext } from "../context.ts";
import { compileForReplay } from "./compile-offer.ts";
import { ordersReplayed, type RangesToReplay, replayRanges, startProgress, stopReplay } from "./replay-ranges.ts";

// Only the worker process replays, and it runs this file as it is: no build moves it.
const RANGES = new URL("./replay-ranges.ts", import.meta.url);

/** Orders that are in memory at a time, for each thread. */
const ORDERS_OF_RANGE = 20_000;
/** How often staff see how far it is. */
const NOTE_EVERY_MS = 500;
/** Fewer are replayed before a thread has started. */
const ORDERS_WORTH_THREADS = 5_000;

/** Names the offer while it is tried: no offer of the shop has so great a number. */
const TRIED = 999_999_999;

/** What a backtest needs besides the orders. */
interface Material extends Omit<RangesToReplay, "ranges" | "progress"> {
  readonly content: Offer;
  readonly span: { readonly from: number; readonly until: number };
}

/**
 * Tries an offer on all past orders, in ranges, and stores what came out. Ends without a result where staff cancel it or
 * the shop leaves. Whatever goes wrong is noted as failed: staff try again themselves.
 */
export async function runBacktest(shop: ShopDomain, digest: string, context: FlowContext): Promise<void> {
  const startedAt = context.now().getTime();
  try {
    const outcome = await tried(shop, digest, context);
    if (outcome === null) return;
    await inShop(context.database, shop, async (tx) => {
      if (await shopStays(tx)) await endBacktest(tx, digest, "done", outcome, context.now());
    });
    const milliseconds = context.now().getTime() - startedAt;
    context.log.info({ shop, code: outcome.code, milliseconds }, "offer tried on past orders");
  } catch (error) {
    context.log.error({ shop, message: (error as Error).message }, "offer not tried on past orders");
    await inShop(context.database, shop, (tx) => endBacktest(tx, digest, "failed", null, context.now()));
  }
}

/** Null where it is not wanted any more. */
async function tried(shop: ShopDomain, digest: string, context: FlowContext): Promise<BacktestOutcome | null> {
  const [material, ranges] = await Promise.all([
    inShop(context.database, shop, async (tx) => {
      const row = await findBacktest(tx, digest);
      return row === null || !(await shopStays(tx)) ? null : readMaterial(tx, row, context.now());
    }),
    inShop(context.database, shop, (tx) => readOrderRanges(tx, ORDERS_OF_RANGE)),
  ]);
  if (material === null) return null;
  if (!("offer" in material)) return material;
  const totals = await replayed(material, ranges, digest, context);
  if (totals === null) return null;
  const { offer, content, span, months } = material;
  return replayedOutcome(
    totals,
    months.map(({ month }) => month),
    NO_TOTALS,
    {
      ...{ currency: offer.currency, ...span, unanswered: replayedAudience(content.audience).unanswered },
      givesSomething: offer.shown.size === 0,
      paysShipping: content.reward !== null,
      credit: isCredit(content.reward) ? { budgetMinor: content.reward.budget[offer.currency] ?? null } : null,
    },
  );
}

async function readMaterial(
  tx: ShopTransaction,
  { type, content }: BacktestRow,
  now: Date,
): Promise<Material | BacktestOutcome | null> {
  const parsed = contentShape(type).parse(content);
  if (!parsed.ok) return null;
  const span = await readOrderSpan(tx);
  if (span === null) return { version: BACKTEST_VERSION, code: "no-orders" };
  const { shopMode } = await readShopSettings(tx);
  const offer = offerWith(parsed.value, { type, number: TRIED, version: 0 }, shopMode);
  const compiled: ReplayedOffer = await compileForReplay(tx, offer, now);
  if (!isReplayable(compiled)) return { version: BACKTEST_VERSION, code: "gives-nothing" };
  const { timezone } = await theShop(tx);
  return {
    ...{ shop: tx.shop, content: offer, offer: compiled, span },
    costs: await readVariantCosts(tx),
    months: monthsBetween(span.from, span.until, timezone),
  };
}

/** Replays the ranges, with a thread for each processor, and notes how far it is. Null where it was cancelled. */
async function replayed(
  { shop, offer, costs, months }: Material,
  ranges: readonly OrderRange[],
  digest: string,
  context: FlowContext,
): Promise<ReplayTotals | null> {
  const ordersTotal = ranges.reduce((sum, { orders }) => sum + orders, 0);
  const note = (ordersDone: number) =>
    inShop(context.database, shop, (tx) => noteProgress(tx, digest, { ordersDone, ordersTotal }));
  if (!(await note(0))) return null;
  const progress = startProgress();
  const replay = startReplay(ordersTotal, { shop, ranges, offer, costs, months, progress }, context);
  try {
    let totals: ReplayTotals | null = null;
    while (totals === null) {
      totals = await Promise.race([replay.totals, sleep(NOTE_EVERY_MS, null, { ref: false })]);
      if (await note(ordersReplayed(progress))) continue;
      stopReplay(progress);
      await replay.totals;
      return null;
    }
    return totals;
  } finally {
    await replay.end();
  }
}

function startReplay(ordersTotal: number, task: RangesToReplay, { database }: FlowContext) {
  if (ordersTotal < ORDERS_WORTH_THREADS) {
    return { totals: replayRanges(database, task), end: () => Promise.resolve() };
  }
  const pool = new ThreadPool<typeof RangeTasks>(RANGES, threadsWorthStarting(0), "low");
  const parts = pool.runOnEach("replayRangesByItself", { ...task, databaseUrl: database.url });
  return { totals: parts.then((all) => all.reduce(joinReplays, NOTHING_REPLAYED)), end: () => pool.close() };
}
