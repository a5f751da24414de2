import type { DifferenceReason } from "../domain/measurement/reconciliation.ts";
import type { MoneyView } from "./money-view.ts";

/** One day's net sales by Shopify's rules beside ours, and why they differ. Amounts are without taxes and shipping. */
export interface ReconciliationView {
  /** `today`: the day that it is in the shop. */
  shop: { domain: string; timezone: string; today: string };
  day: string;
  /** Gross less discounts less returns is net. */
  shopify: { gross: MoneyView; discounts: MoneyView; returns: MoneyView; net: MoneyView };
  ours: MoneyView;
  /** Shopify's net sales and these add up to ours. */
  differences: DifferenceView[];
  /** What neither figure counts. */
  leftOut: {
    testOrders: number;
    tests: MoneyView;
    giftCards: MoneyView;
    taxes: MoneyView;
    otherCurrencyOrders: number;
  };
}

export interface DifferenceView {
  reason: DifferenceReason;
  amount: MoneyView;
  /** How many orders it is about, and those with the largest part. */
  orderCount: number;
  orders: { orderId: string; name: string; amount: MoneyView }[];
}
