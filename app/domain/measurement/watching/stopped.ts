import { earlierRate, rateFallPValue, type EarlierRate, type Rate } from "../../statistics/rate-fall.ts";

/** Something that used to happen at a rate and hardly does any more. */
export interface Stopped {
  /** Days (of 24 hours, up to now) in which it was noticed. */
  readonly days: number;
  readonly now: Rate;
  readonly earlier: EarlierRate;
}

/** How many of the latest days are compared with the days before them. Short ones find a fault of a busy shop early. */
const WINDOWS = [1, 2, 3, 7];
/** Days that are compared with, before the window. */
const EARLIER_DAYS = 28;
/** Of these days so many must have had opportunities: weekdays differ. */
const LEAST_EARLIER_DAYS = 7;
/** A rate has stopped where it is surely below this share of what it was: campaigns and seasons move it less. */
const RATIO = 0.25;
/** How rarely one look may be wrong where the rate fell to just that share. Where it did not fall, it is wrong almost never. */
const ALPHA = 1e-3;

/** Days that {@link findStopped} needs to look back. */
export const WATCHED_DAYS = EARLIER_DAYS + Math.max(...WINDOWS);

/**
 * Whether something has stopped. `days`: the latest 24 hours first, {@link WATCHED_DAYS} of them. `known`: as it was found
 * before. It is found again as long as the rate has not come back to a quarter of what it was before it stopped, so that a
 * fault that lasts is never compared with itself. `ratio`: in place of a quarter.
 */
export function findStopped(days: readonly Rate[], known: Stopped | null, ratio = RATIO): Stopped | null {
  const windows = known === null ? WINDOWS : [known.days];
  for (const window of windows) {
    const now = total(days.slice(0, window));
    const before = days.slice(window, window + EARLIER_DAYS);
    const hasEnough = before.filter(({ opportunities }) => opportunities > 0).length >= LEAST_EARLIER_DAYS;
    if (known === null && !hasEnough) continue;
    const earlier = known?.earlier ?? earlierRate(before);
    if (rateFallPValue(now, earlier, ratio) < ALPHA) return { days: window, now, earlier };
  }
  return null;
}

function total(days: readonly Rate[]): Rate {
  return {
    events: days.reduce((sum, { events }) => sum + events, 0),
    opportunities: days.reduce((sum, { opportunities }) => sum + opportunities, 0),
  };
}
