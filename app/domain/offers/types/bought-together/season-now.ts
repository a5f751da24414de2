import type { PairSeason } from "../../../mining/lists/pair-findings.ts";
import { monthOf, seasonFactor, type Month } from "../../../mining/lists/seasons.ts";
import { offsetMs } from "../../../time/report-days.ts";

/** Below this share of its usual rate a pair rests: its figures are those of another time of the year. */
const RESTING = 0.5;

/** What the time of the year does to a companion. */
export interface SeasonNow {
  /** Multiplies its score and its weight: above 1 in season, below it out of season. */
  readonly factor: number;
  readonly state: "all-year" | "in-season" | "out-of-season";
  /** Not offered until its season comes. */
  readonly resting: boolean;
}

/** What the month does to a pair; nothing to one that is bought together all year. */
export function seasonNow(season: PairSeason | null, month: Month): SeasonNow {
  if (season === null) return { factor: 1, state: "all-year", resting: false };
  const factor = seasonFactor(season, month);
  if (season.months.includes(month)) return { factor, state: "in-season", resting: false };
  return { factor, state: "out-of-season", resting: factor < RESTING };
}

/** The month that a shop's people live in. An unknown timezone counts as UTC. */
export function shopMonth(now: number, timezone: string): Month {
  return monthOf(now, offsetMs(now, timezone));
}

/**
 * How far a timezone's clocks are ahead of UTC in January, whatever the time of the year: an hour of daylight saving is
 * nothing to a month, and the same orders are to give the same seasons all year. An unknown timezone counts as UTC.
 */
export function standardOffsetMs(timezone: string): number {
  return offsetMs(Date.UTC(2024, 0, 1), timezone);
}
