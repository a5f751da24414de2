import type { CompanionLists } from "../matrices/companion-lists.ts";
import type { ScoreBoard } from "../matrices/score-board.ts";

/** The rankings among which one is chosen on a shop's own orders. A blend is a weighted sum of several rankers. */
export type RankingName =
  "popularity" | "confidence" | "neighbour-ridge" | "blend" | "best-rule" | "basket-neighbours" | "basket-blend";

/** A ranker that has learnt a shop's baskets. */
export interface FittedRanker {
  readonly name: RankingName;
  /**
   * Adds `scale` times the score of each item that goes with the cart. The cart holds distinct item indexes; an item
   * of the cart may get a score, which the caller ignores. Items that are not touched score 0.
   */
  addScores(cart: ArrayLike<number>, scale: number, board: ScoreBoard): void;
  /** The lists that the scores come from; null where they come from baskets. */
  readonly lists: CompanionLists | null;
}

/** The ranking that sums companion lists over the cart. */
export function listRanker(name: RankingName, lists: CompanionLists): FittedRanker {
  return {
    name,
    lists,
    addScores(cart, scale, board) {
      for (let k = 0; k < cart.length; k++) {
        board.addEach(lists.companion, lists.weight, lists.start[cart[k]!]!, lists.start[cart[k]! + 1]!, scale);
      }
    },
  };
}
