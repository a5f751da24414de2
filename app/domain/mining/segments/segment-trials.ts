import { LISTED_COMPANIONS, OFFER_COMPANIONS } from "../../shoppers/list-lengths.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import type { BothLists } from "../lists/listed-companions.ts";
import type { EarlierLists } from "../selection/choose.ts";
import { orderQuestions } from "../selection/held-out.ts";
import { ScoreBoard } from "../matrices/score-board.ts";
import { benjaminiHochberg, binomialUpperTail } from "../../statistics/significance.ts";
import { largestUsualBasket } from "../../baskets/usual-baskets.ts";
import type { OrderSegments } from "./order-segments.ts";
import { SegmentCounts } from "./segment-counts.ts";
import { defaultPlaces, hasListOfItsOwn, ownPlaces, type ListedPlace } from "./segment-places.ts";
import { priorOrders } from "./segment-prior.ts";
import type { Segment } from "../../shoppers/shopper.ts";

/** Whether a segment's own lists find more than the default lists, on orders that neither was learnt from. */
export interface SegmentFinding extends Segment {
  /** Orders of two items or more: learnt from, and asked of those held out. */
  readonly learntOrders: number;
  readonly heldOutOrders: number;
  /** Share of questions whose answer was among the first four, with the default lists and with the segment's. */
  readonly hitRateOfAll: number;
  readonly hitRateOfSegment: number;
  /** Held-out orders of which the segment's lists answered more questions, and of which the default lists did. */
  readonly gained: number;
  readonly lost: number;
  /** Chance of such a gain between lists that are equally good, corrected for all segments tried. */
  readonly qValue: number;
  /** How many orders of all shoppers count beside the segment's own; null where it buys as all shoppers do. */
  readonly priorOrders: number | null;
  readonly verdict: "gain" | "no-gain" | "too-few-orders";
}

/** Trying segments of more lines costs more than it tells. */
const MOST_LINES = 3_000_000;
const LEAST_LEARNT = 200;
const LEAST_HELD_OUT = 50;
const MOST_HELD_OUT = 2000;
const LEAST_RELATIVE_GAIN = 0.02;
const FALSE_DISCOVERY_RATE = 0.05;
const FIRST = 4;

/**
 * Tries for every segment whether lists of its own (see `timesAsOften`) would serve it better than the default ones:
 * those that the chosen ranking makes of the earlier orders alone, which is what would have been shown.
 *
 * Each later order of the segment is asked up to three questions as on a product's page (one item is shown) and three
 * as in the cart (one is hidden), and the first four are looked at: on the page of the item's list, in the cart by the
 * sum of as many companions as are published, {@link OFFER_COMPANIONS} of the default list and {@link
 * LISTED_COMPANIONS} of a segment's. Orders of which the one answers more questions than the other are compared by the
 * exact sign test (McNemar, 1947), corrected over all segments tried (Benjamini & Hochberg, 1995). A gain must be
 * significant, at least 2 % of the hit rate, and no loss in either half of the held-out time.
 *
 * Segments with fewer than 200 orders learnt from or 50 held out are not tried; baskets beyond the usual size are left
 * out; shops of more than three million order lines are not tried at all. `orderSegments` must not know more of the
 * learnt orders than they say themselves (see `orderSegments`).
 */
export function segmentTrials(
  table: BasketTable,
  earlier: EarlierLists,
  orderSegments: OrderSegments,
): SegmentFinding[] {
  if (table.items.length > MOST_LINES) return [];
  const largest = largestUsualBasket(table);
  const counts = new SegmentCounts(earlier.baskets, orderSegments, largest);
  const lists = new TriedLists(earlier, counts, priorOrders(earlier, counts, orderSegments.segments.length));
  const isAsked = (order: number) => isBetween(table.start[order + 1]! - table.start[order]!, 2, largest);
  const ordersOf = groupBySegment(orderSegments, isAsked);
  const trials = orderSegments.segments.map((_, segment) =>
    tryOut(table, lists, segment, ordersOf[segment]!, earlier.baskets.orders),
  );
  const tried = [...trials.keys()].filter((segment) => trials[segment]!.verdict !== "too-few-orders");
  return judged(trials, tried).map((finding, segment) => ({ ...orderSegments.segments[segment]!, ...finding }));
}

