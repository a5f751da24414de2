import { exponentOf, type Money, minorUnitsPerUnit } from "./domain.ts";

/** Shopify's own translation and formatting, in the buyer's language. */
export interface I18n {
  translate(key: string, options?: Record<string, string | number>): string;
  formatCurrency(amount: number, options?: Intl.NumberFormatOptions): string;
}

/** An amount as the buyer writes it, with as many decimals as its currency has. */
export function formatMoney(i18n: I18n, amount: Money): string {
  const digits = exponentOf(amount.currency);
  return i18n.formatCurrency(amount.amountMinor / minorUnitsPerUnit(amount.currency), {
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
