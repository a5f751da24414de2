/** What the planner can compare. */
export const COMPARISONS = ["two", "three", "four", "holdout"] as const;
export type ComparisonName = (typeof COMPARISONS)[number];

/** Each arm's share of all shoppers, that of the control first. In a holdout the control is shown no offer. */
export const SHARES_OF_COMPARISON: Readonly<Record<ComparisonName, readonly number[]>> = {
  two: [1 / 2, 1 / 2],
  three: [1 / 3, 1 / 3, 1 / 3],
  four: [1 / 4, 1 / 4, 1 / 4, 1 / 4],
  holdout: [0.05, 0.95],
};

/** Differences in revenue per visitor that can be asked for, in percent. */
export const DIFFERENCES = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50] as const;

/** What a merchant asks the planner: all that the address of its page holds. */
export interface PlannerQuery {
  readonly comparison: ComparisonName;
  /** One of {@link DIFFERENCES}; null for the one that the shop can find in reasonable time. */
  readonly percent: number | null;
}

/** Reads an address; what it does not hold, or holds wrongly, is left to the planner. */
export function readPlannerQuery(params: URLSearchParams): PlannerQuery {
  const comparison = COMPARISONS.find((name) => name === params.get("compare")) ?? "two";
  const percent = DIFFERENCES.find((one) => String(one) === params.get("difference")) ?? null;
  return { comparison, percent };
}

/** Writes what {@link readPlannerQuery} reads. */
export function writePlannerQuery({ comparison, percent }: PlannerQuery): URLSearchParams {
  return new URLSearchParams({ compare: comparison, ...(percent === null ? {} : { difference: String(percent) }) });
}

/** An experiment that takes longer is rarely waited for. */
const REASONABLE_WEEKS = 8;

/** The smallest of {@link DIFFERENCES} that is found within eight weeks; the largest where none is. In percent. */
export function reasonableDifference(after: (weeks: number) => number): number {
  const found = after(REASONABLE_WEEKS);
  return DIFFERENCES.find((percent) => percent / 100 >= found) ?? DIFFERENCES.at(-1)!;
}
