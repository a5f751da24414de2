import type { Prisma } from "@prisma/client";
import type { EvidenceLimits } from "../domain/mining/association.ts";
import type { ShopTransaction } from "./in-shop.ts";

/** Nothing is a finding before anything was looked at. */
const NONE_YET = { strong: 0, fair: 0 } satisfies EvidenceLimits;

export interface LeftOutCount {
  readonly reason: string;
  readonly lines: number;
  readonly orders: number;
}

export interface MiningFigures {
  readonly orders: number;
  readonly baskets: number;
  readonly products: number;
  readonly pairs: number;
  readonly ranker: string;
  /** How small a pair's p-value must be in this shop. */
  readonly limits: EvidenceLimits;
  /** Scores of every ranker on the shop's latest orders, as the engine reports them. */
  readonly scores: unknown;
  readonly leftOut: readonly LeftOutCount[];
}

export interface MiningRunRow extends Omit<MiningFigures, "ranker" | "scores" | "limits"> {
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly ranker: string | null;
  readonly limits: EvidenceLimits;
}

export async function startMiningRun(tx: ShopTransaction, startedAt: Date): Promise<bigint> {
  // A run that never finished is of no use to anyone.
  await tx.db.miningRun.deleteMany({ where: { shop: tx.shop, finishedAt: null } });
  return (await tx.db.miningRun.create({ data: { shop: tx.shop, startedAt, leftOut: [], limits: NONE_YET } })).id;
}

export async function finishMiningRun(
  tx: ShopTransaction,
  id: bigint,
  figures: MiningFigures,
  finishedAt: Date,
): Promise<void> {
  const data = {
    ...figures,
    limits: figures.limits as unknown as Prisma.InputJsonValue,
    scores: figures.scores as Prisma.InputJsonValue,
    leftOut: figures.leftOut as unknown as Prisma.InputJsonValue,
    finishedAt,
  };
  await tx.db.miningRun.update({ where: { shop_id: { shop: tx.shop, id } }, data });
  await tx.db.miningRun.deleteMany({ where: { shop: tx.shop, id: { lt: id } } });
}

/** The latest finished run and whether one is under way. */
export async function readMiningRuns(
  tx: ShopTransaction,
): Promise<{ finished: MiningRunRow | null; running: boolean }> {
  const runs = await tx.db.miningRun.findMany({ where: { shop: tx.shop }, orderBy: { id: "desc" } });
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
