/**
 * Digits after the decimal point of each currency that does not have two, as Shopify has them (the table of its own money
 * library): as in ISO 4217, but MGA and MRU, whose fifths Shopify does not know, are whole. A table and not `Intl`,
 * because the discount Function runs where `Intl` does not exist and must round as everything else does.
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...{ BIF: 0, BYR: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, MGA: 0, MRU: 0, PYG: 0, RWF: 0 },
  ...{ UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 },
  ...{ CLF: 4, UYW: 4 },
};
const DEFAULT_EXPONENT = 2;

const CURRENCY_CODE = /^[A-Z]{3}$/;

/** True for three capital letters, the form of an ISO 4217 code. */
export function isCurrencyCode(text: string): boolean {
  return CURRENCY_CODE.test(text);
}

/** Digits after the decimal point: 0 for JPY, 2 for USD, 3 for KWD. Throws for what is not a currency code. */
export function exponentOf(currency: string): number {
  if (!isCurrencyCode(currency)) throw new Error(`Not a currency code: ${JSON.stringify(currency)}`);
  return Object.hasOwn(EXPONENTS, currency) ? EXPONENTS[currency]! : DEFAULT_EXPONENT;
}

/** Smallest units in one unit: 1 for JPY, 100 for USD, 1000 for KWD. */
export function minorUnitsPerUnit(currency: string): number {
  return 10 ** exponentOf(currency);
}
