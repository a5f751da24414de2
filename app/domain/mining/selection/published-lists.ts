import { companionLists, strongest } from "../matrices/companion-lists.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { RANKERS } from "../rankers/rankers.ts";
import type { LearntRankers, RankerName, Scales } from "../rankers/rankers.ts";
import { listRanker } from "../rankers/ranker.ts";
import { ScoreBoard } from "../matrices/score-board.ts";

/** Companions published per product. */
export const LONGEST_COMPANIONS = 50;
const LISTED = ["ridge", "confidence", "bestRule"] as const satisfies readonly RankerName[];

/**
 * One list per item: the weights of the rankers that are lists, each times its scale, added up, and the strongest kept.
 * Summed over a cart of `cartSize` items they rank as the model does: each list carries its share of the companion's
 * popularity.
 */
export function publishedLists(rankers: LearntRankers, scales: Scales, cartSize: number): CompanionLists {
  const { share } = rankers.prior;
  const itemCount = share.length;
  const weighted = LISTED.map((ranker) => ({ lists: rankers[ranker], scale: scales[RANKERS.indexOf(ranker)]! }));
  const used = weighted.filter(({ scale }) => scale !== 0);
  const summed = used.length > 0 ? used : [{ lists: rankers.confidence, scale: 1 }];
  const prior = scales[RANKERS.indexOf("prior")]! / Math.max(1, cartSize);
  const longest = summed.reduce((sum, { lists }) => sum + lists.companion.length, 0);
  const entries = {
    trigger: new Uint32Array(longest),
    companion: new Uint32Array(longest),
    weight: new Float32Array(longest),
    length: 0,
  };
  const board = new ScoreBoard(itemCount);
  for (let trigger = 0; trigger < itemCount; trigger++) {
    for (const { lists, scale } of summed) listRanker("blend", lists).addScores([trigger], scale, board);
    for (const companion of board.touched) {
      entries.trigger[entries.length] = trigger;
      entries.companion[entries.length] = companion;
      entries.weight[entries.length++] = board.scores[companion]! + prior * share[companion]!;
    }
    board.clear();
  }
  return strongest(companionLists(itemCount, [entries]), LONGEST_COMPANIONS);
}
