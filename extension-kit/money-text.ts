import { exponentOf, type Money, minorUnitsPerUnit, withNarrowYen } from "./domain.ts";

/** Shopify's own translation and formatting, in the buyer's language. */
export interface I18n {
  translate(key: string, options?: Record<string, string | number>): string;
  formatCurrency(amount: number, options?: Intl.NumberFormatOptions): string;
}

/** An amount as the buyer writes it, with as many decimals as its currency has, and yen as the shop's pages write them. */
export function formatMoney(i18n: I18n, amount: Money): string {
  const digits = exponentOf(amount.currency);
  const text = i18n.formatCurrency(amount.amountMinor / minorUnitsPerUnit(amount.currency), {
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return withNarrowYen(text);
}
