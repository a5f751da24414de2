import { exponentOf } from "./currency.ts";
import { type Money, money } from "./money.ts";

/**
 * Shopify's Liquid and its Ajax API write every amount in hundredths of the unit, whatever the currency: ¥1,000
 * is 100000 there, and one fils of KWD is 0.1. These two are the only places where that is turned into minor
 * units and back.
 */
export function toHundredths(amount: Money): number {
  const exponent = exponentOf(amount.currency);
  return exponent <= 2 ? amount.amountMinor * 10 ** (2 - exponent) : amount.amountMinor / 10 ** (exponent - 2);
}

/** The amount that hundredths stand for, rounded half up to the currency's smallest unit. Throws for NaN. */
export function fromHundredths(hundredths: number, currency: string): Money {
  const exponent = exponentOf(currency);
  const minor = exponent >= 2 ? hundredths * 10 ** (exponent - 2) : hundredths / 10 ** (2 - exponent);
  return money(Math.floor(minor + 0.5), currency);
}