/** Which of the trials are gains, corrected for all that were made. */
function judged(trials: readonly Trial[], tried: readonly number[]): Omit<SegmentFinding, keyof Segment>[] {
  const chances = tried.map((segment) => {
    const { gained, lost } = trials[segment]!;
    return binomialUpperTail(gained, gained + lost, 0.5);
  });
  const q = benjaminiHochberg(chances);
  return trials.map(({ halves, ...trial }, segment) => {
    if (trial.verdict === "too-few-orders") return { ...trial, qValue: 1 };
    const qValue = q[tried.indexOf(segment)]!;
    const isWorth = trial.hitRateOfSegment - trial.hitRateOfAll >= LEAST_RELATIVE_GAIN * trial.hitRateOfAll;
    const isGain = qValue <= FALSE_DISCOVERY_RATE && isWorth && halves.every((half) => half >= 0);
    return { ...trial, qValue, verdict: isGain ? "gain" : "no-gain" };
  });
}

/** The segments with lists of their own: the one with the largest gain first, then by name. */
export function segmentsInUse(findings: readonly SegmentFinding[]): SegmentFinding[] {
  const gain = ({ hitRateOfSegment, hitRateOfAll }: SegmentFinding) => hitRateOfSegment - hitRateOfAll;
  const name = ({ by, is }: SegmentFinding) => `${by}/${is}`;
  return findings
    .filter(({ verdict }) => verdict === "gain")
    .sort((a, b) => gain(b) - gain(a) || (name(a) < name(b) ? -1 : 1));
}

type Trial = Omit<SegmentFinding, keyof Segment | "qValue"> & {
  /** Questions gained less lost in the earlier and the later half of the held-out orders. */
  readonly halves: readonly [number, number];
};

function tryOut(
  table: BasketTable,
  lists: TriedLists,
  segment: number,
  orders: readonly number[],
  learning: number,
): Trial {
  const heldOut = spread(orders.filter((order) => order >= learning));
  const learntOrders = orders.length - orders.filter((order) => order >= learning).length;
  const prior = lists.priors[segment]!;
  const none = { learntOrders, heldOutOrders: heldOut.length, priorOrders: prior === Infinity ? null : prior };
  if (learntOrders < LEAST_LEARNT || heldOut.length < LEAST_HELD_OUT) {
    const nothing = { hitRateOfAll: 0, hitRateOfSegment: 0, gained: 0, lost: 0, halves: [0, 0] as const };
    return { ...none, ...nothing, verdict: "too-few-orders" };
  }
  const sums = { questions: 0, all: 0, own: 0, gained: 0, lost: 0 };
  const halves: [number, number] = [0, 0];
  heldOut.forEach((order, n) => {
    const { questions, all, own } = lists.ask(table, order, segment);
    sums.questions += questions;
    sums.all += all;
    sums.own += own;
    sums.gained += Number(own > all);
    sums.lost += Number(own < all);
    halves[n * 2 < heldOut.length ? 0 : 1] += own - all;
  });
  const [hitRateOfAll, hitRateOfSegment] = [sums.all / sums.questions, sums.own / sums.questions];
  return { ...none, hitRateOfAll, hitRateOfSegment, gained: sums.gained, lost: sums.lost, halves, verdict: "no-gain" };
}

/** A list as it is asked: companions, best first, with what each adds in a cart. */
interface AskedList {
  readonly companions: Uint32Array;
  readonly weights: Float32Array;
}

/** The default lists and the segments', computed on demand. */
class TriedLists {
  readonly priors: readonly number[];
  readonly #lists: BothLists;
  readonly #counts: SegmentCounts;
  /** Item -> default list; missing until it is needed. */
  readonly #all: AskedList[];
  /** Segment -> item -> its own list, or the default one where that is good enough. */
  readonly #own: readonly AskedList[][];
  readonly #board: ScoreBoard;
  readonly #answeredByAll = new Map<number, number>();

