import { NO_BROWSING, type BrowsingLists, type BrowsingScales } from "../browsing/browsing-lists.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { ScoreBoard, topOf, type Prior } from "../matrices/score-board.ts";
import { listRanker } from "../rankers/ranker.ts";
import { SLICES, type HeldOutQuery } from "./held-out.ts";
import { addRank, emptyTallies, isClearlyBetter, joinTallies, qualityOf, type Quality, type Tally } from "./quality.ts";
import { normalUpperTail } from "../../statistics/normal.ts";

/** Whether the lists of one surface find more with browsing, on orders that came after all of it. */
export interface BrowsingTrial {
  /** What browsing adds from now on; 0 where it does not help. */
  readonly scales: BrowsingScales;
  /** The lists alone, and with what browsing adds. Slices of time, then all of them. */
  readonly without: readonly Quality[];
  readonly with: readonly Quality[];
  /** Orders that were answered better with browsing, and worse. */
  readonly gained: number;
  readonly lost: number;
  /** Chance of so large a gain where browsing says nothing. */
  readonly pValue: number;
  /** The same questions where the product that is asked about is new; without slices. */
  readonly newProducts: { readonly without: Quality; readonly with: Quality };
}

/** Weights tried, in units in which its best companion weighs as much as the best of the lists, on average. */
const STEPS = [0, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6] as const;
/** Relative gain below which a smaller weight is kept. */
const LEAST_GAIN = 0.001;
/** Relative gain in NDCG@10 that browsing needs, as each more complex ranking does; also in most of the slices. */
const WORTH = 0.005;
/** Chance of so large a gain up to which it is believed, and how many orders have to change for it. */
const BELIEVED = 0.025;
const LEAST_CHANGED = 10;
const CANDIDATES_PER_LIST = 20;
/** Weight of popularity, so that it breaks ties between items that no list scored. */
const TIE_BREAK = 1e-6;

/** One question's candidates, the hidden ones first, with the score that each list gives them. */
interface Question {
  readonly hidden: number;
  readonly scores: readonly [lists: Float64Array, viewed: Float64Array, thenBought: Float64Array];
}

/**
 * Two-fold cross-validation, as for blends: the weights of even slices are found on the odd ones and the other way
 * round; the weights that are used are found on all. Browsing is used where it gains clearly, and where the mean gain of
 * an order is larger than chance gives (a paired test of the orders' discounted gains, one-sided).
 * `isNew` says of an item whether it is a new product. Deterministic.
 */
export function tryBrowsing(
  lists: CompanionLists,
  browsing: BrowsingLists,
  prior: Prior,
  queries: readonly HeldOutQuery[],
  isNew: (item: number) => boolean,
): BrowsingTrial {
  const questions = questionsOf(lists, browsing, prior, queries);
  const tried = scalesToTry(questions);
  const gains = tried.map((scales) => gainBySlice(questions, queries, scales));
  const bestOn = (isWanted: (slice: number) => boolean) => tried[bestOf(gains, isWanted)]!;
  const crossed = [bestOn((slice) => slice % 2 === 1), bestOn((slice) => slice % 2 === 0)];
  const found = { without: emptyTallies(SLICES), with: emptyTallies(SLICES) };
  const foundOfNew = { without: emptyTallies(1), with: emptyTallies(1) };
  const changes = new OrderChanges();
  queries.forEach(({ slice, weight, cart }, index) => {
    const ranks = {
      without: rankIn(questions[index]!, NO_BROWSING),
      with: rankIn(questions[index]!, crossed[slice % 2]!),
    };
    for (const how of ["without", "with"] as const) {
      addRank(found[how][slice]!, ranks[how], weight);
      if (cart.every(isNew)) addRank(foundOfNew[how][0]!, ranks[how], weight);
    }
    changes.add(weight, discounted(ranks.with) - discounted(ranks.without));
  });
  const qualities = { without: withTotal(found.without), with: withTotal(found.with) };
  const { gained, lost } = changes;
  const pValue = changes.pValue();
  const helps = isClearlyBetter(qualities.with, qualities.without, WORTH) && pValue <= BELIEVED;
  return {
    ...{ ...qualities, gained, lost, pValue },
    scales: helps ? bestOn(() => true) : NO_BROWSING,
    newProducts: { without: qualityOf(foundOfNew.without[0]!), with: qualityOf(foundOfNew.with[0]!) },
  };
}

