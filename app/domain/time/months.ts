import { instantOf, offsetMs } from "./report-days.ts";

/** When a calendar month of a timezone begins, in milliseconds since 1970 UTC; its number is 12 * year + month from 0. */
export interface MonthStart {
  readonly month: number;
  readonly at: number;
}

/** The calendar months of a timezone from one moment to another, both included. */
export function monthsBetween(from: number, until: number, timezone: string): MonthStart[] {
  const last = monthOf(until, timezone);
  const starts: MonthStart[] = [];
  for (let month = monthOf(from, timezone); month <= last; month++) {
    starts.push({ month, at: instantOf(Date.UTC(Math.floor(month / 12), month % 12), timezone) });
  }
  return starts;
}

function monthOf(at: number, timezone: string): number {
  const wall = new Date(at + offsetMs(at, timezone));
  return wall.getUTCFullYear() * 12 + wall.getUTCMonth();
}
