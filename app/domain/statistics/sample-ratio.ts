import { chiSquareUpperTail } from "./chi-square.ts";

/**
 * Whether units were split as planned: Pearson's chi-square of the units per arm against the arms' weights, with one
 * degree of freedom less than arms. The p-value; 1 where there is nothing to compare.
 */
export function sampleRatioPValue(units: readonly number[], weights: readonly number[]): number {
  const all = units.reduce((sum, n) => sum + n, 0);
  const weight = weights.reduce((sum, n) => sum + n, 0);
  if (all === 0 || units.length < 2) return 1;
  const statistic = units.reduce((sum, n, arm) => {
    const planned = (all * weights[arm]!) / weight;
    return sum + (n - planned) ** 2 / planned;
  }, 0);
  return chiSquareUpperTail(statistic, units.length - 1);
}

/**
 * Below this p-value a split is called wrong. So strict because a split is looked at every day in every experiment, and
 * real faults (a redirect, a bot filter, a script that fails in one arm) lie far below it: 51 % instead of 50 % of 100,000
 * visitors has p = 2.5e-10. As is usual (Kohavi, Tang & Xu, Trustworthy Online Controlled Experiments, 2020, chapter 21:
 * below 0.001).
 */
export const WRONG_SPLIT_BELOW = 0.0005;

/** True where the split is not the planned one. */
export function isSplitWrong(units: readonly number[], weights: readonly number[]): boolean {
  return sampleRatioPValue(units, weights) < WRONG_SPLIT_BELOW;
}
