import { CUSTOMER_ADDS } from "../../shoppers/list-lengths.ts";
import { ownedForGood } from "./customer-history.ts";
import type { CustomerHistory } from "./customer-history.ts";
import { addRankerScores } from "./rankers.ts";
import type { FittedRankers } from "./rankers.ts";
import { ScoreBoard } from "../matrices/score-board.ts";

/** Weights of a customer's own history beside published lists; both 0 where it does not count. */
export interface HistoryScales {
  readonly own: number;
  readonly ownCompanions: number;
}

/** Histories do not count. */
export const NO_HISTORY: HistoryScales = { own: 0, ownCompanions: 0 };

/** What a customer's history adds to one item's sum over a cart. */
export interface Addition {
  readonly item: number;
  /** Above 0, in the unit of the lists that it is added to. */
  readonly weight: number;
  /**
   * Whether the customer buys it repeatedly: orders with it, later ones weighing more, add up to more than one.
   * Only such an item may be suggested for the history alone; any other needs a list that holds it.
   */
  readonly again: boolean;
}

/** Decayed count of orders that one order alone never reaches, whatever the rounding. */
const MORE_THAN_ONCE = 1.01;

/** Scores items by customers' histories, reusing its working memory; not to be shared between threads. */
export class HistoryAdditions {
  readonly #rankers: FittedRankers;
  readonly #scales: HistoryScales;
  readonly #board: ScoreBoard;

  constructor(rankers: FittedRankers, scales: HistoryScales) {
    this.#rankers = rankers;
    this.#scales = scales;
    this.#board = new ScoreBoard(rankers.prior.share.length);
  }

  /**
   * own * s_own + ownCompanions * s_companions for one customer (see `rankers.ts`): the {@link CUSTOMER_ADDS} largest,
   * largest first, equal ones by item; without one-time purchases. Empty for the unknown customer -1.
   */
  of(customer: number): Addition[] {
    const board = this.#board;
    const asked = { cart: [], customer };
    addRankerScores(this.#rankers, "own", asked, this.#scales.own, board);
    addRankerScores(this.#rankers, "ownCompanions", asked, this.#scales.ownCompanions, board);
    const owned = ownedForGood(this.#rankers.history, customer);
    const repeated = repeatedItems(this.#rankers.history, customer);
    const additions = Array.from(board.touched, (item) => ({ item, weight: board.scores[item]! }))
      .filter(({ item, weight }) => weight > 0 && !owned.has(item))
      .sort((a, b) => b.weight - a.weight || a.item - b.item)
      .slice(0, CUSTOMER_ADDS)
      .map((addition) => ({ ...addition, again: repeated.has(addition.item) }));
    board.clear();
    return additions;
  }
}

function repeatedItems({ start, item, share, orders }: CustomerHistory, customer: number): ReadonlySet<number> {
  const repeated = new Set<number>();
  if (customer < 0) return repeated;
  for (let k = start[customer]!; k < start[customer + 1]!; k++) {
    if (share[k]! * orders[customer]! > MORE_THAN_ONCE) repeated.add(item[k]!);
  }
  return repeated;
}
