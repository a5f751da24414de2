import { companionLists, strongest } from "../matrices/companion-lists.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { PARTS } from "../rankers/parts.ts";
import type { LearntParts, PartName, Scales } from "../rankers/parts.ts";
import { listRanker } from "../rankers/ranker.ts";
import { ScoreBoard } from "../matrices/score-board.ts";

/** Companions published per product. */
export const LONGEST_COMPANIONS = 50;
const LISTED = ["ridge", "confidence", "bestRule"] as const satisfies readonly PartName[];

/**
 * One list per item: the weights of the parts that are lists, each times its scale, added up, and the strongest kept.
 * Summed over a cart of `cartSize` items they rank it as the model does: each list carries its share of what the
 * prior says of a companion.
 */
export function publishedLists(parts: LearntParts, scales: Scales, cartSize: number): CompanionLists {
  const { share } = parts.prior;
  const itemCount = share.length;
  const spoken = LISTED.map((part) => ({ lists: parts[part], scale: scales[PARTS.indexOf(part)]! }));
  const loud = spoken.filter(({ scale }) => scale !== 0);
  const said = loud.length > 0 ? loud : [{ lists: parts.confidence, scale: 1 }];
  const prior = scales[PARTS.indexOf("prior")]! / Math.max(1, cartSize);
  const longest = said.reduce((sum, { lists }) => sum + lists.companion.length, 0);
  const entries = {
    trigger: new Uint32Array(longest),
    companion: new Uint32Array(longest),
    weight: new Float32Array(longest),
    length: 0,
  };
  const board = new ScoreBoard(itemCount);
  for (let trigger = 0; trigger < itemCount; trigger++) {
    for (const { lists, scale } of said) listRanker("blend", lists).addScores([trigger], scale, board);
    for (const companion of board.touched) {
      entries.trigger[entries.length] = trigger;
      entries.companion[entries.length] = companion;
      entries.weight[entries.length++] = board.scores[companion]! + prior * share[companion]!;
    }
    board.clear();
  }
  return strongest(companionLists(itemCount, [entries]), LONGEST_COMPANIONS);
}
