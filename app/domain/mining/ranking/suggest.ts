import type { RankingModel } from "./model.ts";
import { addPart, PARTS } from "./parts.ts";
import type { Asked, Scales } from "./parts.ts";
import { ScoreBoard, topOf } from "./score-board.ts";

export interface SuggestQuery {
  readonly items: readonly string[];
  readonly customer?: string | null;
}

export interface Suggestion {
  readonly item: string;
  readonly score: number;
}

/** Answers queries of one model, reusing its working memory; not to be shared between threads. */
export class Suggester {
  readonly #model: RankingModel;
  readonly #items: ReadonlyMap<string, number>;
  readonly #customers: ReadonlyMap<string, number>;
  readonly #board: ScoreBoard;

  constructor(model: RankingModel) {
    this.#model = model;
    this.#items = new Map(model.itemIds.map((id, index) => [id, index]));
    this.#customers = new Map(model.customerIds.map((id, index) => [id, index]));
    this.#board = new ScoreBoard(model.itemIds.length);
  }

  /**
   * The `top` items that go best with the query, best first, none of them in it; fewer only where the catalogue has
   * no more. Unknown items and customers are passed over; a cart that says nothing gets what sells.
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
    PARTS.forEach((part, index) => addPart(this.#model.parts, part, asked, scales[index]!, this.#board));
    const prior = scales[PARTS.indexOf("prior")]!;
    const ranked = topOf(this.#board, this.#model.parts.prior, prior, top, (item) => cart.has(item));
    this.#board.clear();
    return ranked.map(({ item, score }) => ({ item: this.#model.itemIds[item]!, score }));
  }

  #scalesFor({ cart, customer }: Asked): Scales {
    const { scales } = this.#model;
    if (customer >= 0) return scales.customer;
    return cart.length === 1 ? scales.page : scales.cart;
  }
}
