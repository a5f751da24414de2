/**
 * Digits after the decimal point of each currency that does not have two, as Shopify has them (the table of its own money
 * library): as in ISO 4217, but MGA and MRU, whose fifths Shopify does not know, are whole. A table and not `Intl`,
 * because the discount Function runs where `Intl` does not exist and must round as everything else does. AssemblyScript
 * compiles this file as well: see `docs/decisions/050-one-pricing-source-for-two-compilers.md`.
 */
const EXPONENTS: string =
  "BIF0BYR0CLP0DJF0GNF0ISK0JPY0KMF0KRW0MGA0MRU0PYG0RWF0UGX0UYI0VND0VUV0XAF0XOF0XPF0" +
  "BHD3IQD3JOD3KWD3LYD3OMR3TND3CLF4UYW4";
const DEFAULT_EXPONENT: i32 = 2;

/** Digits after the decimal point of the currency with these three letters, as character codes. */
export function exponentOfLetters(first: i32, second: i32, third: i32): i32 {
  for (let i: i32 = 0; i < EXPONENTS.length; i += 4) {
    if (EXPONENTS.charCodeAt(i) !== first || EXPONENTS.charCodeAt(i + 1) !== second) continue;
    if (EXPONENTS.charCodeAt(i + 2) === third) return EXPONENTS.charCodeAt(i + 3) - 48;
  }
  return DEFAULT_EXPONENT;
}
