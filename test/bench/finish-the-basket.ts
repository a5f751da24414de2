import { BasketTableBuilder, type BasketTable } from "../../app/domain/baskets/basket-table.ts";
import { bestRuleRanker, confidenceLists } from "../../app/domain/mining/rankers/confidence.ts";
import { pairWeights, type PairWeights } from "../../app/domain/mining/matrices/pair-weights.ts";
import { popularity } from "../../app/domain/mining/rankers/popularity.ts";
import { listRanker, type FittedRanker } from "../../app/domain/mining/rankers/ranker.ts";
import { ScoreBoard, topOf } from "../../app/domain/mining/matrices/score-board.ts";
import { trainingBaskets } from "../../app/domain/mining/matrices/training-baskets.ts";
import { seededRandom } from "./synthetic-orders.ts";

/** What is shown of a later order: all but one item with or without its customer, or one item on its own page. */
export type Shown = "cart" | "cart of a known customer" | "product page";

/** Some of a later order, and what is to be found of the rest. */
export interface Question {
  readonly items: readonly string[];
  readonly customer: string | null;
  readonly hidden: ReadonlySet<string>;
}

/** Over the questions: the share with a hit among the first 1, 4 and 10, the mean gain, and the catalogue shown. */
export interface Figures {
  readonly hitRate1: number;
  readonly hitRate4: number;
  readonly hitRate10: number;
  readonly ndcg10: number;
  readonly coverage4: number;
}

/** Answers a question with the best items first, none of them in it. */
export type Answer = (question: Question, top: number) => readonly string[];

const EARLIER = 0.8;
const DRAWS = 3;

/**
 * The earlier 80 % of the orders, to learn from, and the later ones, to ask about; `shuffled` takes them at random
 * instead, for files that are in no order of time.
 */
export function splitOrders(table: BasketTable, shuffled: boolean): { earlier: BasketTable; later: number[] } {
  const orders = Array.from({ length: table.at.length }, (_, order) => order);
  if (shuffled) {
    const random = seededRandom(1);
    for (let k = orders.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [orders[k], orders[other]] = [orders[other]!, orders[k]!];
    }
  }
  const split = Math.floor(orders.length * EARLIER);
  const builder = new BasketTableBuilder();
  orders.slice(0, split).forEach((order, place) => {
    const { customer, items } = orderOf(table, order);
    for (const item of items) builder.add(String(place).padStart(9, "0"), customer, table.at[order]!, item);
  });
  return { earlier: builder.build(), later: orders.slice(split) };
}

/** Three draws from each later order of two or more items. The draws depend on the order's place alone. */
export function questions(table: BasketTable, later: readonly number[], shown: Shown): Question[] {
  const asked: Question[] = [];
  for (let draw = 1; draw <= DRAWS; draw++) {
    for (const order of later) {
      const { customer, items } = orderOf(table, order);
      if (items.length < 2) continue;
      const one = items[Math.floor(seededRandom(order * DRAWS + draw)() * items.length)]!;
      const rest = items.filter((item) => item !== one);
      asked.push(
        shown === "product page"
          ? { items: [one], customer: null, hidden: new Set(rest) }
          : { items: rest, customer: shown === "cart" ? null : customer, hidden: new Set([one]) },
      );
    }
  }
  return asked;
}

function orderOf(table: BasketTable, order: number): { customer: string | null; items: string[] } {
  const items = [...table.items.subarray(table.start[order], table.start[order + 1])];
  return {
    customer: table.customerIds[table.customer[order]!] ?? null,
    items: items.map((item) => table.itemIds[item]!),
  };
}

export function figuresOf(asked: readonly Question[], catalogue: number, answer: Answer): Figures {
  const sums = { hitRate1: 0, hitRate4: 0, hitRate10: 0, ndcg10: 0 };
  const shown = new Set<string>();
  for (const question of asked) {
    const answers = answer(question, 10);
    for (const item of answers.slice(0, 4)) shown.add(item);
    const rank = answers.findIndex((item) => question.hidden.has(item)) + 1;
    if (rank === 0) continue;
    sums.hitRate10++;
    if (rank <= 4) sums.hitRate4++;
    if (rank === 1) sums.hitRate1++;
    sums.ndcg10 += 1 / Math.log2(rank + 1);
  }
  const mean = (sum: number) => (asked.length === 0 ? 0 : sum / asked.length);
  return {
    hitRate1: mean(sums.hitRate1),
    hitRate4: mean(sums.hitRate4),
    hitRate10: mean(sums.hitRate10),
    ndcg10: mean(sums.ndcg10),
    coverage4: catalogue === 0 ? 0 : shown.size / catalogue,
  };
}

/** The rankings that other programs use, learnt from the same orders. What sells fills up where they are silent. */
export function plainRankings(earlier: BasketTable): Readonly<Record<string, Answer>> {
  const baskets = trainingBaskets(earlier);
  const [pairs] = pairWeights(baskets, [{ sizePower: 0, halfLife: null }]);
  const prior = popularity(baskets, null);
  const places = new Map(earlier.itemIds.map((id, place) => [id, place]));
  const board = new ScoreBoard(earlier.itemIds.length);
  const answering =
    (ranker: FittedRanker | null): Answer =>
    (question, top) => {
      const cart = question.items.flatMap((item) => places.get(item) ?? []);
      ranker?.addScores(cart, 1, board);
      const ranked = topOf(board, prior, 1e-9, top, (item) => cart.includes(item));
      board.clear();
      return ranked.map(({ item }) => earlier.itemIds[item]!);
    };
  return {
    popularity: answering(null),
    "co-purchase count": answering(everyPair(pairs!, (together) => together)),
    "confidence, summed": answering(everyPair(pairs!, (together, a) => together / a)),
    cosine: answering(everyPair(pairs!, (together, a, b) => together / Math.sqrt(a * b))),
    "best rule, n >= 5": answering(bestRuleRanker(confidenceLists(pairs!, 5))),
  };
}

/** Sums a measure of each pair over the cart, with nothing cut off. */
function everyPair(pairs: PairWeights, measure: (together: number, a: number, b: number) => number): FittedRanker {
  const { start, partner, own } = pairs;
  const weight = new Float32Array(partner.length);
  for (let item = 0; item < own.length; item++) {
    for (let e = start[item]!; e < start[item + 1]!; e++) {
      weight[e] = measure(pairs.weight[e]!, own[item]!, own[partner[e]!]!);
    }
  }
  return listRanker("confidence", { start, companion: partner, weight });
}
