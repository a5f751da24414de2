import type { EvidenceLimits } from "../../../domain/mining/evidence/association.ts";
import type { ShopStream, ShopTransaction, ShopSql } from "../../database/in-shop.ts";
import { runSql, selectSql } from "../../database/run-sql.ts";

/** Nothing is a finding before anything was looked at. */
const NONE_YET = { strong: 0, fair: 0 } satisfies EvidenceLimits;

export interface LeftOutCount {
  readonly reason: string;
  readonly lines: number;
  readonly orders: number;
}

/** What the recount found. */
export interface RecountFigures {
  readonly orders: number;
  readonly baskets: number;
  readonly products: number;
  readonly pairs: number;
  readonly leftOut: readonly LeftOutCount[];
}

/** How the ranking was chosen and what was found of pairs at that time, and what it can be trusted for. */
export interface StoredChoice {
  /** Scores of every ranker on the shop's latest orders, as the engine reports them. */
  readonly scores: unknown;
  /** Which pairs are seasonal, and which are bought instead of each other, as the engine reports it. */
  readonly judged: unknown;
  readonly at: Date;
  /** Baskets that it was chosen on. */
  readonly baskets: number;
  /** Names of the rankers that the choice weighs: a later version of the engine may have others. */
  readonly among: string;
}

/** What learning the lists found. */
export interface LearningFigures {
  readonly baskets: number;
  readonly products: number;
  readonly ranker: string;
  /** How small a pair's p-value must be in this shop. */
  readonly limits: EvidenceLimits;
  /** Null where the earlier one was learnt with. */
  readonly choice: StoredChoice | null;
  /** When the last of these baskets was bought: the end of what counts as recent. Null without any date. */
  readonly until: Date | null;
}

export interface MiningRunRow extends RecountFigures {
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly ranker: string | null;
  readonly limits: EvidenceLimits;
  /** When the lists were learnt last; null before they were. */
  readonly learntAt: Date | null;
  /** See {@link LearningFigures}; null also where lists were last learnt before this was noted. */
  readonly learntUntil: Date | null;
}

/** Notes that a complete run began: pages show it until it ends. */
export async function startMiningRun(tx: ShopTransaction, startedAt: Date): Promise<bigint> {
  // A run that never finished is of no use to anyone.
  await tx.db.miningRun.deleteMany({ where: { shop: tx.shop, finishedAt: null } });
  return (await tx.db.miningRun.create({ data: { shop: tx.shop, startedAt, leftOut: [], limits: NONE_YET } })).id;
}

/** Throws where a later run began since this one: what the two would store of one shop does not go together. */
export async function expectLatestRun(tx: ShopStream, id: bigint): Promise<void> {
  const sql = "SELECT 1 FROM mining_runs WHERE shop = $1 AND id = $2 FOR KEY SHARE";
  if ((await runSql(tx, sql, tx.shop, String(id))) !== 1) throw new Error("Another run began to mine this shop");
}

const LEARNT = `baskets = $3, products = $4, ranker = $5, limits = $6::jsonb, learnt_until = $7, orders = $8,
  scores = coalesce($9::jsonb, scores), judged = coalesce($10::jsonb, judged), chosen_at = coalesce($11, chosen_at),
  chosen_baskets = coalesce($12, chosen_baskets), chosen_among = coalesce($13, chosen_among)`;

function learntValues(tx: ShopStream, run: bigint, orders: number, learning: LearningFigures): unknown[] {
  const { baskets, products, ranker, limits, choice, until } = learning;
  const chosen =
    choice === null
      ? [null, null, null, null, null]
      : [JSON.stringify(choice.scores), JSON.stringify(choice.judged), choice.at, choice.baskets, choice.among];
  const learnt = [tx.shop, String(run), baskets, products, ranker, JSON.stringify(limits), until, orders];
  return [...learnt, ...chosen];
}

/** Notes what a complete run found, in the place of earlier ones; see {@link expectLatestRun}. */
export async function finishMiningRun(
  tx: ShopStream,
  id: bigint,
  recount: RecountFigures,
  learning: LearningFigures,
  finishedAt: Date,
): Promise<void> {
  await expectLatestRun(tx, id);
  await runSql(
    tx,
    `UPDATE mining_runs SET ${LEARNT}, finished_at = $14, pairs = $15, left_out = $16::jsonb
     WHERE shop = $1 AND id = $2`,
    ...learntValues(tx, id, recount.orders, learning),
    ...[finishedAt, recount.pairs, JSON.stringify(recount.leftOut)],
  );
  await runSql(tx, "DELETE FROM mining_runs WHERE shop = $1 AND id < $2", tx.shop, String(id));
}

/** Notes what learning between two complete runs found, and how many orders there are by now. */
export async function updateMiningRun(
  tx: ShopStream,
  id: bigint,
  orders: number,
  learning: LearningFigures,
): Promise<void> {
  const values = learntValues(tx, id, orders, learning);
  await runSql(tx, `UPDATE mining_runs SET ${LEARNT} WHERE shop = $1 AND id = $2`, ...values);
}

/** Notes when the lists were learnt last, and how long the whole of it took. */
export async function noteLearning(tx: ShopTransaction, endedAt: Date, milliseconds: number): Promise<void> {
  const data = { learntAt: endedAt, learntInMs: Math.round(milliseconds) };
  await tx.db.miningRun.updateMany({ where: { shop: tx.shop, finishedAt: { not: null } }, data });
}

/** The latest complete run, as far as learning builds on it. */
export interface LastLearning {
  readonly run: bigint;
  readonly choice: StoredChoice | null;
  readonly learnt: { readonly endedAt: Date; readonly milliseconds: number } | null;
}

/** Null before the first complete run. */
export async function readLastLearning(tx: ShopSql): Promise<LastLearning | null> {
  const [row] = await selectSql<{
    id: string;
    scores: unknown;
    judged: unknown;
    chosen_at: Date | null;
    chosen_baskets: number;
    chosen_among: string;
    learnt_at: Date | null;
    learnt_in_ms: number;
  }>(
    tx,
    `SELECT id::text AS id, scores, judged, chosen_at, chosen_baskets, chosen_among, learnt_at, learnt_in_ms FROM mining_runs
     WHERE shop = $1 AND finished_at IS NOT NULL ORDER BY mining_runs.id DESC LIMIT 1`,
    tx.shop,
  );
  if (row === undefined) return null;
  const { scores, judged, chosen_at: at, chosen_baskets: baskets, chosen_among: among } = row;
  return {
    run: BigInt(row.id),
    choice: at === null ? null : { scores, judged, at, baskets, among },
    learnt: row.learnt_at === null ? null : { endedAt: row.learnt_at, milliseconds: row.learnt_in_ms },
  };
}

/** The latest finished run and whether one is under way. */
export async function readMiningRuns(
  tx: ShopTransaction,
): Promise<{ finished: MiningRunRow | null; running: boolean }> {
  // What the engine keeps for itself is long.
  const omit = { scores: true, judged: true };
  const runs = await tx.db.miningRun.findMany({ where: { shop: tx.shop }, orderBy: { id: "desc" }, omit });
  const finished = runs.find((run) => run.finishedAt !== null);
  return {
    finished:
      finished === undefined
        ? null
        : {
            ...finished,
            leftOut: finished.leftOut as unknown as LeftOutCount[],
            limits: finished.limits as unknown as EvidenceLimits,
          },
    running: runs[0] !== undefined && runs[0].finishedAt === null,
  };
}