  constructor(lists: EarlierLists, counts: SegmentCounts, priors: readonly number[]) {
    this.#lists = lists;
    this.#counts = counts;
    this.priors = priors;
    this.#all = new Array<AskedList>(lists.baskets.itemCount);
    this.#own = priors.map(() => new Array<AskedList>(lists.baskets.itemCount));
    this.#board = new ScoreBoard(lists.baskets.itemCount);
  }

  /** How many questions an order asks, and how many of them the default lists and the segment's answer. */
  ask(table: BasketTable, order: number, segment: number): { questions: number; all: number; own: number } {
    const page = orderQuestions(table, order, "page");
    const cart = orderQuestions(table, order, "cart");
    const answered = (segment: number | null) =>
      page.filter(({ cart: [item], hidden }) => this.#answersPage(item!, hidden, segment)).length +
      cart.filter(({ cart: items, hidden: [one] }) => this.#answersCart(items, one!, segment)).length;
    // An order belongs to several segments, and the default answers are the same each time.
    const all = this.#answeredByAll.get(order) ?? answered(null);
    this.#answeredByAll.set(order, all);
    return { questions: page.length + cart.length, all, own: answered(segment) };
  }

  #answersPage(item: number, hidden: readonly number[], segment: number | null): boolean {
    return this.#listFor(item, segment)
      .companions.subarray(0, FIRST)
      .some((companion) => hidden.includes(companion));
  }

  #answersCart(items: readonly number[], hidden: number, segment: number | null): boolean {
    const board = this.#board;
    for (const item of items) {
      const { companions, weights } = this.#listFor(item, segment);
      board.addEach(companions, weights, 0, companions.length, 1);
    }
    const { scores, touched } = board;
    const score = scores[hidden]!;
    let ahead = 0;
    // What weighs as much is ahead of it: nothing is won by chance.
    for (let n = 0; n < touched.length; n++) {
      const other = touched[n]!;
      if (scores[other]! >= score && other !== hidden && !items.includes(other)) ahead++;
    }
    board.clear();
    return score > 0 && ahead < FIRST;
  }

  #listFor(item: number, segment: number | null): AskedList {
    if (this.#all[item] === undefined) this.#make(item);
    return (segment === null ? this.#all : this.#own[segment]!)[item]!;
  }

  #make(item: number): void {
    const counts = this.#counts;
    const places = defaultPlaces(this.#lists, item);
    counts.read(
      item,
      places.map(({ companion }) => companion),
    );
    const all = askedList(places, OFFER_COMPANIONS);
    this.#all[item] = all;
    this.priors.forEach((prior, segment) => {
      const list = ownPlaces(places, counts, segment, prior);
      this.#own[segment]![item] = hasListOfItsOwn(list, places) ? askedList(list, LISTED_COMPANIONS) : all;
    });
  }
}

function askedList(places: readonly ListedPlace[], length: number): AskedList {
  const kept = places.slice(0, length);
  return {
    companions: Uint32Array.from(kept, ({ companion }) => companion),
    weights: Float32Array.from(kept, ({ weight }) => weight),
  };
}

/** Segment -> its orders, ascending. */
function groupBySegment({ segments, dimensions }: OrderSegments, isAsked: (order: number) => boolean): number[][] {
  const orders: number[][] = segments.map(() => []);
  for (const dimension of dimensions) {
    dimension.forEach((segment, order) => {
      if (segment >= 0 && isAsked(order)) orders[segment]!.push(order);
    });
  }
  return orders;
}

/** At most 2,000 orders, evenly spaced. */
function spread(orders: readonly number[]): number[] {
  const count = Math.min(orders.length, MOST_HELD_OUT);
  return Array.from({ length: count }, (_, n) => orders[Math.floor((n * orders.length) / count)]!);
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
