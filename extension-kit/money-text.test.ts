import { expect, test } from "vitest";
import { formatMoney, type I18n } from "./money-text.ts";

/** Shopify's formats, which are the language's. */
const i18n = (language: string): I18n => ({
  translate: (key) => key,
  formatCurrency: (amount, options) =>
    new Intl.NumberFormat(language, { style: "currency", ...options }).format(amount),
});

test("amounts have the digits of their currency, and yen the sign of the shop's pages", () => {
  expect(formatMoney(i18n("en"), { amountMinor: 1050, currency: "USD" })).toBe("$10.50");
  expect(formatMoney(i18n("ja"), { amountMinor: 1050, currency: "JPY" })).toBe("¥1,050");
});
