import { packCountry, packLetters } from "./domain.ts";
import { copyString, isString, lengthOf, Value } from "./host.ts";

/** Buffer for texts that are read at once. Shopify gives a Function no metafield above 10,000 bytes. */
export const SCRATCH: Uint8Array = new Uint8Array(10240);

/** Copies a string into `SCRATCH`. Returns its length; -1 for what is no string, or too long. */
export function copyToScratch(value: Value): i32 {
  if (!isString(value)) return -1;
  const length = lengthOf(value);
  if (length > SCRATCH.length) return -1;
  copyString(value, length, SCRATCH, 0);
  return length;
}

/** Bytes in front of the number in "gid://shopify/Product/42" and in "gid://shopify/ProductVariant/42". */
export const PRODUCT_GID: i32 = 22;
export const VARIANT_GID: i32 = 29;

/** The number of a GID, which begins behind so many bytes; 0 for anything else, and above 2^53. */
export function numberOfGid(value: Value, start: i32): f64 {
  const length = copyToScratch(value);
  return length <= start || SCRATCH[start - 1] != 47 ? 0 : numberInScratch(start, length);
}

/** The number that digits in `SCRATCH` are; 0 for anything else, and above 2^53. */
export function numberInScratch(start: i32, end: i32): f64 {
  if (end - start > 15) return 0;
  let number: f64 = 0;
  for (let i = start; i < end; i++) {
    // 0 to 9 for a digit, more for any other byte.
    const digit = SCRATCH[i] ^ 48;
    if (digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}

/** A currency code, packed; 0 for anything else. */
export function currencyOf(value: Value): i32 {
  if (copyToScratch(value) != 3) return 0;
  for (let i = 0; i < 3; i++) {
    if (SCRATCH[i] < 65 || SCRATCH[i] > 90) return 0;
  }
  return packLetters(SCRATCH[0], SCRATCH[1], SCRATCH[2]);
}

/** A country code, packed; 0 for anything else. */
export function countryOf(value: Value): i32 {
  return copyToScratch(value) == 2 ? packCountry(SCRATCH[0], SCRATCH[1]) : 0;
}

/** Whether a value is this ASCII text. */
export function isText(value: Value, text: string): bool {
  const length = copyToScratch(value);
  if (length != text.length) return false;
  for (let i = 0; i < length; i++) {
    if (<i32>SCRATCH[i] != text.charCodeAt(i)) return false;
  }
  return true;
}
