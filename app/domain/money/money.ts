import { exponentOf, isCurrencyCode } from "./currency.ts";

/** An amount in the smallest unit of its currency: 1050 of USD is $10.50, of JPY ¥1,050, of KWD 1.050. */
export interface Money {
  /** A safe integer; negative for what is taken off or given back. */
  readonly amountMinor: number;
  /** ISO 4217 code, upper case. */
  readonly currency: string;
}

const DECIMAL = /^([+-]?)([0-9]{1,15})(?:\.([0-9]{1,20}))?$/;

/** Money of an integer amount. Throws for a fraction, an unsafe integer or a malformed currency: those are bugs. */
export function money(amountMinor: number, currency: string): Money {
  if (!Number.isSafeInteger(amountMinor)) throw new Error(`Not an integer amount: ${amountMinor}`);
  if (!isCurrencyCode(currency)) throw new Error(`Not a currency code: ${JSON.stringify(currency)}`);
  return { amountMinor: amountMinor === 0 ? 0 : amountMinor, currency };
}

/** No money, in a currency. */
export function zero(currency: string): Money {
  return money(0, currency);
}

/**
 * Reads a decimal string as Shopify writes it ("12.50", "1000.0", "-3") without ever passing through a float.
 * `exact` (the default) refuses digits that the currency does not have unless they are zeros; `half-up` rounds
 * them, away from zero at the half. Null for anything that is not such a decimal or too large to hold.
 */
export function parseDecimal(text: string, currency: string, digits: "exact" | "half-up" = "exact"): Money | null {
  if (!isCurrencyCode(currency)) return null;
  const match = DECIMAL.exec(text.trim());
  if (match === null) return null;
  const exponent = exponentOf(currency);
  const fraction = match[3] ?? "";
  const excess = fraction.slice(exponent);
  if (digits === "exact" && /[1-9]/.test(excess)) return null;
  const magnitude = Number(match[2]! + fraction.slice(0, exponent).padEnd(exponent, "0")) + (excess >= "5" ? 1 : 0);
  if (!Number.isSafeInteger(magnitude)) return null;
  return money(match[1] === "-" ? -magnitude : magnitude, currency);
}

/** The decimal string of an amount, with as many digits as the currency has: "10.50", "1050", "1.050". */
export function toDecimalString(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const sign = amount.amountMinor < 0 ? "-" : "";
  const digits = String(Math.abs(amount.amountMinor)).padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** The sum. Throws for two currencies: amounts in different currencies are never added. */
export function add(a: Money, b: Money): Money {
  return money(a.amountMinor + sameCurrency(a, b).amountMinor, a.currency);
}

/** The difference. Throws for two currencies. */
export function subtract(a: Money, b: Money): Money {
  return money(a.amountMinor - sameCurrency(a, b).amountMinor, a.currency);
}

/** The sum of any number of amounts in one currency; zero for none. Throws where an amount is in another. */
export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, zero(currency));
}

/** An amount so many times. Throws for a fractional or negative count. */
export function times(amount: Money, count: number): Money {
  if (!Number.isSafeInteger(count) || count < 0) throw new Error(`Not a count: ${count}`);
  return money(amount.amountMinor * count, amount.currency);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. Throws for two currencies. */
export function compare(a: Money, b: Money): number {
  return a.amountMinor - sameCurrency(a, b).amountMinor;
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`Mixed currencies: ${a.currency} and ${b.currency}`);
  return b;
}
