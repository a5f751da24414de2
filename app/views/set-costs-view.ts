import type { MoneyView } from "./money-view.ts";

/** Products that are sold together, in the shop's currency. */
export interface CostedSetView {
  readonly titles: readonly string[];
  /** At their lowest prices, and what they cost the shop. */
  readonly price: MoneyView;
  readonly cost: MoneyView;
}

/**
 * Of the sets that shoppers see and whose costs are known, those that a reward takes below their cost first. What costs more
 * than its price without any reward is left out.
 */
export interface SetCostsView {
  /** One product, for a percentage: no margin keeps it out of its set. Null for none. */
  readonly product: CostedSetView | null;
  /** Whole sets, for an amount off or a price. */
  readonly sets: readonly CostedSetView[];
}
