import { upperGamma } from "./incomplete-gamma.ts";

/** P(X >= x) of a chi-square distribution: Q(degrees / 2, x / 2). */
export function chiSquareUpperTail(x: number, degrees: number): number {
  return upperGamma(degrees / 2, x / 2);
}
