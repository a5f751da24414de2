import { isKnownCurrency } from "../money/currency.ts";
import type { Order } from "./order.ts";

/** The currency that the buyer paid in, as far as it is stored; null for one that Shopify did not know. */
export function currencyPaid({ currency, presentmentCurrency = "" }: Order): string | null {
  const paid = presentmentCurrency === "" ? currency : presentmentCurrency;
  return isKnownCurrency(paid) ? paid : null;
}
