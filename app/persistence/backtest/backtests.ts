import { BACKTEST_VERSION, type BacktestOutcome, type BacktestStatus } from "../../domain/backtest/backtest-outcome.ts";
import { isOfferTypeName, type OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** Offers that are tried are kept so that trying one again is answered at once: the latest of a shop. */
const MOST_KEPT = 20;

/** A stored backtest. */
export interface BacktestRow {
  readonly digest: string;
  readonly type: OfferTypeName;
  /** As it was sent. */
  readonly content: unknown;
  readonly status: BacktestStatus;
  readonly ordersDone: number;
  /** Null before it is known. */
  readonly ordersTotal: number | null;
  readonly outcome: BacktestOutcome | null;
  readonly finishedAt: Date | null;
}

/** One backtest; null where there is none, or where another release stored it. */
export async function findBacktest(tx: ShopTransaction, digest: string): Promise<BacktestRow | null> {
  const row = await tx.db.backtest.findUnique({ where: { shop_digest: { shop: tx.shop, digest } } });
  if (row === null || !isOfferTypeName(row.offerType)) return null;
  const outcome = row.outcome as BacktestOutcome | null;
  if (outcome !== null && outcome.version !== BACKTEST_VERSION) return null;
  const { content, ordersDone, ordersTotal, finishedAt } = row;
  return {
    digest,
    type: row.offerType,
    content,
    status: row.status as BacktestStatus,
    ordersDone,
    ordersTotal,
    outcome,
    finishedAt,
  };
}

/** Stores a backtest as waiting, in place of an earlier one of the same offer, and forgets those that are too many. */
export async function addBacktest(
  tx: ShopTransaction,
  { digest, type, content }: Pick<BacktestRow, "digest" | "type" | "content">,
  now: Date,
): Promise<void> {
  const fields = {
    ...{ offerType: type, content: content as object, status: "waiting", ordersDone: 0, ordersTotal: null },
    ...{ requestedAt: now, finishedAt: null },
  };
  await tx.db.$executeRaw`DELETE FROM backtests WHERE shop = ${tx.shop} AND digest = ${digest}`;
  await tx.db.backtest.create({ data: { shop: tx.shop, digest, ...fields } });
  await tx.db.$executeRaw`
    DELETE FROM backtests WHERE shop = ${tx.shop} AND digest NOT IN (
      SELECT digest FROM backtests WHERE shop = ${tx.shop} ORDER BY requested_at DESC, digest LIMIT ${MOST_KEPT})`;
}

/** Notes how far a backtest is. False where it was cancelled or forgotten meanwhile. */
export async function noteProgress(
  tx: ShopTransaction,
  digest: string,
  progress: { readonly ordersDone: number; readonly ordersTotal: number },
): Promise<boolean> {
  const where = { shop: tx.shop, digest, status: { in: ["waiting", "running"] } };
  const { count } = await tx.db.backtest.updateMany({ where, data: { status: "running", ...progress } });
  return count > 0;
}

/** Ends a backtest that waits or runs, with what came out of it; null where nothing did. */
export async function endBacktest(
  tx: ShopTransaction,
  digest: string,
  status: Exclude<BacktestStatus, "waiting" | "running">,
  outcome: BacktestOutcome | null,
  now: Date,
): Promise<void> {
  const where = { shop: tx.shop, digest, status: { in: ["waiting", "running"] } };
  const data = { status, finishedAt: now, ...(outcome === null ? {} : { outcome: outcome as unknown as object }) };
  await tx.db.backtest.updateMany({ where, data });
}
