import type { BasketTable } from "../basket-table.ts";
import { ItemScores, SegmentConfidence } from "./segment-confidence.ts";
import { benjaminiHochberg, binomialUpperTail } from "../significance.ts";
import { largestUsualBasket } from "../usual-baskets.ts";

/** An item bought with another one in a segment; the weight is a share of the item's orders, 0 to 1. */
export interface SegmentCompanion {
  readonly id: string;
  readonly weight: number;
}

/** Whether a segment's own lists find more than everybody's, on orders that neither had seen. */
export interface SegmentTrial {
  readonly segment: string;
  /** Orders of two items or more: learnt from, and held out. */
  readonly learntOrders: number;
  readonly heldOutOrders: number;
  /** Share of held-out orders whose hidden item was among the first four, with everybody's lists and its own. */
  readonly hitRateOfAll: number;
  readonly hitRateOfSegment: number;
  /** Held-out orders that only the segment's lists got right, and that only everybody's did. */
  readonly gained: number;
  readonly lost: number;
  /** Chance of such a gain between lists that are equally good, corrected for all segments tried. */
  readonly qValue: number;
  readonly verdict: "gain" | "no-gain" | "too-few-orders";
}

export interface SegmentLists {
  /** Every segment that was found, ascending by name. */
  readonly trials: readonly SegmentTrial[];
  /** Segment -> item id -> companions, for the segments with a gain; items of thin evidence there are left out. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<string, readonly SegmentCompanion[]>>;
}

const HELD_OUT_SHARE = 0.2;
const LEAST_LEARNT = 200;
const LEAST_HELD_OUT = 50;
const MOST_HELD_OUT = 2000;
const LEAST_RELATIVE_GAIN = 0.02;
const FALSE_DISCOVERY_RATE = 0.05;
const FIRST = 4;
const LEAST_ITEM_ORDERS = 10;
const MOST_COMPANIONS = 50;

/**
 * Lists of what is bought together by one segment (new or returning, a market, a channel, a rank), only for segments
 * where they find more than everybody's lists do.
 *
 * A segment's weight of b with a: (n_s(a, b) + 20 n(a, b) / n(a)) / (n_s(a) + 20), the segment's confidence drawn
 * towards everybody's (Dirichlet prior; as the back-off of Zhai & Lafferty, 2004). Both are learnt from the first 80 %
 * of all orders; in each later order of the segment one item is hidden and the rest ranks the catalogue by the sum of
 * the weights. Orders that only one of the two gets right are compared by the exact sign test (McNemar, 1947),
 * corrected over segments (Benjamini & Hochberg, 1995). A gain must be significant, at least 2 % of the hit rate, and
 * no loss in either half of the held-out time. Segments with fewer than 200 orders learnt from or 50 held out are not
 * tried; baskets beyond the usual size are left out. The lists of a segment with a gain are then learnt from all orders.
 *
 * `segmentOf` names the segment of an order, null for none. Items ascend by id; companions descend by weight, then
 * ascend by id, at most 50.
 */
export function segmentLists(table: BasketTable, segmentOf: (order: number) => string | null): SegmentLists {
  const orders = table.at.length;
  const largest = largestUsualBasket(table);
  const isUsual = (order: number) => table.start[order + 1]! - table.start[order]! <= largest;
  const segment = Array.from({ length: orders }, (_, order) => (isUsual(order) ? segmentOf(order) : null));
  const names = [...new Set(segment.filter((name) => name !== null))].sort();
  const split = Math.floor(orders * (1 - HELD_OUT_SHARE));
  const everybody = new SegmentConfidence(ordersOf(table, (order) => order < split && isUsual(order)));
  const trials = names.map((name) => tryOut(table, segment, name, split, everybody));
  const tried = trials.filter(({ verdict }) => verdict !== "too-few-orders");
  const q = benjaminiHochberg(tried.map(({ gained, lost }) => binomialUpperTail(gained, gained + lost, 0.5)));
  const judged = trials.map(({ halves, ...trial }): SegmentTrial => {
    const n = tried.findIndex((other) => other.segment === trial.segment);
    if (n < 0) return trial;
    const relative = trial.hitRateOfSegment - trial.hitRateOfAll >= LEAST_RELATIVE_GAIN * trial.hitRateOfAll;
    const gain = q[n]! <= FALSE_DISCOVERY_RATE && relative && halves.every((half) => half >= 0);
    return { ...trial, qValue: q[n]!, verdict: gain ? "gain" : "no-gain" };
  });
  const winners = judged.filter(({ verdict }) => verdict === "gain");
  const all = winners.length === 0 ? null : new SegmentConfidence(ordersOf(table, isUsual));
  const lists = winners.map(({ segment: name }) => {
    const own = ordersOf(table, (order) => segment[order] === name);
    return [name, listsOf(table, new SegmentConfidence(own, all))] as const;
  });
  return { trials: judged, lists: new Map(lists) };
}

/** "new" for a customer's first order, "returning" for later ones; null without a customer or a date. */
export function newOrReturning(table: BasketTable): (order: number) => "new" | "returning" | null {
  const first = new Float64Array(table.customerIds.length).fill(Infinity);
  table.at.forEach((at, order) => {
    const customer = table.customer[order]!;
    if (customer >= 0 && at < first[customer]!) first[customer] = at;
  });
  return (order) => {
    const [customer, at] = [table.customer[order] ?? -1, table.at[order] ?? NaN];
    if (customer < 0 || Number.isNaN(at)) return null;
    return at === first[customer] ? "new" : "returning";
  };
}

interface Trial extends SegmentTrial {
  /** Gained less lost in the earlier and the later half of the held-out orders. */
  readonly halves: readonly [number, number];
}

function tryOut(
  table: BasketTable,
  segment: readonly (string | null)[],
  name: string,
  split: number,
  everybody: SegmentConfidence,
): Trial {
  const usable = (order: number) => segment[order] === name && table.start[order + 1]! - table.start[order]! > 1;
  const learntOrders = countOf(0, split, usable);
  const heldOut = spread(Array.from({ length: segment.length - split }, (_, n) => split + n).filter(usable));
  const none = { segment: name, learntOrders, heldOutOrders: heldOut.length, qValue: 1, verdict: "no-gain" } as const;
  if (learntOrders < LEAST_LEARNT || heldOut.length < LEAST_HELD_OUT) {
    const nothing = { hitRateOfAll: 0, hitRateOfSegment: 0, gained: 0, lost: 0, halves: [0, 0] as const };
    return { ...none, ...nothing, verdict: "too-few-orders" };
  }
  const learnt = ordersOf(table, (order) => order < split && segment[order] === name);
  const own = new SegmentConfidence(learnt, everybody);
  const scores = new ItemScores(table.itemIds.length);
  const hits = { all: 0, own: 0, gained: 0, lost: 0 };
  const halves: [number, number] = [0, 0];
  heldOut.forEach((order, n) => {
    const byAll = findsHidden(table, order, everybody, scores);
    const byOwn = findsHidden(table, order, own, scores);
    hits.all += Number(byAll);
    hits.own += Number(byOwn);
    hits.gained += Number(byOwn && !byAll);
    hits.lost += Number(byAll && !byOwn);
    halves[n * 2 < heldOut.length ? 0 : 1] += Number(byOwn) - Number(byAll);
  });
  const [hitRateOfAll, hitRateOfSegment] = [hits.all / heldOut.length, hits.own / heldOut.length];
  return { ...none, hitRateOfAll, hitRateOfSegment, gained: hits.gained, lost: hits.lost, halves };
}

/** Whether the order's hidden item is among the first four that the rest of the order speaks for. */
function findsHidden(table: BasketTable, order: number, confidence: SegmentConfidence, scores: ItemScores): boolean {
  const basket = table.items.subarray(table.start[order]!, table.start[order + 1]!);
  // The order's number chooses, so that no place in the alphabet of ids is asked more than another.
  const hidden = basket[(order * 7) % basket.length]!;
  for (const item of basket) if (item !== hidden) confidence.addTo(scores, item);
  const own = scores.score[hidden]!;
  let ahead = 0;
  for (const item of scores.touched) if (scores.score[item]! >= own && !basket.includes(item)) ahead++;
  scores.clear();
  return own > 0 && ahead < FIRST;
}

function listsOf(table: BasketTable, confidence: SegmentConfidence): Map<string, SegmentCompanion[]> {
  const lists = new Map<string, SegmentCompanion[]>();
  const scores = new ItemScores(table.itemIds.length);
  table.itemIds.forEach((id, item) => {
    if (confidence.itemOrders[item]! < LEAST_ITEM_ORDERS) return;
    confidence.addTo(scores, item);
    const best = Uint32Array.from(scores.touched).sort((a, b) => scores.score[b]! - scores.score[a]! || a - b);
    const companions = Array.from(best.subarray(0, MOST_COMPANIONS), (other) => ({
      id: table.itemIds[other]!,
      weight: scores.score[other]!,
    }));
    scores.clear();
    if (companions.length > 0) lists.set(id, companions);
  });
  return lists;
}

/** The table of some of the orders, with the same numbers for items and customers. */
function ordersOf(table: BasketTable, keep: (order: number) => boolean): BasketTable {
  const kept: number[] = [];
  for (let order = 0; order < table.at.length; order++) if (keep(order)) kept.push(order);
  const start = new Uint32Array(kept.length + 1);
  kept.forEach((order, n) => (start[n + 1] = start[n]! + table.start[order + 1]! - table.start[order]!));
  const items = new Uint32Array(start[kept.length]!);
  kept.forEach((order, n) => items.set(table.items.subarray(table.start[order]!, table.start[order + 1]!), start[n]!));
  const at = Float64Array.from(kept, (order) => table.at[order]!);
  const customer = Int32Array.from(kept, (order) => table.customer[order]!);
  return { itemIds: table.itemIds, customerIds: table.customerIds, start, items, at, customer };
}

function countOf(from: number, to: number, holds: (order: number) => boolean): number {
  let count = 0;
  for (let order = from; order < to; order++) if (holds(order)) count++;
  return count;
}

/** At most 2,000 orders, evenly spaced. */
function spread(orders: readonly number[]): number[] {
  const count = Math.min(orders.length, MOST_HELD_OUT);
  return Array.from({ length: count }, (_, n) => orders[Math.floor((n * orders.length) / count)]!);
}
