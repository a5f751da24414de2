import type { CreditReason } from "../domain/store-credit/next-move.ts";

/** What the order block shows of one order. Amounts are decimals in `currency`. */
export interface OrderOffersView {
  name: string;
  /** What was paid in, or the shop's when the order was placed: see `instead`. */
  currency: string;
  /** What is shown in place of what Shopify says was paid; null where that is shown. */
  instead: AmountsInstead | null;
  /** What our discounts took off by their names at checkout, as Shopify keeps it: facts of the order. */
  saved: { name: string; amount: string }[];
  /** What all other discounts took off the lines; "0" for nothing. */
  otherDiscounts: string;
  /** Whether some of the other discounts may be ours: by which they were is not stored, and Shopify does not say it now. */
  savedUnknown: boolean;
  /** Lines that came through an offer. */
  through: { title: string; surface: string; offer: string }[];
  /** What the order earns as store credit, by offer. */
  credits: OrderCreditView[];
  /** What became of each offer that has to do with the order's cart, by the offers of today. */
  today: OrderOutcomeView[];
  /** Address of the simulator with the order's cart, inside the app. */
  simulator: string;
}

/**
 * `stored`: what was paid, as the app has stored it; Shopify does not say it now. `stored-converted`: the same in the shop's
 * currency of then, since the order was paid in another one. `converted`: in the shop's currency of then, as Shopify says now;
 * it no longer knows the one that was paid in.
 */
export type AmountsInstead = "stored" | "stored-converted" | "converted";

/** One offer's store credit; amounts are decimals in `currency`, what was paid in. */
export interface OrderCreditView {
  /** As in {@link OrderOutcomeView}. */
  offer: string;
  currency: string;
  given: string;
  takenBack: string;
  /** Spent before it could be taken back. */
  lost: string;
  /** Why nothing is given, `waiting` for the days to pass; null where something was. */
  reason: CreditReason | "waiting" | null;
  /** ISO time from which it is given. */
  dueAt: string;
}

export interface OrderOutcomeView {
  /** As staff named it, or the English or Japanese name of its kind of discount. */
  offer: string;
  code: "applied" | "partly-applied" | "lost";
  saved: string;
  /** Names of the offers that it lost to, and how much more the cart saves with them. */
  lostTo: string[];
  more: string;
}
