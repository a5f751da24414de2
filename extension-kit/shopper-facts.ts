import type { CartLine } from "./cart.ts";
import { isCurrencyCode, type ShopperFacts } from "./domain.ts";

/** The part of Shopify's API in checkout that tells who buys. */
export interface BuyerApi {
  /** Absent where the app may not see customer data, in whole or in part. */
  readonly buyerIdentity?: { readonly purchasingCompany?: { readonly value: unknown } } | undefined;
}

/**
 * What checkout and the thank-you page know of a shopper, where conditions of offers are evaluated. Whether somebody is
 * logged in they do not know for sure, nor how often they ordered, nor prices before discounts.
 */
export function shopperFacts(
  api: BuyerApi,
  lines: readonly CartLine[],
  {
    currency,
    country,
    language,
  }: { readonly currency: string; readonly country: string | null; readonly language: string },
): ShopperFacts {
  // Some versions of the API do not have it at all.
  const company = "buyerIdentity" in api ? api.buyerIdentity?.purchasingCompany : undefined;
  return {
    ...{ country, language, currency: isCurrencyCode(currency) ? currency : null },
    ...{ signedIn: null, orders: null, tags: null, counter: false, valueMinor: null },
    business: company === undefined ? null : company.value !== undefined,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
