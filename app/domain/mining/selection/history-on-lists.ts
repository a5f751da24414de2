import type { CompanionLists } from "../matrices/companion-lists.ts";
import { strongest } from "../matrices/companion-lists.ts";
import { ownedForGood } from "../rankers/customer-history.ts";
import type { HeldOutQuery } from "./held-out.ts";
import { SLICES } from "./held-out.ts";
import { HistoryAdditions } from "../rankers/history-additions.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import { fittedParts } from "../rankers/parts.ts";
import type { LearntParts } from "../rankers/parts.ts";
import { addRank, emptyTallies } from "./quality.ts";
import type { Tally } from "./quality.ts";
import { listRanker } from "../rankers/ranker.ts";
import { ScoreBoard, topOf } from "../matrices/score-board.ts";
import { OFFER_COMPANIONS } from "../../shoppers/list-lengths.ts";

/** A tiny say for what sells settles what neither lists nor histories speak about. */
const TIE_BREAK = 1e-9;

/** What was learnt, with lists as offers hold them in the place of confidence: so many companions, weights up to 1. */
export function onLists(parts: LearntParts, lists: CompanionLists): LearntParts {
  const confidence = strongest(lists, OFFER_COMPANIONS);
  for (let k = 0; k < confidence.weight.length; k++) confidence.weight[k] = Math.min(1, confidence.weight[k]!);
  return { ...parts, confidence };
}

/** Published lists alone, and with what customers' histories add to them, by slice. */
export interface FoundWithHistory {
  readonly without: readonly Tally[];
  readonly with: readonly Tally[];
}

/**
 * What lists find for known customers, alone and with their additions; `scales` by slice. As at checkout: an addition
 * moves what a list speaks for, and only what is bought again and again is suggested without one; what a customer has
 * for good is left out. `parts` are of {@link onLists}.
 */
export function foundWithHistory(
  parts: LearntParts,
  queries: readonly HeldOutQuery[],
  scales: readonly HistoryScales[],
): FoundWithHistory {
  const fitted = fittedParts(parts);
  const lists = listRanker("blend", parts.confidence);
  const additions = scales.map((of) => new HistoryAdditions(fitted, of));
  const board = new ScoreBoard(parts.prior.share.length);
  const found = { without: emptyTallies(SLICES), with: emptyTallies(SLICES) };
  for (const query of queries) {
    const { cart, customer, hidden, slice, weight } = query;
    const inCart = new Set(cart);
    lists.addScores(cart, 1, board);
    const rankOf = (isExcluded: (item: number) => boolean) =>
      topOf(board, parts.prior, TIE_BREAK, 10, isExcluded).findIndex(({ item }) => hidden.includes(item)) + 1;
    addRank(
      found.without[slice]!,
      rankOf((item) => inCart.has(item)),
      weight,
    );
    for (const { item, weight: more, again } of additions[slice]!.of(customer)) {
      if (again || board.isTouched(item)) board.add(item, more);
    }
    const owned = ownedForGood(parts.history, customer);
    addRank(
      found.with[slice]!,
      rankOf((item) => inCart.has(item) || owned.has(item)),
      weight,
    );
    board.clear();
  }
  return found;
}
