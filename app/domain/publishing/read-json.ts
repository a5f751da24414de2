import { isCurrencyCode } from "../money/currency.ts";
import type { BareId } from "../ids.ts";

/**
 * The pieces that tolerant readers are made of. What is published may be of another release, or broken: a reader gives
 * null or nothing for what it does not understand, never throws, and ignores unknown fields.
 */

const BARE_ID = /^[0-9]{1,20}$/;

/** The object in a metafield's text, or an object that is parsed already. Null for anything else. */
export function objectIn(value: unknown): Record<string, unknown> | null {
  return record(typeof value === "string" ? parsedJson(value) : value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** The value itself where it is a list; otherwise an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isBareId(value: unknown): value is BareId {
  return typeof value === "string" && BARE_ID.test(value);
}

export function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** The amounts of an object by currency; entries that are no currency or not accepted are left out. Null for none. */
export function amountsByCurrency(
  value: unknown,
  accepts: (amount: number) => boolean = isPositiveInteger,
): Record<string, number> | null {
  const kept: Record<string, number> = {};
  for (const [currency, amount] of Object.entries(record(value) ?? {})) {
    if (isCurrencyCode(currency) && typeof amount === "number" && accepts(amount)) kept[currency] = amount;
  }
  return Object.keys(kept).length === 0 ? null : kept;
}

/** Without the items that name a product which an earlier one names. */
export function firstOfEachProduct<Item extends { readonly product: BareId }>(items: readonly Item[]): Item[] {
  const seen = new Set<BareId>();
  return items.filter(({ product }) => !seen.has(product) && seen.add(product));
}
