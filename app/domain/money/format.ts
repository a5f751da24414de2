import { exponentOf, minorUnitsPerUnit } from "./currency.ts";
import type { Money } from "./money.ts";

/**
 * An amount as people in `locale` (BCP 47) write it: "$10.50", "¥1,050". As many digits as the currency has, so
 * that no unit is hidden by rounding. With `compact` in few letters for the axis of a chart, rounded: "$1.2K". The yen
 * sign is the narrow one in every language, as storefronts write it. Throws a RangeError for a malformed locale.
 */
export function formatMoney(amount: Money, locale: string, { compact = false } = {}): string {
  const digits = exponentOf(amount.currency);
  const format = new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency: amount.currency },
    ...(compact
      ? { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
  // Nothing has no sign: "-0" would be written with one.
  const units = amount.amountMinor / minorUnitsPerUnit(amount.currency) || 0;
  return withNarrowYen(format.format(units));
}

/** Japanese formats have the wide sign, which no storefront writes. */
export function withNarrowYen(text: string): string {
  return text.replace("￥", "¥");
}
