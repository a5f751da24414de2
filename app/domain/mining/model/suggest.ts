import { addNextBasket } from "../rankers/next-basket.ts";
import { ownedForGood } from "../rankers/customer-history.ts";
import type { RankingModel } from "./model.ts";
import { addRankerScores, fitRankers, RANKERS } from "../rankers/rankers.ts";
import type { Asked, FittedRankers, Scales } from "../rankers/rankers.ts";
import { priorOf } from "../rankers/popularity.ts";
import { ScoreBoard, topOf } from "../matrices/score-board.ts";
import type { Prior } from "../matrices/score-board.ts";
import { SellingNow } from "../rankers/selling-now.ts";
import type { SellingAt } from "../rankers/selling-now.ts";

export interface SuggestQuery {
  readonly items: readonly string[];
  readonly customer?: string | null;
}

export interface NextQuery {
  readonly customer: string;
  /** When the next order is expected, in the unit of the orders' times; null for after the last order. */
  readonly at: number | null;
}

export interface Suggestion {
  readonly item: string;
  readonly score: number;
}

/** Answers queries of one model, reusing its working memory; not to be shared between threads. */
export class Suggester {
  readonly #model: RankingModel;
  readonly #rankers: FittedRankers;
  readonly #items: ReadonlyMap<string, number>;
  readonly #customers: ReadonlyMap<string, number>;
  readonly #board: ScoreBoard;
  readonly #selling: SellingNow;
  readonly #priors = new WeakMap<SellingAt, Prior>();

  constructor(model: RankingModel) {
    this.#model = model;
    this.#rankers = fitRankers(model.rankers);
    this.#items = new Map(model.itemIds.map((id, index) => [id, index]));
    this.#customers = new Map(model.customerIds.map((id, index) => [id, index]));
    this.#board = new ScoreBoard(model.itemIds.length);
    this.#selling = new SellingNow(model.baskets, model.itemIds.length);
  }

  /**
   * The `top` items that go best with the query, best first, none of them in it, and none that the customer has and
   * would not buy again; fewer only where the catalogue has no more. Unknown items and customers are passed over; a
   * cart that says nothing gets what sells.
   */
  suggest(query: SuggestQuery, top: number): Suggestion[] {
    const cart = new Set<number>();
    for (const id of query.items) {
      const index = this.#items.get(id);
      if (index !== undefined) cart.add(index);
    }
    const customer =
      (query.customer === undefined || query.customer === null ? undefined : this.#customers.get(query.customer)) ?? -1;
    const asked = { cart: [...cart], customer };
    const scales = this.#scalesFor(asked);
    RANKERS.forEach((ranker, index) => addRankerScores(this.#rankers, ranker, asked, scales[index]!, this.#board));
    const prior = scales[RANKERS.indexOf("prior")]!;
    const owned = ownedForGood(this.#rankers.history, customer);
    const ranked = topOf(this.#board, this.#rankers.prior, prior, top, (item) => cart.has(item) || owned.has(item));
    this.#board.clear();
    return ranked.map(({ item, score }) => ({ item: this.#model.itemIds[item]!, score }));
  }

  /**
   * The `top` items the customer is likeliest to buy in their next order, best first, none that they have and would
   * not buy again; see {@link addNextBasket}.
   */
  suggestNext(query: NextQuery, top: number): Suggestion[] {
    const { history } = this.#rankers;
    const selling = this.#selling.at(query.at);
    const customer = this.#customers.get(query.customer) ?? -1;
    addNextBasket(history, selling, customer, this.#board);
    const owned = ownedForGood(history, customer);
    const ranked = topOf(this.#board, this.#priorOf(selling), 1, top, (item) => owned.has(item));
    this.#board.clear();
    return ranked.map(({ item, score }) => ({ item: this.#model.itemIds[item]!, score }));
  }

  #priorOf(selling: SellingAt): Prior {
    const known = this.#priors.get(selling) ?? priorOf(selling.share);
    this.#priors.set(selling, known);
    return known;
  }

  #scalesFor({ cart, customer }: Asked): Scales {
    const { scales } = this.#model;
    if (customer >= 0) return scales.customer;
    return cart.length === 1 ? scales.page : scales.cart;
  }
}
