import { DAY_MS } from "../../time/day.ts";

/** How the lists were learnt last. Times are milliseconds since 1970 UTC. */
export interface PastLearning {
  readonly endedAt: number;
  /** How long it took, in milliseconds. */
  readonly took: number;
}

/** How the ranking was chosen last. */
export interface PastChoice {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Baskets that it was chosen on. */
  readonly baskets: number;
}

/** A shop that sells without pause learns for at most one part in this many of the time, and one more. */
const REST = 4;
/** So much more or fewer baskets, as a share of those chosen on, make another choice likely. */
const GROWTH = 0.05;

/**
 * The earliest time at which a shop's lists may be learnt again: the end of the last time plus four times as long as
 * it took. A quiet shop's lists follow an order at once; a busy shop's rest in between, the longer the more there is to
 * learn from.
 */
export function learningDueAt(past: PastLearning | null): number {
  return past === null ? -Infinity : past.endedAt + REST * past.took;
}

/**
 * Whether the ranking is to be chosen again rather than learnt with as chosen: never chosen, a day ago or more, or on
 * 5 % fewer or more baskets than there are now. Choosing takes several times as long as learning.
 */
export function isChoiceDue(past: PastChoice | null, baskets: number, now: number): boolean {
  if (past === null || now - past.at >= DAY_MS) return true;
  return Math.abs(baskets - past.baskets) > GROWTH * past.baskets;
}