function questionsOf(
  lists: CompanionLists,
  { viewed, thenBought }: BrowsingLists,
  prior: Prior,
  queries: readonly HeldOutQuery[],
): Question[] {
  const parts = [lists, viewed, thenBought].map((of) => ({
    ranker: listRanker("blend", of),
    board: new ScoreBoard(prior.share.length),
  }));
  return queries.map(({ cart, hidden }) => {
    const inCart = new Set(cart);
    const candidates = new Set(hidden);
    for (const { ranker, board } of parts) ranker.addScores(cart, 1, board);
    parts.forEach(({ board }, part) => {
      // What browsing does not score is no candidate of it: popularity is that of the lists.
      const top = topOf(board, prior, part === 0 ? TIE_BREAK : 0, CANDIDATES_PER_LIST, (item) => inCart.has(item));
      for (const { item, score } of top) if (score > 0) candidates.add(item);
    });
    const items = [...candidates];
    const scoresOf = (part: number) => Float64Array.from(items, (item) => parts[part]!.board.scores[item]!);
    const own = scoresOf(0).map((score, row) => score + TIE_BREAK * prior.share[items[row]!]!);
    const question: Question = { hidden: hidden.length, scores: [own, scoresOf(1), scoresOf(2)] };
    for (const { board } of parts) board.clear();
    return question;
  });
}

/** Every pair of steps, the smallest weights first. */
function scalesToTry(questions: readonly Question[]): BrowsingScales[] {
  const [own, viewed, thenBought] = [0, 1, 2].map((part) => meanBest(questions, part)) as [number, number, number];
  const unit = (of: number) => (of === 0 ? 0 : own / of);
  const scales = STEPS.flatMap((one) =>
    STEPS.map((other) => ({ size: one + other, viewed: one * unit(viewed), thenBought: other * unit(thenBought) })),
  );
  return scales.sort((a, b) => a.size - b.size || a.viewed - b.viewed).map(({ size: _, ...scale }) => scale);
}

/** What the best candidate of a list scores on average, over the questions of which it scores any. */
function meanBest(questions: readonly Question[], part: number): number {
  const best = questions.map(({ scores }) => scores[part]!.reduce((most, score) => Math.max(most, score), 0));
  const scored = best.filter((score) => score > TIE_BREAK);
  return scored.length === 0 ? 0 : scored.reduce((sum, score) => sum + score, 0) / scored.length;
}

function gainBySlice(
  questions: readonly Question[],
  queries: readonly HeldOutQuery[],
  scales: BrowsingScales,
): number[] {
  const gains = Array<number>(SLICES).fill(0);
  queries.forEach(({ slice, weight }, index) => {
    gains[slice]! += weight * discounted(rankIn(questions[index]!, scales));
  });
  return gains;
}

/** The place of the scales that gain most on these slices; of two that gain about the same, the smaller ones. */
function bestOf(gains: readonly (readonly number[])[], isWanted: (slice: number) => boolean): number {
  let best = 0;
  let most = -1;
  gains.forEach((bySlice, place) => {
    const gain = bySlice.reduce((sum, one, slice) => sum + (isWanted(slice) ? one : 0), 0);
    if (most >= 0 && gain <= most * (1 + LEAST_GAIN)) return;
    most = gain;
    best = place;
  });
  return best;
}

/** The rank, from 1, of the best hidden candidate; equal scores count against it. Infinity where none scores. */
function rankIn({ hidden, scores: [own, viewed, thenBought] }: Question, scales: BrowsingScales): number {
  const total = (row: number) => own[row]! + scales.viewed * viewed[row]! + scales.thenBought * thenBought[row]!;
  let best = 0;
  for (let row = 0; row < hidden; row++) best = Math.max(best, total(row));
  if (best <= 0) return Infinity;
  let rank = 1;
  for (let row = hidden; row < own.length; row++) if (total(row) >= best) rank++;
  return rank;
}

function discounted(rank: number): number {
  return rank <= 10 ? 1 / Math.log2(rank + 1) : 0;
}

function withTotal(slices: readonly Tally[]): Quality[] {
  return [...slices, ...joinTallies(slices.map((slice) => [slice]))].map(qualityOf);
}

/** How orders changed: the questions of one follow each other and weigh 1 together. */
class OrderChanges {
  gained = 0;
  lost = 0;
  #orders = 0;
  #sum = 0;
  #squares = 0;
  #left = 0;
  #change = 0;

  add(weight: number, change: number): void {
    if (this.#left === 0) this.#left = Math.round(1 / weight);
    this.#change += weight * change;
    if (--this.#left > 0) return;
    this.#orders++;
    this.#sum += this.#change;
    this.#squares += this.#change ** 2;
    if (this.#change > 0) this.gained++;
    if (this.#change < 0) this.lost++;
    this.#change = 0;
  }

  /** Chance of so large a mean change among so many orders where the true one is 0; 1 where few orders changed. */
  pValue(): number {
    const spread = Math.sqrt(this.#squares - this.#sum ** 2 / Math.max(1, this.#orders));
    if (this.gained + this.lost < LEAST_CHANGED) return 1;
    return spread > 0 ? normalUpperTail(this.#sum / spread) : this.#sum > 0 ? 0 : 1;
  }
}
