import { binomialUpperTail } from "../../app/domain/statistics/significance.ts";

/** An interval that claims to hold what is true. */
export interface Shown {
  readonly low: number;
  readonly high: number;
  readonly truth: number;
}

/** Of the table of {@link printRow}. */
export function printHead(): void {
  const columns = "| figure | hold the truth | share, and where it surely is | wanted |";
  process.stdout.write(`${columns}\n|---|---|---|---|\n`);
}

/** How many intervals hold the truth. No row where there is none. */
export function printRow(figure: string, intervals: readonly Shown[], wanted: string): void {
  if (intervals.length === 0) return;
  const held = intervals.filter(({ low, high, truth }) => low <= truth && truth <= high).length;
  const [low, high] = exactInterval(held, intervals.length);
  const share = `${percent(held / intervals.length)} (${percent(low)} to ${percent(high)})`;
  process.stdout.write(`| ${figure} | ${held} of ${intervals.length} | ${share} | ${wanted} |\n`);
}

/** Clopper & Pearson's interval of a share (Biometrika 1934), at 95 %. */
function exactInterval(hits: number, trials: number): [number, number] {
  const solve = (isBelow: (share: number) => boolean) => {
    let [low, high] = [0, 1];
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (isBelow(middle)) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const least = hits === 0 ? 0 : solve((share) => binomialUpperTail(hits, trials, share) < 0.025);
  const most = hits === trials ? 1 : solve((share) => 1 - binomialUpperTail(hits + 1, trials, share) > 0.025);
  return [least, most];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
