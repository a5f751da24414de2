import type { CompanionLists } from "../matrices/companion-lists.ts";
import { strongest } from "../matrices/companion-lists.ts";
import { ownedForGood } from "../rankers/customer-history.ts";
import type { HeldOutQuery } from "./held-out.ts";
import { SLICES } from "./held-out.ts";
import { HistoryAdditions } from "../rankers/history-additions.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import { fitRankers } from "../rankers/rankers.ts";
import type { LearntRankers } from "../rankers/rankers.ts";
import { addRank, emptyTallies } from "./quality.ts";
import type { Tally } from "./quality.ts";
import { listRanker } from "../rankers/ranker.ts";
import { ScoreBoard, topOf } from "../matrices/score-board.ts";
import { OFFER_COMPANIONS } from "../../shoppers/list-lengths.ts";

/** Weight of popularity, so that it breaks ties between items that neither lists nor histories scored. */
const TIE_BREAK = 1e-9;

/**
 * The rankers with lists as offers hold them in place of confidence: {@link OFFER_COMPANIONS} companions, weights up to
 * 1.
 */
export function onLists(rankers: LearntRankers, lists: CompanionLists): LearntRankers {
  const confidence = strongest(lists, OFFER_COMPANIONS);
  for (let k = 0; k < confidence.weight.length; k++) confidence.weight[k] = Math.min(1, confidence.weight[k]!);
  return { ...rankers, confidence };
}

/** Published lists alone, and with what customers' histories add to them, by slice. */
export interface FoundWithHistory {
  readonly without: readonly Tally[];
  readonly with: readonly Tally[];
}

/**
 * What lists find for known customers, with and without the additions of their histories; `scales` by slice. As at
 * checkout, an addition changes the score of an item that a list scores, only items that the customer buys repeatedly
 * are suggested without one, and one-time purchases are left out. `rankers` come from {@link onLists}.
 */
export function foundWithHistory(
  rankers: LearntRankers,
  queries: readonly HeldOutQuery[],
  scales: readonly HistoryScales[],
): FoundWithHistory {
  const fitted = fitRankers(rankers);
  const lists = listRanker("blend", rankers.confidence);
  const additions = scales.map((of) => new HistoryAdditions(fitted, of));
  const board = new ScoreBoard(rankers.prior.share.length);
  const found = { without: emptyTallies(SLICES), with: emptyTallies(SLICES) };
  for (const query of queries) {
    const { cart, customer, hidden, slice, weight } = query;
    const inCart = new Set(cart);
    lists.addScores(cart, 1, board);
    const rankOf = (isExcluded: (item: number) => boolean) =>
      topOf(board, rankers.prior, TIE_BREAK, 10, isExcluded).findIndex(({ item }) => hidden.includes(item)) + 1;
    addRank(
      found.without[slice]!,
      rankOf((item) => inCart.has(item)),
      weight,
    );
    for (const { item, weight: more, again } of additions[slice]!.of(customer)) {
      if (again || board.isTouched(item)) board.add(item, more);
    }
    const owned = ownedForGood(rankers.history, customer);
    addRank(
      found.with[slice]!,
      rankOf((item) => inCart.has(item) || owned.has(item)),
      weight,
    );
    board.clear();
  }
  return found;
}
