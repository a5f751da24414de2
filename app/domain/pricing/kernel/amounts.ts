import { AMOUNT_OFF, FIXED_PRICE, PERCENT } from "./rewards.ts";

/**
 * `basisPoints` of a whole amount, rounded half up to the smallest unit, as everywhere (`money/basis-points.ts`): in two
 * parts, so that no product leaves the integers.
 */
export function portionOf(amount: number, basisPoints: number): number {
  const wholes = Math.floor(amount / 10000);
  const left = amount - wholes * 10000;
  return wholes * basisPoints + Math.floor((left * basisPoints + 5000) / 10000);
}

/** What a reward takes off a price: never more than the price. 0 for a reward of an unknown kind. */
export function amountOff(price: number, reward: i32, value: number): number {
  if (reward === PERCENT) return portionOf(price, value);
  if (reward === AMOUNT_OFF) return value < price ? value : price;
  if (reward === FIXED_PRICE) return value < price ? price - value : 0;
  return 0;
}

/**
 * Splits an amount over prices in proportion to them, by largest remainder: the parts sum to the amount, and none is above
 * its price. Of equal remainders the first price takes the unit.
 *
 * @param amount At most the sum of the prices.
 * @param count How many prices there are.
 * @param into Takes the parts.
 */
export function allocate(amount: number, prices: Float64Array, count: i32, into: Float64Array): void {
  let sum: number = 0;
  for (let i: i32 = 0; i < count; i++) sum += prices[i]!;
  let left = amount;
  for (let i: i32 = 0; i < count; i++) {
    const part: number = sum > 0 ? Math.floor((amount * prices[i]!) / sum) : 0;
    into[i] = part;
    left -= part;
  }
  while (left > 0) {
    let most: i32 = -1;
    let largest: number = 0;
    for (let i: i32 = 0; i < count; i++) {
      const remainder = amount * prices[i]! - into[i]! * sum;
      if (into[i]! >= prices[i]! || (most >= 0 && remainder <= largest)) continue;
      most = i;
      largest = remainder;
    }
    if (most < 0) return;
    into[most] = into[most]! + 1;
    left -= 1;
  }
}
