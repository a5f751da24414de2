import type { BasketTable } from "../../baskets/basket-table.ts";
import { itemOrders, ordersWith, type ItemOrders } from "../../baskets/item-orders.ts";
import { benjaminiHochberg, binomialUpperTail } from "../../statistics/significance.ts";
import { largestUsualBasket } from "../../baskets/usual-baskets.ts";
import { yearsOfSeason, type MonthlyMeetings } from "./season-years.ts";
import { compareIds } from "../../ids.ts";

/** A month of the year: 1 is January, 12 is December. */
export type Month = number;

/** An association that holds in some months of the year, with its evidence. */
export interface SeasonalAssociation {
  /** Item ids; `a` is the lesser. */
  readonly a: string;
  readonly b: string;
  /** The months of the season in the order they follow each other: [11, 12, 1]. At most half a year. */
  readonly months: readonly Month[];
  /** Occasions of buying both, while both were on sale: customer-months, and orders without a customer. */
  readonly together: number;
  readonly togetherInSeason: number;
  /** Share of the chances for any pair to meet that fell into the season: what to expect without one. */
  readonly expectedShare: number;
  /** Rate of buying both per chance in season over that out of season; at most MOST_STRENGTH. */
  readonly strength: number;
  /** Years in which the season stands out by itself; 2 or more (see `yearsOfSeason`). */
  readonly years: number;
  /** Chance of so strong a concentration without a season, corrected for the windows and for all pairs tested. */
  readonly qValue: number;
  /** What the pair's weight is multiplied by in season (1 to 3) and out of it (0 to 1). */
  readonly boost: number;
  readonly rest: number;
}

export interface SeasonOptions {
  /** Added to a time before its month is read, so that months are those of the shop's calendar. Milliseconds. */
  readonly utcOffsetMs?: number;
  /** Share of findings that may be wrong. */
  readonly falseDiscoveryRate?: number;
}

export const MOST_STRENGTH = 100;
const LEAST_TOGETHER = 12;
const LEAST_STRENGTH = 2;
const MOST_BOOST = 3;
/** Occasions that a pair is taken to have had at the year's average rate, so that few orders boost little. */
const PRIOR_OCCASIONS = 5;
const MONTHS = 12;
const LONGEST_SEASON = 6;

/**
 * The pairs that are bought together in one stretch of the year rather than in the rest of it.
 *
 * Unit of evidence: an occasion, a customer's calendar month (or an order without a customer), so that one buyer's many
 * orders of a month count once. An occasion gives a pair s^2 chances to meet, s being the size of its largest basket,
 * so that a month of large baskets is no season of every pair (configuration model: Chung & Lu, 2002); baskets beyond
 * the usual size are left out. Only the calendar months from the later first sale to the earlier last sale of the two
 * items count, and the shop must have orders in all twelve months of the year within them; otherwise a new or a
 * discontinued product would look seasonal. For every circular window of 1 to 6 months the occasions together in it are
 * compared with the window's share of the chances of that time; of those that stand out in each of two years ({@link
 * yearsOfSeason}), the window of the largest log likelihood ratio (the scan statistic of Kulldorff, 1997) is tested by
 * the exact conditional test of two Poisson rates (Przyborowski & Wilenski, 1940), times the number of windows
 * (Bonferroni); over all pairs tested by the false discovery rate (Benjamini & Hochberg, 1995).
 *
 * A season needs 12 occasions together, twice the rate of the rest of the year and a q-value within
 * `falseDiscoveryRate` (default 0.01). A single year cannot tell it from a product's rise or fall: history without
 * dates, or too short to see the season twice, has none. `pairs` are item indexes; doubles, self-pairs and unknown
 * indexes are left out. Sorted by q-value, then by ids.
 */
