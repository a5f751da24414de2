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
  let at = start;
  for (; at < end; at++) {
    // 0 to 9 for a digit, more for any other byte.
    const digit: i32 = bytes[at]! ^ ZERO;
    if (digit > 9) break;
    value = value * 10 + digit;
  }
  const point = at;
  if (point === start || point - start > MOST_DIGITS || point + 1 === end) return -1;
  if (point < end && bytes[point]! !== DOT) return -1;
  let behind: i32 = 0;
  for (at = point + 1; at < end; at++) {
    const digit: i32 = bytes[at]! ^ ZERO;
    if (digit > 9) return -1;
    // Behind the currency's digits the first one rounds, the rest does not matter.
    if (behind < exponent) value = value * 10 + digit;
    else if (behind === exponent && digit >= 5) value += 1;
    behind += 1;
  }
  for (let i = behind; i < exponent; i++) value *= 10;
  const digits: i32 = point - start + (behind < exponent ? behind : exponent);
  return digits > MOST_DIGITS ? -1 : value;
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
