import type { WorkerPool } from "./worker-pool.ts";
import { inShares, SUMMED_SHARES } from "./worker-pool.ts";
import type { HeldOutQuery, ScoredQueries } from "./held-out.ts";
import { ofSlices, SLICES } from "./held-out.ts";
import { NO_HISTORY } from "../rankers/history-additions.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import type { LearntRankers, RankerName, Scales } from "../rankers/rankers.ts";
import { RANKERS } from "../rankers/rankers.ts";
import { isClearlyBetter, joinTallies, qualityOf } from "./quality.ts";
import type { Quality, Tally } from "./quality.ts";

/** Whether customers' own histories are added to the published default lists, and how much that gains. */
export interface HistoryChoice {
  /** Both 0 where it gains nothing. */
  readonly scales: HistoryScales;
  /** Known customers' held-out orders: the published lists alone, and with the additions. Slices, then all. */
  readonly without: readonly Quality[];
  readonly with: readonly Quality[];
}

/** The rankers that score; published lists take the place of confidence, see `onLists`. */
export const BESIDE_LISTS: readonly RankerName[] = ["confidence", "own", "ownCompanions", "prior"];
const FROM_HISTORY: readonly RankerName[] = ["own", "ownCompanions"];
/** Weight of popularity, so that it breaks ties between items that nothing else scored. */
const TIE_BREAK = 1e-6;
const LISTS_ALONE: Scales = RANKERS.map((ranker) => (ranker === "confidence" ? 1 : ranker === "prior" ? TIE_BREAK : 0));
/** Relative gain in NDCG@10 that additions need over all slices; they must also gain in most of them. */
const WORTH = 0.005;

/**
 * Finds the weight of a known customer's history beside the published lists, and measures the lists with and without
 * it, as a checkout has both. Even slices are measured with scales found on the odd ones and the other way round; the
 * scales that are used are found on all slices. `rankers` come from `onLists`.
 */
export async function chooseHistory(
  rankers: LearntRankers,
  queries: readonly HeldOutQuery[],
  scored: ScoredQueries,
  pool: WorkerPool,
): Promise<HistoryChoice> {
  const halves = [0, 1].map((half) => ofSlices(scored, (slice) => slice % 2 === half));
  const [all, ...crossScales] = await Promise.all(
    [scored, ...halves].map(async (of) =>
      historyScales(await pool.run("search-blend", { queries: of, from: LISTS_ALONE, open: FROM_HISTORY })),
    ),
  );
  const scales = Array.from({ length: SLICES }, (_, slice) => crossScales[1 - (slice % 2)]!);
  const shares = inShares(queries, SUMMED_SHARES);
  const pieces = await Promise.all(
    shares.map((share) => pool.run("found-with-history", { rankers, queries: share, scales })),
  );
  const found = {
    without: qualities(pieces.map((piece) => piece.without)),
    with: qualities(pieces.map((piece) => piece.with)),
  };
  return { ...found, scales: isClearlyBetter(found.with, found.without, WORTH) ? all! : NO_HISTORY };
}

function historyScales(scales: Scales): HistoryScales {
  return { own: scales[RANKERS.indexOf("own")]!, ownCompanions: scales[RANKERS.indexOf("ownCompanions")]! };
}

/** Each slice, then all of them. */
function qualities(pieces: readonly (readonly Tally[])[]): Quality[] {
  const slices = joinTallies(pieces);
  return [...slices, ...joinTallies(slices.map((slice) => [slice]))].map(qualityOf);
}