export function seasonalAssociations(
  table: BasketTable,
  pairs: Iterable<readonly [number, number]>,
  options: SeasonOptions = {},
): SeasonalAssociation[] {
  const calendar = readCalendar(table, options.utcOffsetMs ?? 0);
  if (calendar.months.length < MONTHS) return [];
  const index = itemOrders(table);
  const meetings = new Meetings(table, index);
  const tested: (Omit<SeasonalAssociation, "qValue"> & { p: number })[] = [];
  for (const [a, partners] of Map.groupBy(distinctPairs(pairs, table.itemIds.length), ([a]) => a)) {
    const saleA = onSale(calendar.monthOfOrder, ordersWith(index, a));
    const others = partners.map(([, b]) => b);
    meetings.of(a, others).forEach((orders, n) => {
      if (saleA === null || orders.length < LEAST_TOGETHER) return;
      const saleB = onSale(calendar.monthOfOrder, ordersWith(index, others[n]!));
      const history = saleB && pairHistory(table, calendar, saleA, saleB, orders);
      const season = history && bestWindow(history);
      if (season) tested.push({ a: table.itemIds[a]!, b: table.itemIds[others[n]!]!, ...season });
    });
  }
  const q = benjaminiHochberg(tested.map(({ p }) => p));
  return tested
    .map(({ p: _, ...found }, i) => ({ ...found, qValue: q[i]! }))
    .filter((found) => found.qValue <= (options.falseDiscoveryRate ?? 0.01) && found.strength >= LEAST_STRENGTH)
    .sort((x, y) => x.qValue - y.qValue || compareIds(x.a, y.a) || compareIds(x.b, y.b));
}

/** What to multiply a pair's weight by in a month: its boost in season, its rest out of it. */
export function seasonFactor(season: Pick<SeasonalAssociation, "months" | "boost" | "rest">, month: Month): number {
  return season.months.includes(month) ? season.boost : season.rest;
}

/** The month of the year of a time, shifted as the table's times were. */
export function monthOf(atMs: number, utcOffsetMs = 0): Month {
  return new Date(atMs + utcOffsetMs).getUTCMonth() + 1;
}

interface Calendar {
  /** Order index -> calendar months since January of year 0, or -1 without a date and for baskets beyond the usual. */
  readonly monthOfOrder: Int32Array;
  /** The calendar months with orders, ascending, and the chances that each gave a pair to meet. */
  readonly months: readonly number[];
  readonly chances: readonly number[];
}

function readCalendar(table: BasketTable, utcOffsetMs: number): Calendar {
  const largest = largestUsualBasket(table);
  const chances = new Map<number, number>();
  const largestOf = new Map<number, { month: number; chances: number }>();
  const monthOfOrder = Int32Array.from(table.at, (at, order) => {
    const date = new Date(at + utcOffsetMs);
    const size = table.start[order + 1]! - table.start[order]!;
    if (Number.isNaN(date.getTime()) || size > largest) return -1;
    const month = date.getUTCFullYear() * MONTHS + date.getUTCMonth();
    const customer = table.customer[order]!;
    const before = customer >= 0 ? largestOf.get(customer) : undefined;
    const already = before?.month === month ? before.chances : 0;
    const now = Math.max(already, size ** 2);
    if (customer >= 0) largestOf.set(customer, { month, chances: now });
    chances.set(month, (chances.get(month) ?? 0) + now - already);
    return month;
  });
  const months = [...chances.keys()].sort((x, y) => x - y);
  return { monthOfOrder, months, chances: months.map((month) => chances.get(month)!) };
}

/** Orders must be asked about in the order of time. */
function isNewOccasion(customer: number, month: number, lastMonthOf: Map<number, number>): boolean {
  if (customer < 0) return true;
  if (lastMonthOf.get(customer) === month) return false;
  lastMonthOf.set(customer, month);
  return true;
}

interface PairHistory {
  /** Month of the year, from 0 -> occasions of buying both, and chances for any pair to meet. */
  readonly together: Float64Array;
  readonly exposure: Float64Array;
  /** The same by calendar month. */
  readonly monthly: MonthlyMeetings;
}

/** Finds the orders that an item shares with others, reading its orders once. */
class Meetings {
  readonly #table: BasketTable;
  readonly #index: ItemOrders;
  /** Item -> its place among the others asked about, from 1; 0 for the rest. */
  readonly #place: Uint32Array;

  constructor(table: BasketTable, index: ItemOrders) {
    this.#table = table;
    this.#index = index;
    this.#place = new Uint32Array(table.itemIds.length);
  }

