import { binomialUpperTail } from "../../statistics/significance.ts";

/** Calendar months, counted from January of year 0, in which a pair could be and was bought together. */
export interface MonthlyMeetings {
  /** The first month. */
  readonly from: number;
  /** Month by month: occasions of buying both, and chances for any pair to meet. */
  readonly together: Float64Array;
  readonly chances: Float64Array;
}

/** A stretch of the year: its first month, 0 for January, and how many months it has. */
export interface SeasonWindow {
  readonly from: number;
  readonly length: number;
}

const MONTHS = 12;
/** Fewer months of the rest of a year show nothing. */
const LEAST_MONTHS_BESIDE = 3;
/** Chance of a year's peak without a season, against either side of it. */
const CHANCE_OF_PEAK = 0.05;

/**
 * The years in which a stretch of the year stands out by itself; 0 where they are no evidence of a season.
 *
 * In one year the stretch has to be bought more often per chance than the rest of the year before it, and than the rest
 * after it, each by the exact conditional test of two Poisson rates (Przyborowski & Wilenski, 1940) at 5 %. What only
 * rises, or only falls, is above one of its sides and below the other: a drift of whatever shape is no season. At the
 * ends of the history one side may be missing. A season needs two such years, and both sides in one of them at least.
 */
export function yearsOfSeason(meetings: MonthlyMeetings, { from, length }: SeasonWindow): number {
  const end = meetings.from + meetings.together.length;
  let [years, peaks] = [0, 0];
  const firstYear = Math.floor(meetings.from / MONTHS);
  for (let begins = firstYear * MONTHS + from; begins + length <= end; begins += MONTHS) {
    if (begins < meetings.from) continue;
    const own = sumOf(meetings, begins, begins + length);
    const before = sumOf(meetings, Math.max(meetings.from, begins + length - MONTHS), begins);
    const after = sumOf(meetings, begins + length, Math.min(end, begins + MONTHS));
    const sides = [before, after].filter(({ months }) => months >= Math.min(LEAST_MONTHS_BESIDE, MONTHS - length));
    if (sides.length === 0 || !sides.every((side) => isMoreOften(own, side))) continue;
    years++;
    if (sides.length === 2) peaks++;
  }
  return years >= 2 && peaks >= 1 ? years : 0;
}

interface Stretch {
  readonly months: number;
  readonly together: number;
  readonly chances: number;
}

function sumOf({ from, together, chances }: MonthlyMeetings, begin: number, end: number): Stretch {
  let [met, chance] = [0, 0];
  for (let month = begin - from; month < end - from; month++) {
    met += together[month]!;
    chance += chances[month]!;
  }
  return { months: Math.max(0, end - begin), together: met, chances: chance };
}

function isMoreOften(own: Stretch, other: Stretch): boolean {
  if (own.chances === 0 || other.chances === 0) return false;
  const share = own.chances / (own.chances + other.chances);
  return binomialUpperTail(own.together, own.together + other.together, share) <= CHANCE_OF_PEAK;
}
