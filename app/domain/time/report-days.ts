import { DAY_MS } from "./day.ts";

/** A stretch of whole days as a shop's people live them. */
export interface ReportPeriod {
  /** First and last day, "2026-11-21". */
  readonly fromDay: string;
  readonly toDay: string;
  /** From the first midnight, up to and without the one after the last day; milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
}

/** The last `days` days in a timezone, today included. An unknown timezone counts as UTC. */
export function lastDays(now: number, timezone: string, days: number): ReportPeriod {
  const today = reportDay(now, timezone);
  return reportPeriod(shiftDay(today, 1 - days), today, timezone);
}

/** From one day to another, both included, "2026-11-21"; throws for what is no day and where the last comes first. */
export function reportPeriod(fromDay: string, toDay: string, timezone: string): ReportPeriod {
  if (shiftDay(fromDay, 0) !== fromDay || shiftDay(toDay, 0) !== toDay || toDay < fromDay) {
    throw new RangeError(`No period: ${JSON.stringify([fromDay, toDay])}`);
  }
  return { fromDay, toDay, from: midnight(fromDay, timezone), to: midnight(shiftDay(toDay, 1), timezone) };
}

/** The days of a period, in order, and when each begins. */
export function daysOfPeriod(
  { fromDay, toDay }: Pick<ReportPeriod, "fromDay" | "toDay">,
  timezone: string,
): { readonly day: string; readonly from: number }[] {
  const days = [];
  for (let day = fromDay; day <= toDay; day = shiftDay(day, 1)) days.push({ day, from: midnight(day, timezone) });
  return days;
}

/** The day that a moment belongs to: "2026-11-21". */
export function reportDay(at: number, timezone: string): string {
  return new Date(at + offsetMs(at, timezone)).toISOString().slice(0, 10);
}

/** The day so many days later; throws for what is no day. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}

/** When a day begins. */
function midnight(day: string, timezone: string): number {
  return instantOf(Date.parse(`${day}T00:00:00Z`), timezone);
}

/**
 * When a timezone's clocks show a time, given as if they showed UTC. A time that they show twice, when they are put back, is
 * taken for the first. A time that they skip, when they are put forward, is as long after the change as it would have been:
 * 02:30 becomes 03:30. So a later time never comes before an earlier one by more than what is put back.
 */
export function instantOf(wall: number, timezone: string): number {
  const before = wall - offsetMs(wall - DAY_MS, timezone);
  const after = wall - offsetMs(wall + DAY_MS, timezone);
  const isShown = (at: number) => at + offsetMs(at, timezone) === wall;
  return !isShown(before) && isShown(after) ? after : before;
}

/** How far a timezone's clocks are ahead of UTC at a moment. An unknown timezone counts as UTC. */
export function offsetMs(at: number, timezone: string): number {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at / 1000) * 1000;
}

/** Making a format takes far longer than using it, and a report of two years uses it some thousand times. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const format = FORMATS.get(timezone) ?? newFormat(timezone);
  FORMATS.set(timezone, format);
  return format;
}

function newFormat(timezone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    ...{ calendar: "gregory", numberingSystem: "latn", hourCycle: "h23" },
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
  };
  try {
    return new Intl.DateTimeFormat("en", { ...options, timeZone: timezone });
  } catch {
    return new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" });
  }
}