  /** The orders with both, ascending, for each of the others in turn. */
  of(item: number, others: readonly number[]): number[][] {
    others.forEach((other, n) => (this.#place[other] = n + 1));
    const shared: number[][] = others.map(() => []);
    const { start, items } = this.#table;
    for (const order of ordersWith(this.#index, item)) {
      for (let line = start[order]!; line < start[order + 1]!; line++) {
        const place = this.#place[items[line]!]!;
        if (place > 0) shared[place - 1]!.push(order);
      }
    }
    for (const other of others) this.#place[other] = 0;
    return shared;
  }
}

interface Sale {
  readonly first: number;
  readonly last: number;
}

/** Null where the time in which both were on sale does not cover the year, or too few bought both. */
function pairHistory(
  table: BasketTable,
  calendar: Calendar,
  saleA: Sale,
  saleB: Sale,
  orders: readonly number[],
): PairHistory | null {
  const from = Math.max(saleA.first, saleB.first);
  const to = Math.min(saleA.last, saleB.last);
  if (to - from + 1 < MONTHS) return null;
  const together = new Float64Array(MONTHS);
  const monthly = {
    from,
    together: new Float64Array(to - from + 1),
    chances: new Float64Array(to - from + 1),
  };
  const lastMonthOf = new Map<number, number>();
  for (const order of orders) {
    const month = calendar.monthOfOrder[order]!;
    if (month < from || month > to || !isNewOccasion(table.customer[order]!, month, lastMonthOf)) continue;
    together[month % MONTHS]!++;
    monthly.together[month - from]!++;
  }
  if (total(together) < LEAST_TOGETHER) return null;
  const exposure = new Float64Array(MONTHS);
  calendar.months.forEach((month, i) => {
    if (month < from || month > to) return;
    exposure[month % MONTHS]! += calendar.chances[i]!;
    monthly.chances[month - from]! += calendar.chances[i]!;
  });
  if (exposure.includes(0)) return null;
  return { together, exposure, monthly };
}

/** The first and the last calendar month of an item's dated orders, which ascend in time; null for none. */
function onSale(monthOfOrder: Int32Array, orders: Uint32Array): Sale | null {
  const first = orders.find((order) => monthOfOrder[order]! >= 0);
  const last = orders.findLast((order) => monthOfOrder[order]! >= 0);
  return first === undefined || last === undefined ? null : { first: monthOfOrder[first]!, last: monthOfOrder[last]! };
}

type Window = Omit<SeasonalAssociation, "a" | "b" | "qValue"> & { readonly p: number };

function bestWindow({ together, exposure, monthly }: PairHistory): Window | null {
  const [n, exposed] = [total(together), total(exposure)];
  let best = { ratio: 0, from: 0, length: 0, k: 0, share: 0, years: 0 };
  for (let length = 1; length <= LONGEST_SEASON; length++) {
    for (let from = 0; from < MONTHS; from++) {
      let k = 0;
      let inside = 0;
      for (let i = from; i < from + length; i++) {
        k += together[i % MONTHS]!;
        inside += exposure[i % MONTHS]!;
      }
      const share = inside / exposed;
      const ratio = logLikelihoodRatio(k, n, share);
      if (ratio <= best.ratio + 1e-9) continue;
      const years = yearsOfSeason(monthly, { from, length });
      if (years > 0) best = { ratio, from, length, k, share, years };
    }
  }
  if (best.length === 0) return null;
  return { ...describe(best, n), p: Math.min(1, binomialUpperTail(best.k, n, best.share) * WINDOWS) };
}

const WINDOWS = MONTHS * LONGEST_SEASON;

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** 0 where the window holds no more than its share. */
function logLikelihoodRatio(k: number, n: number, share: number): number {
  if (share <= 0 || share >= 1 || k <= n * share) return 0;
  const inside = k * Math.log(k / (n * share));
  return k === n ? inside : inside + (n - k) * Math.log((n - k) / (n * (1 - share)));
}

function describe(
  { from, length, k, share, years }: { from: number; length: number; k: number; share: number; years: number },
  n: number,
): Omit<Window, "p"> {
  const outRate = (n - k) / (1 - share);
  const inside = (k + PRIOR_OCCASIONS * share) / ((n + PRIOR_OCCASIONS) * share);
  const outside = (n - k + PRIOR_OCCASIONS * (1 - share)) / ((n + PRIOR_OCCASIONS) * (1 - share));
  return {
    months: Array.from({ length }, (_, i) => ((from + i) % MONTHS) + 1),
    together: n,
    togetherInSeason: k,
    expectedShare: share,
    strength: outRate === 0 ? MOST_STRENGTH : Math.min(MOST_STRENGTH, k / share / outRate),
    years,
    boost: Math.min(MOST_BOOST, Math.max(1, inside)),
    rest: Math.min(1, outside),
  };
}

function distinctPairs(pairs: Iterable<readonly [number, number]>, items: number): (readonly [number, number])[] {
  const keys = new Set<number>();
  for (const [x, y] of pairs) {
    const [a, b] = x < y ? [x, y] : [y, x];
    if (Number.isInteger(a) && Number.isInteger(b) && a >= 0 && b < items && a !== b) keys.add(a * items + b);
  }
  return [...keys].sort((x, y) => x - y).map((key) => [Math.floor(key / items), key % items] as const);
}
