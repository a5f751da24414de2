import type { CreditReason } from "../domain/store-credit/next-move.ts";

/** What the order block shows of one order. Amounts are decimals in `currency`, the shop's. */
export interface OrderOffersView {
  name: string;
  currency: string;
  /** What our discounts took off by their names at checkout, as Shopify keeps it: facts of the order. */
  saved: { name: string; amount: string }[];
  /** What all other discounts took off the lines; "0" for nothing. */
  otherDiscounts: string;
  /** Lines that came through an offer. */
  through: { title: string; surface: string; offer: string }[];
  /** What the order earns as store credit, by offer. */
  credits: OrderCreditView[];
  /** What became of each offer that has to do with the order's cart, by the offers of today. */
  today: OrderOutcomeView[];
  /** Address of the simulator with the order's cart, inside the app. */
  simulator: string;
}

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
