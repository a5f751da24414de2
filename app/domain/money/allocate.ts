import { type Money, money } from "./money.ts";

/**
 * Shares an amount out by weight so that the shares sum to the amount, to the smallest unit: each share is
 * rounded towards zero, and what is left over goes, one unit each, to the largest remainders; among equal ones
 * to the earlier weight (largest-remainder method, Hamilton's).
 *
 * All weights zero: shared evenly. Throws for no weights at all (the amount would be lost), and for a negative,
 * fractional or unsafe weight.
 */
export function allocate(amount: Money, weights: readonly number[]): Money[] {
  if (weights.length === 0) throw new Error("Nothing to allocate to");
  for (const weight of weights)
    if (!Number.isSafeInteger(weight) || weight < 0) throw new Error(`Not a weight: ${weight}`);
  const even = weights.every((weight) => weight === 0);
  const exact = weights.map((weight) => BigInt(even ? 1 : weight));
  const total = exact.reduce((a, b) => a + b, 0n);
  const magnitude = BigInt(Math.abs(amount.amountMinor));
  const shares = exact.map((weight) => (magnitude * weight) / total);
  const remainders = exact.map((weight) => (magnitude * weight) % total);
  let left = Number(magnitude - shares.reduce((a, b) => a + b, 0n));
  const byRemainder = remainders.map((_, index) => index);
  byRemainder.sort((a, b) => (remainders[a]! === remainders[b]! ? a - b : remainders[a]! < remainders[b]! ? 1 : -1));
  for (const index of byRemainder) {
    if (left-- <= 0) break;
    shares[index]! += 1n;
  }
  const sign = amount.amountMinor < 0 ? -1 : 1;
  return shares.map((share) => money(sign * Number(share), amount.currency));
}
