import { portionMinor } from "../money/basis-points.ts";
import { amountsByCurrency, isPositiveInteger, record } from "../publishing/read-json.ts";

/** How published entries name it. */
export const STORE_CREDIT = "store-credit";

/** What an order with a whole set earns after it is paid. Amounts in minor units by currency, never converted. */
export interface CreditTerms {
  readonly kind: typeof STORE_CREDIT;
  /** A share of what the set costs; absent where it is an amount. */
  readonly basisPoints?: number;
  /** The most that such a share comes to; absent for no limit. In a currency that is not among them nothing is earned. */
  readonly most?: Readonly<Record<string, number>>;
  readonly amounts?: Readonly<Record<string, number>>;
  /** From the order until it is given. */
  readonly waitDays: number;
  /** For how long it can be spent; absent for ever. */
  readonly expiryDays?: number;
}

const LONGEST_DAYS = 3_650;
const MOST_BASIS_POINTS = 10_000;

/** Reads published terms, tolerantly; null for what is not understood. */
export function readCreditTerms(value: unknown): CreditTerms | null {
  const { kind, basisPoints, most, amounts, waitDays, expiryDays } = record(value) ?? {};
  if (kind !== STORE_CREDIT || !isDays(waitDays, 0)) return null;
  if (expiryDays !== undefined && !isDays(expiryDays, 1)) return null;
  const times = { waitDays, ...(expiryDays === undefined ? {} : { expiryDays }) };
  if (basisPoints === undefined) {
    const read = amountsByCurrency(amounts);
    return read && { kind, amounts: read, ...times };
  }
  if (!isPositiveInteger(basisPoints) || basisPoints > MOST_BASIS_POINTS) return null;
  if (most === undefined) return { kind, basisPoints, ...times };
  const read = amountsByCurrency(most);
  return read && { kind, basisPoints, most: read, ...times };
}

function isDays(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= LONGEST_DAYS;
}

/**
 * What a set of this price earns, in the currency that it was paid in: at most its price, 0 where nothing is earned in this
 * currency.
 */
export function creditFor(
  { basisPoints, most, amounts }: CreditTerms,
  { amountMinor, currency }: { readonly amountMinor: number; readonly currency: string },
): number {
  if (amountMinor <= 0) return 0;
  if (basisPoints === undefined) return Math.min(amounts?.[currency] ?? 0, amountMinor);
  const limit = most === undefined ? Infinity : (most[currency] ?? 0);
  return Math.min(portionMinor(amountMinor, basisPoints), limit);
}
