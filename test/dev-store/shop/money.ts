/** Currencies whose smallest unit is not a hundredth, as Shopify has them. */
const EXPONENTS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  XOF: 0,
  XAF: 0,
  MGA: 0,
  MRU: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
  TND: 3,
};

/** Digits after the point: USD 2, JPY 0, KWD 3. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** Minor units of a decimal that an app sends, rounded to what the currency has. */
export function parseAmount(decimal: string, currency: string): number {
  return Math.round(Number(decimal) * 10 ** exponentOf(currency));
}

/** Minor units as Shopify's `Money` scalar and REST prices write them: "12.50", JPY "1250", KWD "1.250". */
export function fixedDecimal(amountMinor: number, currency: string): string {
  const exponent = exponentOf(currency);
  if (exponent === 0) return String(amountMinor);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, "0");
  const point = digits.length - exponent;
  return `${amountMinor < 0 ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Minor units as `MoneyV2.amount` writes them: as few digits as possible but one after the point ("12.5", "1250.0"). */
export function shortDecimal(amountMinor: number, currency: string): string {
  const fixed = fixedDecimal(amountMinor, currency);
  const point = fixed.indexOf(".");
  if (point < 0) return `${fixed}.0`;
  let end = fixed.length;
  while (end > point + 2 && fixed.charCodeAt(end - 1) === 48) end--;
  return end === fixed.length ? fixed : fixed.slice(0, end);
}

/** Minor units of one currency in minor units of another, rounded half up. `rate`: target units for one source unit. */
export function convertMinor(amountMinor: number, from: string, to: string, rate: number): number {
  if (from === to) return amountMinor;
  const shift = exponentOf(to) - exponentOf(from);
  // Divided rather than multiplied by a hundredth: 1799 * 150 / 100 is a half exactly, and a half is rounded up.
  return Math.round(shift < 0 ? (amountMinor * rate) / 10 ** -shift : amountMinor * rate * 10 ** shift);
}
