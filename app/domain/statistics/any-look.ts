import { type Comparison, differenceOf, standardError } from "./comparison.ts";

/**
 * For looks at any time, as often as one likes: a confidence sequence by Robbins' normal mixture. Information grows with
 * the data: here it is counted in buyers, whose number the variance of an estimate is inverse to. At every information I
 * together,
 *
 *   |estimate - truth| <= standard error * sqrt((1 + λ/I) (ln(1 + I/λ) + 2 ln(1/α)))
 *
 * with probability 1 - α (Robbins, Annals of Mathematical Statistics 1970; the same interval is that of the mixture SPRT,
 * Johari, Koomen, Pekelis & Walsh, Operations Research 2022; for means of any distribution it holds in the limit,
 * Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, Annals of Statistics 2024). A limit: the first look needs enough buyers
 * in each arm.
 */
export interface AnyLook {
  /** λ, in the unit of information. Larger: tighter later, wider early. It must be set before the first look. */
  readonly precision: number;
}

/**
 * The mixture whose interval is tightest at a planned information: λ = I / (2 ln(1/α) + ln(2 ln(1/α)) + 1)
 * (Waudby-Smith et al., 2024, on the choice of ρ; λ is 1/ρ²).
 */
export function tightestAt(information: number, alpha: number): AnyLook {
  const logs = -2 * Math.log(alpha);
  return { precision: information / (logs + Math.log(logs) + 1) };
}

/** How many standard errors the interval reaches to each side. Infinite while there is no information. */
export function anyLookMultiple(information: number, { precision }: AnyLook, alpha: number): number {
  if (!(information > 0)) return Infinity;
  return Math.sqrt((1 + precision / information) * (Math.log1p(information / precision) - 2 * Math.log(alpha)));
}

/**
 * The smallest α at which the interval leaves out zero, at most 1: of experiments without a difference, a share of at
 * most α ever has it at α or below. 1 where nothing varies.
 */
export function anyLookPValue(comparison: Comparison, information: number, { precision }: AnyLook): number {
  const error = standardError(comparison);
  if (!(information > 0 && error > 0)) return 1;
  const squared = (differenceOf(comparison) / error) ** 2;
  const logs = Math.log1p(information / precision) - squared / (1 + precision / information);
  return Math.min(1, Math.exp(logs / 2));
}
