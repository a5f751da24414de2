import { exponentOf } from "../../domain/money/currency.ts";
import { parseDecimal } from "../../domain/money/money.ts";

/** A number, or the code of what is wrong with the text. */
export type Typed = number | { readonly code: string };

const PERCENT = /^-?\d{1,6}(\.\d{1,2})?$/;
const WHOLE = /^-?\d{1,15}$/;
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** A number as people type it, made plain: full-width digits, spaces, percent signs and thousands separators. */
export function plainNumber(text: string): string {
  const plain = text.normalize("NFKC").replace(/[\s%]/g, "");
  return GROUPED.test(plain) ? plain.replaceAll(",", "") : plain;
}

/** A percentage with at most two decimals, in basis points. */
export function typedPercent(text: string): Typed {
  const plain = plainNumber(text);
  return PERCENT.test(plain) ? Math.round(Number(plain) * 100) : { code: "not-a-percentage" };
}

/** A whole number. */
export function typedWhole(text: string): Typed {
  const plain = plainNumber(text);
  return WHOLE.test(plain) ? Number(plain) : { code: "not-a-number" };
}

/** An amount in the currency's smallest unit. */
export function typedAmount(text: string, currency: string): Typed {
  const plain = plainNumber(text);
  const amount = parseDecimal(plain, currency);
  if (amount !== null) return amount.amountMinor;
  return { code: exponentOf(currency) === 0 && /^\d+\.\d+$/.test(plain) ? "no-decimals" : "not-an-amount" };
}
