import { bareId } from "./app-metafields.ts";
import { exponentOf, isCurrencyCode, parseDecimal } from "./domain.ts";

/** The part of a UI extension's cart lines that matters here. */
export interface CartLine {
  readonly quantity: number;
  /** The whole line, after discounts on it. */
  readonly cost: { readonly totalAmount: { readonly amount: number; readonly currencyCode: string } };
  readonly merchandise: {
    readonly title: string;
    readonly requiresShipping: boolean;
    readonly product: { readonly id: string; readonly productType: string };
  };
}

/** Number of the product in a line. */
export function productOf(line: CartLine): string {
  return bareId(line.merchandise.product.id);
}

/** What the cart's lines cost in minor units, after discounts on them. */
export function cartMinor(lines: readonly CartLine[]): number {
  return lines.reduce((total, line) => total + lineMinor(line), 0);
}

/** What a line costs in minor units, after discounts on it. */
export function lineMinor({ cost }: CartLine): number {
  const { amount, currencyCode } = cost.totalAmount;
  return isCurrencyCode(currencyCode) ? minorOf(amount, currencyCode) : 0;
}

/** Shopify gives amounts as numbers here: the decimal of as many digits as the currency has is the one it meant. */
function minorOf(amount: number, currency: string): number {
  return parseDecimal(amount.toFixed(exponentOf(currency)), currency)?.amountMinor ?? 0;
}
