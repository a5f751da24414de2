import { gid, type OrderId, type ProductId } from "../../domain/ids.ts";
import { toDecimalString } from "../../domain/money/money.ts";
import type { CreditTerms } from "../../domain/store-credit/terms.ts";
import type { WholeCreditRecord } from "../../persistence/store-credit/credit-records.ts";

/** The store credit of one order from one offer, as whoever asks for their data is given it. Amounts are decimals. */
export interface CustomerCredit {
  readonly orderId: OrderId;
  /** Number of the offer. */
  readonly offer: number;
  /** What it is earned by, and what that cost. */
  readonly products: readonly ProductId[];
  readonly price: string;
  readonly priceCurrency: string;
  /** What the offer promised; null where that cannot be read any more. */
  readonly terms: CreditTerms | null;
  readonly dueAt: string;
  readonly currency: string;
  readonly given: string;
  readonly givenAt: string | null;
  readonly takenBack: string;
  readonly spent: string;
  /** Why nothing was given, or could not be taken back. */
  readonly reason: string | null;
  readonly transactions: readonly {
    readonly kind: "credit" | "debit";
    readonly amount: string;
    readonly askedAt: string;
    readonly expiresAt: string | null;
    /** Null as long as nobody knows. */
    readonly done: boolean | null;
    /** Shopify's id of it. */
    readonly id: string | null;
  }[];
}

/** Puts what is kept of a credit as a customer is given it. */
export function customerCredit(record: WholeCreditRecord): CustomerCredit {
  const { orderId, currency, setMinor, setCurrency, terms, reason } = record;
  const decimal = (amountMinor: number) => toDecimalString({ amountMinor, currency });
  return {
    ...{ orderId, offer: record.offerNumber, terms, currency, reason },
    products: [record.product, ...record.companions].map((one) => gid("Product", one)),
    price: toDecimalString({ amountMinor: setMinor, currency: setCurrency }),
    ...{ priceCurrency: setCurrency, dueAt: record.dueAt.toISOString() },
    ...{ given: decimal(record.creditedMinor), givenAt: record.creditedAt?.toISOString() ?? null },
    ...{ takenBack: decimal(record.takenBackMinor), spent: decimal(record.lostMinor) },
    transactions: record.moves.map(({ kind, minor, askedAt, expiresAt, isDone, transactionId }) => ({
      ...{ kind, amount: decimal(minor), askedAt: askedAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null },
      ...{ done: isDone, id: transactionId },
    })),
  };
}
