import { CUSTOMER_ADDS } from "../../shoppers/list-lengths.ts";
import { ownedForGood } from "./customer-history.ts";
import type { CustomerHistory } from "./customer-history.ts";
import { addPart } from "./parts.ts";
import type { FittedParts } from "./parts.ts";
import { ScoreBoard } from "../matrices/score-board.ts";

/** How loudly a customer's own history speaks beside published lists; both 0 where it is not to be heard. */
export interface HistoryScales {
  readonly own: number;
  readonly ownCompanions: number;
}

/** Histories say nothing. */
export const NOT_HEARD: HistoryScales = { own: 0, ownCompanions: 0 };

/** What a customer's history adds to one item's sum over a cart. */
export interface Addition {
  readonly item: number;
  /** Above 0, in the unit of the lists that it is added to. */
  readonly weight: number;
  /**
   * Whether the customer buys it again and again: orders with it, later ones counting more, come to more than one.
   * Only such an item may be suggested for the history alone; any other needs a list that speaks for it.
   */
  readonly again: boolean;
}

/** Decayed count of orders that one order alone never reaches, whatever the rounding. */
const MORE_THAN_ONCE = 1.01;

/** Asks the histories of customers, reusing its working memory; not to be shared between threads. */
export class HistoryAdditions {
  readonly #parts: FittedParts;
  readonly #scales: HistoryScales;
  readonly #board: ScoreBoard;

  constructor(parts: FittedParts, scales: HistoryScales) {
    this.#parts = parts;
    this.#scales = scales;
    this.#board = new ScoreBoard(parts.prior.share.length);
  }

  /**
   * own * s_own + ownCompanions * s_companions for one customer (see `parts.ts`): the {@link CUSTOMER_ADDS} largest,
   * largest first, equal ones by item; without what the customer has for good. Nothing for the unknown customer -1.
   */
  of(customer: number): Addition[] {
    const board = this.#board;
    const asked = { cart: [], customer };
    addPart(this.#parts, "own", asked, this.#scales.own, board);
    addPart(this.#parts, "ownCompanions", asked, this.#scales.ownCompanions, board);
    const owned = ownedForGood(this.#parts.history, customer);
    const repeated = repeatedItems(this.#parts.history, customer);
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
