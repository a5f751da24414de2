import { DAY_MS } from "./day.ts";
import { instantOf, offsetMs, type ReportPeriod, reportDay, reportPeriod, shiftDay } from "./report-days.ts";

/** Periods that a report can be of: the last so many days, this year so far, or days of one's own choice. */
export const RANGE_NAMES = ["7", "30", "90", "year", "own"] as const;
export type RangeName = (typeof RANGE_NAMES)[number];

/** What a report without a choice is of. */
export const USUAL_RANGE: RangeName = "30";

/** A period may have so many days: two years, and the two before them to compare with. */
export const LONGEST_RANGE_DAYS = 731;

/** What is asked for; the days count only for `own`. */
export interface RangeQuery {
  readonly range: RangeName;
  readonly from: string;
  readonly to: string;
}

/** The question in an address; what makes no sense there is taken for what is usual. */
export function readRangeQuery(params: URLSearchParams): RangeQuery {
  const range = RANGE_NAMES.find((name) => name === params.get("range")) ?? USUAL_RANGE;
  const day = (name: string) => (params.get(name) ?? "").slice(0, 10);
  return range === "own" ? { range, from: day("from"), to: day("to") } : { range, from: "", to: "" };
}

/** The same as fields of an address. */
export function writeRangeQuery({ range, from, to }: RangeQuery): Record<string, string> {
  return range === "own" ? { range, from, to } : { range };
}

/** Why days of one's own choice cannot be taken: no day of the calendar, in the wrong order, to come, or too many. */
export type RangeRefusal = "no-day" | "order" | "future" | "too-long";

/** A period with the one that it is compared with, which has as many days. */
export interface ReportRange {
  readonly name: RangeName;
  readonly period: ReportPeriod;
  /** Where the period's last day is not over, this one ends with the same time of its own last day. */
  readonly before: ReportPeriod;
  readonly days: number;
  /** That `before` ends within its last day. */
  readonly isSoFar: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Why these days cannot be taken on a day of the shop; null where they can. */
export function rangeRefusal({ range, from, to }: RangeQuery, today: string): RangeRefusal | null {
  if (range !== "own") return null;
  if (!isDay(from) || !isDay(to)) return "no-day";
  if (to < from) return "order";
  if (to > today) return "future";
  return daysBetween(from, to) > LONGEST_RANGE_DAYS ? "too-long" : null;
}

/**
 * The period that is asked for, today included, and the one before it: as many days before its first day, or for a year
 * up to the same day of the year before. What is refused counts as {@link USUAL_RANGE}.
 */
export function reportRange(query: RangeQuery, now: number, timezone: string): ReportRange {
  const today = reportDay(now, timezone);
  const name = rangeRefusal(query, today) === null ? query.range : USUAL_RANGE;
  const [from, to] =
    name === "own"
      ? [query.from, query.to]
      : [name === "year" ? `${today.slice(0, 4)}-01-01` : shiftDay(today, 1 - Number(name)), today];
  const days = daysBetween(from, to);
  const lastBefore = name === "year" ? yearBefore(to) : shiftDay(from, -1);
  const period = reportPeriod(from, to, timezone);
  const before = reportPeriod(shiftDay(lastBefore, 1 - days), lastBefore, timezone);
  const isSoFar = now < period.to;
  // Orders of this very moment count in both.
  const upTo = Math.min(before.to, sameTimeBefore({ period, before }, now, timezone) + 1);
  return { ...{ name, days, period, isSoFar }, before: isSoFar ? { ...before, to: upTo } : before };
}

/** The moment of the period before at which the shop's clocks show what they show at a moment of the period, on the same of its days. */
export function sameTimeBefore(
  { period, before }: Pick<ReportRange, "period" | "before">,
  at: number,
  timezone: string,
): number {
  const daysAgo = daysBetween(before.toDay, period.toDay) - 1;
  return instantOf(at + offsetMs(at, timezone) - daysAgo * DAY_MS, timezone);
}

/** Whether a text is a day of the calendar: "2026-11-21". */
export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && shiftDay(text, 0) === text;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

function yearBefore(day: string): string {
  const same = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return isDay(same) ? same : shiftDay(day, -366);
}

/** One stretch of a period that a chart shows as one point. */
export interface RangeStep {
  readonly from: string;
  readonly to: string;
}

/** Up to so many days are shown by day; more by week. */
export const MOST_DAYS_BY_DAY = 62;

/** The days of a period as points of a chart: single days, or sevens counted back from the last day, so that it ends with a whole one. */
export function rangeSteps({ fromDay, toDay }: Pick<ReportPeriod, "fromDay" | "toDay">): RangeStep[] {
  const length = daysBetween(fromDay, toDay) > MOST_DAYS_BY_DAY ? 7 : 1;
  const steps: RangeStep[] = [];
  for (let to = toDay; to >= fromDay; to = shiftDay(to, -length)) {
    const from = shiftDay(to, 1 - length);
    steps.unshift({ from: from < fromDay ? fromDay : from, to });
  }
  return steps;
}
