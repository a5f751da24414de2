import { KEPT_DAYS } from "../../domain/measurement/shop-event.ts";
import { DAY_MS } from "../../domain/time/day.ts";

/** Days of events that are taken before they begin. */
export const DAYS_AHEAD = 3;

/** "2026-11-28": the day of a time in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The days of which events are kept at a time: the first and the last one. */
export function keptDays(now: Date): { readonly first: string; readonly last: string } {
  return { first: dayOf(now.getTime() - KEPT_DAYS * DAY_MS), last: dayOf(now.getTime() + DAYS_AHEAD * DAY_MS) };
}

/** How long before an order what its buyer viewed counts. */
export const VIEWED_BEFORE_MS = 3 * DAY_MS;
