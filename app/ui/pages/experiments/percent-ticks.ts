const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const MOST_TICKS = 6;

/** Round shares from 0 to at least `largest`, at most six of them where one of the steps is wide enough. */
export function percentTicks(largest: number): number[] {
  const step = STEPS.find((one) => Math.ceil(largest / one) < MOST_TICKS) ?? STEPS.at(-1)!;
  const count = Math.max(1, Math.min(MOST_TICKS - 1, Math.ceil(largest / step)));
  return Array.from({ length: count + 1 }, (_, n) => n * step);
}
