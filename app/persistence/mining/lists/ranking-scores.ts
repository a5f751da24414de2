import { z } from "zod";
import type { SegmentFinding } from "../../../domain/mining/segments/segment-trials.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";
import { segmentFindingsOf } from "./segment-findings.ts";

const share = z.number().min(0).max(1);
const figures = z.object({ orders: z.number().min(0), hitRate4: share, hitRate10: share, ndcg10: share });
const scales = z.array(z.number());
const contender = z.object({ name: z.string().min(1), scales, slices: z.array(figures), overall: figures });
const choice = z.object({
  contenders: z.array(contender),
  winner: z.string().min(1),
  scales,
  reason: z.enum([
    "clearly-better-than-simpler-ones",
    "nothing-was-clearly-better",
    "the-best-cannot-be-published",
    "too-few-orders",
  ]),
});
const history = z.object({
  scales: z.object({ own: z.number(), ownCompanions: z.number() }),
  without: z.array(figures).min(1),
  with: z.array(figures).min(1),
});
const trial = z.object({
  scales: z.object({ viewed: z.number(), thenBought: z.number() }),
  without: z.array(figures).min(1),
  with: z.array(figures).min(1),
  newProducts: z.object({ without: figures, with: figures }),
});
const browsing = z.object({
  verdict: z.enum(["in-use", "no-gain", "too-few-visits", "too-few-orders"]),
  from: z.number(),
  to: z.number(),
  visits: z.number().int().min(0),
  earlierVisits: z.number().int().min(0),
  heldOutOrders: z.number().int().min(0),
  cart: trial.nullable(),
  page: trial.nullable(),
  leadsNewProducts: z.boolean(),
});
const scores = z.object({
  learningOrders: z.number().int().min(0),
  heldOutOrders: z.number().int().min(0),
  cart: choice,
  page: choice,
  customer: choice,
  // Runs of an earlier version did not ask for it.
  history: history.nullish(),
  browsing: browsing.nullish(),
  published: z.object({ hitRate10: share, hitRate10OfModel: share }).nullable(),
});

/** What is shown of a `SelectionReport` of `domain/mining/ranking/choose.ts`, as it is stored with a mining run. */
export type RankingScores = z.infer<typeof scores>;

/**
 * The figures of the latest complete mining run and when it ended; null before the first. `scores` is null where the
 * run stored none, or in a shape that this version does not know; `segments` is empty then.
 */
export async function readRankingScores(
  tx: ShopTransaction,
): Promise<{ finishedAt: Date; scores: RankingScores | null; segments: readonly SegmentFinding[] } | null> {
  const run = await tx.db.miningRun.findFirst({
    where: { shop: tx.shop, finishedAt: { not: null } },
    orderBy: { id: "desc" },
    select: { finishedAt: true, scores: true, judged: true },
  });
  if (run === null || run.finishedAt === null) return null;
  return {
    finishedAt: run.finishedAt,
    scores: scores.safeParse(run.scores).data ?? null,
    segments: segmentFindingsOf(run.judged),
  };
}
