import { exponentOfLetters } from "./currency-exponents.ts";

const CURRENCY_CODE = /^[A-Z]{3}$/;

/** True for three capital letters, the form of an ISO 4217 code. */
export function isCurrencyCode(text: string): boolean {
  return CURRENCY_CODE.test(text);
}

/** What Shopify calls a currency that it does not know, or no longer. */
const UNKNOWN_CURRENCY = "XXX";

/** Whether a text names a currency that amounts can be in. */
export function isKnownCurrency(text: string): boolean {
  return isCurrencyCode(text) && text !== UNKNOWN_CURRENCY;
}

/** Digits after the decimal point: 0 for JPY, 2 for USD, 3 for KWD. Throws for what is not a currency code. */
export function exponentOf(currency: string): number {
  if (!isCurrencyCode(currency)) throw new Error(`Not a currency code: ${JSON.stringify(currency)}`);
  return exponentOfLetters(currency.charCodeAt(0), currency.charCodeAt(1), currency.charCodeAt(2));
}

/** Smallest units in one unit: 1 for JPY, 100 for USD, 1000 for KWD. */
export function minorUnitsPerUnit(currency: string): number {
  return 10 ** exponentOf(currency);
}
