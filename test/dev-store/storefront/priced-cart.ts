import type { LineAllocation, OrderAllocation } from "../functions/apply-discounts.ts";
import type { DevProduct, DevSellingPlan, DevVariant } from "../shop/state.ts";
import type { Cart, CartLine } from "./cart.ts";

/** A cart line with what it costs now. Amounts in presentment minor units. */
export interface PricedLine {
  line: CartLine;
  product: DevProduct;
  variant: DevVariant;
  unitMinor: number;
  allocations: LineAllocation[];
  /** What discounts on the order take off the line; not in `finalMinor`. */
  orderShares: { amountMinor: number; title: string; code: string | null }[];
  originalMinor: number;
  discountMinor: number;
  /** After line discounts. */
  finalMinor: number;
  sellingPlan: DevSellingPlan | null;
}

export interface PricedCart {
  cart: Cart;
  currency: string;
  lines: PricedLine[];
  originalMinor: number;
  /** After line discounts, before order discounts. */
  subtotalMinor: number;
  orderAllocations: OrderAllocation[];
  /** After all discounts, before delivery. */
  totalMinor: number;
  itemCount: number;
  requiresShipping: boolean;
  /** What of the discounts is in the combination that saves most: see `partKey`. */
  combination: ReadonlySet<string>;
  /** What became of each code that the buyer entered. */
  codes: EnteredCode[];
}

export interface EnteredCode {
  /** As the buyer wrote it. */
  code: string;
  /** Without a discount; with one that gives this cart nothing; with one that others keep out; or applied. */
  state: "unknown" | "not-applicable" | "not-combined" | "applied";
}

/** A cart priced with one combination of discounts, of which it is not asked what became of each code. */
export type PricedWithout = Omit<PricedCart, "codes">;
