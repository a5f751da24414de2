import { type AppMetafield, checkoutOf, valueAt } from "./app-metafields.ts";
import { parseCustomer, PUBLISHED, type PublishedCustomer, type Shopper } from "./domain.ts";

/** The part of Shopify's `customerPrivacy` that matters here. */
export interface BuyerConsent {
  readonly allowedProcessing: { readonly preferences: boolean };
  /** Absent for what the buyer has not decided. */
  readonly visitorConsent: { readonly saleOfData?: boolean };
}

/**
 * What the customer's own orders say. Null where nobody is logged in, where the merchant has not switched it on, and
 * where the buyer does not allow it: processing of preferences must be allowed, and a buyer who opted out of the sale
 * of their data counts as one who allows nothing.
 */
export function customerHistory(metafields: readonly AppMetafield[], consent: BuyerConsent): PublishedCustomer | null {
  if (checkoutOf(metafields)?.history !== true) return null;
  if (!consent.allowedProcessing.preferences || consent.visitorConsent.saleOfData === false) return null;
  return parseCustomer(valueAt(metafields, PUBLISHED.customer));
}

/** What lists are chosen by; of the customer only what their history says. */
export function shopperOf(currency: string, customer: PublishedCustomer | null): Shopper {
  const returning = customer?.returning === true ? "returning" : "new";
  const known = { customer: customer === null ? null : returning, rank: customer?.rank ?? null } as const;
  return { currency, ...known, channel: "online" };
}
