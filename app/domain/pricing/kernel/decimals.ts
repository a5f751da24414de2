const DOT: i32 = 46;
const ZERO: i32 = 48;
/** Digits that a number holds exactly. */
const MOST_DIGITS: i32 = 15;

/**
 * Minor units of a decimal as Shopify writes it ("19.99", "1050.0"), rounded half up to the digits of its currency: as
 * `parseDecimal` of `money/money.ts`, from bytes. -1 for anything else, a negative amount included: such a line takes no
 * part, rather than being discounted by a guess.
 */
export function readMinor(bytes: Uint8Array, start: i32, end: i32, exponent: i32): number {
  let value: number = 0;
  let digits: i32 = 0;
  /** Digits behind the point so far; -1 in front of it. */
  let behind: i32 = -1;
  for (let i = start; i < end; i++) {
    const byte: i32 = bytes[i]!;
    if (byte === DOT) {
      if (behind >= 0 || i === start) return -1;
      behind = 0;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return -1;
    if (behind >= 0) behind += 1;
    // Behind the currency's digits the first one rounds, the rest does not matter.
    if (behind > exponent) {
      if (behind === exponent + 1 && digit >= 5) value += 1;
      continue;
    }
    value = value * 10 + digit;
    digits += 1;
  }
  if (digits === 0 || behind === 0 || digits > MOST_DIGITS) return -1;
  for (let i: i32 = behind < 0 ? 0 : behind; i < exponent; i++) value *= 10;
  return value;
}

/**
 * Writes an amount as a decimal with as many digits as its currency has: as `toDecimalString`.
 *
 * @returns How many bytes that are, at most 20.
 */
export function writeMinor(amount: number, exponent: i32, into: Uint8Array, at: i32): i32 {
  let digits: i32 = exponent + 1;
  let limit: number = 10;
  for (let i: i32 = 0; i < exponent; i++) limit *= 10;
  while (amount >= limit) {
    limit *= 10;
    digits += 1;
  }
  const length: i32 = exponent > 0 ? digits + 1 : digits;
  let left = amount;
  let place = at + length - 1;
  for (let i: i32 = 0; i < digits; i++) {
    if (exponent > 0 && i === exponent) {
      into[place] = DOT as u8;
      place -= 1;
    }
    const tenth = Math.floor(left / 10);
    into[place] = (ZERO + ((left - tenth * 10) as i32)) as u8;
    place -= 1;
    left = tenth;
  }
  return length;
}
