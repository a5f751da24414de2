import { instantOf } from "../time/report-days.ts";
import type { Field, Refusal } from "../shape/field.ts";
import { refusalsOf } from "../shape/known-parts.ts";
import { optional } from "../shape/lists.ts";
import { shape, type ShapeValue } from "../shape/shape.ts";
import { boolean } from "../shape/values.ts";

/** Years from 2000 to 2199. */
const LOCAL_TIME = /^(2[01]\d{2})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

const ANY_TIME = "2026-01-01T00:00";
/** A minute as the shop's clocks show it: "2026-11-27T00:00". Refuses `wrong-type` and `not-a-time`. */
const localTime: Field<string> = {
  default: ANY_TIME,
  description: { kind: "text", longest: 16 },
  read(input, reading, path) {
    if (typeof input !== "string") reading.refuseType(path, input);
    else if (wallMs(input) === null) reading.refuse(path, "not-a-time");
    else return input;
    return ANY_TIME;
  },
};

interface Times {
  readonly from: string | null;
  readonly to: string | null;
  readonly yearly: boolean;
}

/**
 * When an offer is shown, by the clocks of the shop's time zone: from the first minute on, up to and without the second;
 * null for no limit. `yearly` repeats it every year from the first time on, over New Year too.
 */
export const schedule = shape(
  { from: optional(localTime), to: optional(localTime), yearly: boolean({ default: false }) },
  (given: Times): Refusal[] =>
    refusalsOf(
      () => (given.yearly && given.from === null ? [{ path: "from", code: "missing" }] : []),
      () => (given.yearly && given.to === null ? [{ path: "to", code: "missing" }] : []),
      () => durationRefusals(given),
    ),
);
export type Schedule = ShapeValue<typeof schedule>;

function durationRefusals({ from, to, yearly }: Times): Refusal[] {
  if (from === null || to === null) return [];
  if (to <= from) return [{ path: "to", code: "ends-before-it-begins" }];
  return yearly && to > inYear(from, 1) ? [{ path: "to", code: "longer-than-a-year" }] : [];
}

export type ScheduleState = "running" | "ahead" | "over";

/** Where a moment stands to a schedule. No schedule runs always; between two years' times it is `ahead`. */
export function scheduleState(given: Schedule | null, now: Date, timezone: string): ScheduleState {
  const at = now.getTime();
  const times = occurrences(given, now, timezone);
  if (times.some(({ from, to }) => from <= at && at < to)) return "running";
  return times.some(({ from }) => from > at) ? "ahead" : "over";
}

/** When a schedule next begins or ends after a moment; null where it never does. */
export function nextChange(given: Schedule | null, now: Date, timezone: string): Date | null {
  const at = now.getTime();
  const ahead = occurrences(given, now, timezone)
    .flatMap(({ from, to }) => [from, to])
    .filter((time) => time > at && Number.isFinite(time));
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}

/** One time in which an offer is shown; null for no limit. */
export interface Run {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** The time of a schedule that a moment lies in, or the next that begins after it; null where none is left. */
export function nextRun(given: Schedule | null, now: Date, timezone: string): Run | null {
  const at = now.getTime();
  const left = occurrences(given, now, timezone).filter(({ to }) => to > at);
  if (left.length === 0) return null;
  const { from, to } = left.reduce((first, one) => (one.from < first.from ? one : first));
  const date = (time: number) => (Number.isFinite(time) ? new Date(time) : null);
  return { from: date(from), to: date(to) };
}

/** The moment of a minute that the shop's clocks show; null for what no calendar holds. */
export function minuteOf(local: string, timezone: string): Date | null {
  const at = wallMs(local);
  return at === null ? null : new Date(instantOf(at, timezone));
}

/** The times that matter to a moment: of a yearly schedule those of the years around it. */
function occurrences(given: Schedule | null, now: Date, timezone: string): { from: number; to: number }[] {
  if (given === null) return [{ from: -Infinity, to: Infinity }];
  const instant = (local: string | null, otherwise: number) =>
    local === null ? otherwise : instantOf(wallMs(local)!, timezone);
  const once = (years: number) => ({
    from: instant(given.from && inYear(given.from, years), -Infinity),
    to: instant(given.to && inYear(given.to, years), Infinity),
  });
  if (!given.yearly) return [once(0)];
  const passed = Math.max(0, now.getUTCFullYear() - Number(given.from!.slice(0, 4)));
  return [...new Set([0, passed - 1, passed, passed + 1])].filter((years) => years >= 0).map(once);
}

/** The same minute so many years later; 29 February becomes 1 March. */
function inYear(local: string, years: number): string {
  const [, year, month, day, hour, minute] = LOCAL_TIME.exec(local)!.map(Number) as [number, ...number[]];
  return new Date(Date.UTC(year! + years, month! - 1, day, hour, minute)).toISOString().slice(0, 16);
}

/** The minute as if the shop's clocks showed UTC; null for what no calendar holds. */
function wallMs(local: string): number | null {
  if (!LOCAL_TIME.test(local)) return null;
  const at = Date.parse(`${local}:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(local) ? at : null;
}
