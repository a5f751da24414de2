import { exponentOf } from "../../../../app/domain/money/currency.ts";

const SYMBOLS: Record<string, string> = { USD: "$", JPY: "¥", EUR: "€", GBP: "£", CAD: "$", AUD: "$", CNY: "¥" };

/** The symbol of a currency as Shopify's `localization` object gives it. */
export function currencySymbol(currency: string): string {
  return SYMBOLS[currency] ?? currency;
}

/** The shop's `money_format` for a currency, with Shopify's placeholder. */
export function moneyFormat(currency: string): string {
  if (exponentOf(currency) === 0) return `${currencySymbol(currency)}{{amount_no_decimals}}`;
  return SYMBOLS[currency] ? `${SYMBOLS[currency]}{{amount}}` : `{{amount}} ${currency}`;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Hundredths as a plain number with the currency's decimals: "1,234.50", "1,000", "1.250". */
export function formatAmount(hundredths: number, currency: string, trimZeros = false): string {
  const decimals = exponentOf(currency);
  const fixed = (Math.round(Math.abs(hundredths) * 10 ** (decimals - 2)) / 10 ** decimals).toFixed(decimals);
  const [whole, fraction] = fixed.split(".") as [string, string?];
  const sign = hundredths < 0 ? "-" : "";
  const shown = fraction && !(trimZeros && /^0+$/.test(fraction)) ? `.${fraction}` : "";
  return `${sign}${group(whole)}${shown}`;
}

/**
 * Hundredths as Shopify's `money` filter writes them. Nothing for what is not a number.
 *
 * @param format The shop's own; the usual one of the currency where it has none.
 */
export function formatHundredths(
  hundredths: unknown,
  currency: string,
  trimZeros = false,
  format = moneyFormat(currency),
): string {
  const amount = Number(hundredths);
  if (hundredths === null || hundredths === undefined || hundredths === "" || !Number.isFinite(amount)) return "";
  const text = formatAmount(amount, currency, trimZeros);
  return format.replace(/\{\{\s*\w+\s*\}\}/, () => text);
}
