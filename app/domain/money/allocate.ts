/**
 * The part of an amount that belongs to `part` of `whole` equal pieces, rounded half up to the smallest unit:
 * `floor((2 * amount * part + whole) / (2 * whole))`. Integers throughout, however large the product is. Throws unless
 * the amount is a safe integer of at least 0 and `0 <= part <= whole`, `whole > 0`.
 */
export function shareMinor(amountMinor: number, part: number, whole: number): number {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) throw new Error(`Not an amount: ${amountMinor}`);
  if (!Number.isSafeInteger(part) || !Number.isSafeInteger(whole) || part < 0 || whole <= 0 || part > whole) {
    throw new Error(`Not a part of a whole: ${part} of ${whole}`);
  }
  if (part === whole || amountMinor === 0) return amountMinor;
  return Number((2n * BigInt(amountMinor) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
}

/**
 * Divides an amount among weights by largest remainder: the parts sum to the amount, and each is its exact quotient
 * rounded down or up. Of equal remainders the first gets the unit. All zeros where every weight is 0. Throws for an
 * amount or a weight that is not a safe integer of at least 0.
 */
export function allocateMinor(amountMinor: number, weights: readonly number[]): number[] {
  for (const value of [amountMinor, ...weights]) {
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`Not an amount: ${value}`);
  }
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amountMinor) * BigInt(weight));
  const parts = exact.map((product) => Number(product / total));
  const left = amountMinor - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((product, place) => ({ place, remainder: product % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder < b.remainder ? 1 : -1));
  for (const { place } of byRemainder.slice(0, left)) parts[place]!++;
  return parts;
}
