import { setTimeout as sleep } from "node:timers/promises";
import type * as BacktestTasks from "./backtest-tasks.ts";
import { BACKTEST_VERSION, type BacktestOutcome, replayedOutcome } from "../../domain/backtest/backtest-outcome.ts";
import { NO_TOTALS } from "../../domain/backtest/month-totals.ts";
import { joinReplays, NOTHING_REPLAYED, type ReplayTotals } from "../../domain/backtest/replay-orders.ts";
import { isReplayable, type ReplayedOffer } from "../../domain/backtest/replayed-offer.ts";
import { replayedAudience } from "../../domain/backtest/replayed-tests.ts";
import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { compiledType } from "../../domain/offers/compiled-types.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { type Offer, offerWith } from "../../domain/offers/offer.ts";
import { isCredit } from "../../domain/offers/rewards/rewards.ts";
import type { PublishedEntry } from "../../domain/publishing/entry.ts";
import { monthsBetween } from "../../domain/time/months.ts";
import { type BacktestRow, endBacktest, findBacktest, noteProgress } from "../../persistence/backtest/backtests.ts";
import { hasOrders, readOrderRanges, readOrderSpan, readVariantCosts } from "../../persistence/backtest/past-orders.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { shopStays, theShop } from "../../persistence/shop/shops.ts";
import { ThreadPool, threadsWorthStarting } from "../../threads/thread-pool.ts";
import type { FlowContext } from "../context.ts";
import { compileForReplay } from "./compile-offer.ts";
import { entriesOf, type WantedEntries } from "./entries-of.ts";
import { ordersReplayed, type RangesToReplay, replayRanges, startProgress, stopReplay } from "./replay-ranges.ts";

// Only the worker process replays, and it runs this file as it is: no build moves it.
const TASKS = new URL("./backtest-tasks.ts", import.meta.url);

/** Orders that are in memory at a time, for each thread. */
const ORDERS_OF_RANGE = 20_000;
/** How often staff see how far it is. */
const NOTE_EVERY_MS = 500;
/** Fewer are replayed before a thread has started. */
const ORDERS_WORTH_THREADS = 5_000;
/** For fewer, threads would rather read what is known of the shop than choose. */
const PRODUCTS_WORTH_THREADS = 1_000;

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

type Threads = ThreadPool<typeof BacktestTasks>;

/** Null where it is not wanted any more. */
async function tried(shop: ShopDomain, digest: string, context: FlowContext): Promise<BacktestOutcome | null> {
  const { database } = context;
  const isLong = await inShop(database, shop, (tx) => hasOrders(tx, ORDERS_WORTH_THREADS));
  // They start while the offer is compiled.
  const threads: Threads | null = isLong ? new ThreadPool(TASKS, threadsWorthStarting(0), "low") : null;
  try {
    const [material, ranges] = await Promise.all([
      inShop(database, shop, async (tx) => {
        const row = await findBacktest(tx, digest);
        return row === null || !(await shopStays(tx)) ? null : readMaterial(tx, row, threads, context);
      }),
      inShop(database, shop, (tx) => readOrderRanges(tx, ORDERS_OF_RANGE)),
    ]);
    if (material === null || !("offer" in material)) return material;
    const totals = await replayed({ ...material, ranges }, threads, digest, context);
    return totals === null ? null : outcomeOf(material, totals);
  } finally {
    await threads?.close();
  }
}

function outcomeOf({ offer, content, span, months }: Material, totals: ReplayTotals): BacktestOutcome {
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
  threads: Threads | null,
  context: FlowContext,
): Promise<Material | BacktestOutcome | null> {
  const parsed = contentShape(type).parse(content);
  if (!parsed.ok) return null;
  const span = await readOrderSpan(tx);
  if (span === null) return { version: BACKTEST_VERSION, code: "no-orders" };
  const { shopMode } = await readShopSettings(tx);
  const offer = offerWith(parsed.value, { type, number: TRIED, version: 0 }, shopMode);
  const find = threads === null ? undefined : (wanted: WantedEntries) => found(wanted, tx, threads, context);
  const compiled: ReplayedOffer = await compileForReplay(tx, offer, context.now(), find);
  if (!isReplayable(compiled)) return { version: BACKTEST_VERSION, code: "gives-nothing" };
  const { timezone } = await theShop(tx);
  return {
    ...{ shop: tx.shop, content: offer, offer: compiled, span },
    costs: await readVariantCosts(tx),
    months: monthsBetween(span.from, span.until, timezone),
  };
}

/** {@link entriesOf}, with all threads where much is chosen: companions are weighed for each product. */
async function found(
  wanted: WantedEntries,
  tx: ShopTransaction,
  threads: Threads,
  { database }: FlowContext,
): Promise<Map<ProductId, PublishedEntry>> {
  const type = compiledType(wanted.offer.type);
  const isMuch = type.anchor === "product" && type.needsChoice === "companions";
  if (!isMuch || wanted.products.length < PRODUCTS_WORTH_THREADS) return entriesOf(tx, wanted);
  const begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const task = { ...wanted, shop: tx.shop, begun, databaseUrl: database.url };
  const parts = await threads.runOnEach("findEntriesInThread", task);
  const all = new Map(parts.flatMap((part) => [...part]));
  return new Map(wanted.products.flatMap((product) => (all.has(product) ? [[product, all.get(product)!]] : [])));
}

/** Replays the ranges, with a thread for each processor, and notes how far it is. Null where it was cancelled. */
async function replayed(
  { shop, ranges, offer, costs, months }: Material & Pick<RangesToReplay, "ranges">,
  threads: Threads | null,
  digest: string,
  context: FlowContext,
): Promise<ReplayTotals | null> {
  const ordersTotal = ranges.reduce((sum, { orders }) => sum + orders, 0);
  const note = (ordersDone: number) =>
    inShop(context.database, shop, (tx) => noteProgress(tx, digest, { ordersDone, ordersTotal }));
  if (!(await note(0))) return null;
  const progress = startProgress();
  const replay = startReplay({ shop, ranges, offer, costs, months, progress }, threads, context);
  let totals: ReplayTotals | null = null;
  while (totals === null) {
    totals = await Promise.race([replay, sleep(NOTE_EVERY_MS, null, { ref: false })]);
    if (await note(ordersReplayed(progress))) continue;
    stopReplay(progress);
    await replay;
    return null;
  }
  return totals;
}

async function startReplay(task: RangesToReplay, threads: Threads | null, { database }: FlowContext) {
  if (threads === null) return replayRanges(database, task);
  const parts = await threads.runOnEach("replayInThread", { ...task, databaseUrl: database.url });
  return parts.reduce(joinReplays, NOTHING_REPLAYED);
}
