import type { Hands } from "./hands.ts";
import { inShares, SUMMED_SHARES } from "./hands.ts";
import type { HeldOutQuery, ScoredQueries } from "./held-out.ts";
import { ofSlices, SLICES } from "./held-out.ts";
import { NOT_HEARD } from "../rankers/history-additions.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import type { LearntParts, PartName, Scales } from "../rankers/parts.ts";
import { PARTS } from "../rankers/parts.ts";
import { isClearlyBetter, joinTallies, qualityOf } from "./quality.ts";
import type { Quality, Tally } from "./quality.ts";

/** Whether customers' own histories add to what is published for everybody, and what that was found to be worth. */
export interface HistoryChoice {
  /** Both 0 where that was no gain. */
  readonly scales: HistoryScales;
  /** Known customers' held-out orders: the published lists alone, and with the additions. Slices, then all. */
  readonly without: readonly Quality[];
  readonly with: readonly Quality[];
}

/** The parts that are asked: published lists stand in the place of confidence, see `onLists`. */
export const BESIDE_LISTS: readonly PartName[] = ["confidence", "own", "ownCompanions", "prior"];
const FROM_HISTORY: readonly PartName[] = ["own", "ownCompanions"];
/** A tiny say for what sells settles what nothing else speaks about. */
const TIE_BREAK = 1e-6;
const LISTS_ALONE: Scales = PARTS.map((part) => (part === "confidence" ? 1 : part === "prior" ? TIE_BREAK : 0));
/** Additions have to find this much more (relative NDCG@10), and more in most of the slices. */
const WORTH = 0.005;

/**
 * Finds how loudly a known customer's history speaks beside the published lists, and measures the lists with what it
 * adds against the lists alone, as a checkout has both. Even slices are measured with scales that the odd ones teach
 * and the other way round; the scales that are used are found on all slices. `parts` are of `onLists`.
 */
export async function chooseHistory(
  parts: LearntParts,
  queries: readonly HeldOutQuery[],
  scored: ScoredQueries,
  hands: Hands,
): Promise<HistoryChoice> {
  const halves = [0, 1].map((half) => ofSlices(scored, (slice) => slice % 2 === half));
  const [all, ...taught] = await Promise.all(
    [scored, ...halves].map(async (of) =>
      historyScales(await hands.do("search-blend", { queries: of, from: LISTS_ALONE, open: FROM_HISTORY })),
    ),
  );
  const scales = Array.from({ length: SLICES }, (_, slice) => taught[1 - (slice % 2)]!);
  const shares = inShares(queries, SUMMED_SHARES);
  const pieces = await Promise.all(
    shares.map((share) => hands.do("found-with-history", { parts, queries: share, scales })),
  );
  const found = {
    without: qualities(pieces.map((piece) => piece.without)),
    with: qualities(pieces.map((piece) => piece.with)),
  };
  return { ...found, scales: isClearlyBetter(found.with, found.without, WORTH) ? all! : NOT_HEARD };
}

function historyScales(scales: Scales): HistoryScales {
  return { own: scales[PARTS.indexOf("own")]!, ownCompanions: scales[PARTS.indexOf("ownCompanions")]! };
}

/** Each slice, then all of them. */
function qualities(pieces: readonly (readonly Tally[])[]): Quality[] {
  const slices = joinTallies(pieces);
  return [...slices, ...joinTallies(slices.map((slice) => [slice]))].map(qualityOf);
}
