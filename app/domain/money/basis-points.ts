import { type Money, money } from "./money.ts";

/** One whole, in basis points: 10,000 are 100 %. */
export const WHOLE_BASIS_POINTS = 10_000;

/** True for an integer from 0 to 10,000. */
export function isBasisPoints(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= WHOLE_BASIS_POINTS;
}

/**
 * `basisPoints` of a non-negative integer amount, rounded half up to the smallest unit:
 * `floor((amount * basisPoints + 5000) / 10000)`, computed in two parts so that no product leaves the integers.
 * Throws for a negative or fractional amount and for basis points outside 0..10,000.
 */
export function portionMinor(amountMinor: number, basisPoints: number): number {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) throw new Error(`Not an amount: ${amountMinor}`);
  if (!isBasisPoints(basisPoints)) throw new Error(`Not basis points: ${basisPoints}`);
  const wholes = Math.floor(amountMinor / WHOLE_BASIS_POINTS);
  const rest = amountMinor % WHOLE_BASIS_POINTS;
  return wholes * basisPoints + Math.floor((rest * basisPoints + WHOLE_BASIS_POINTS / 2) / WHOLE_BASIS_POINTS);
}

/** As {@link portionMinor}, of an amount of money. */
export function portion(amount: Money, basisPoints: number): Money {
  return money(portionMinor(amount.amountMinor, basisPoints), amount.currency);
}
