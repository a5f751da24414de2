/**
 * A: a good record and much room to grow. B: much room, a small record yet. C: a good record, little room: to be kept.
 * D: little of both.
 */
export type CustomerRank = "A" | "B" | "C" | "D";

/** The dimension that distinguishes a segment. */
export type SegmentedBy = "customer" | "market" | "channel" | "rank";

/** Some of a shop's shoppers, as far as their orders tell. */
export interface Segment {
  readonly by: SegmentedBy;
  /**
   * customer: "new" or "returning". market: the currency that an order was paid in ("EUR"). channel: where it was
   * placed ("online", "pos"). rank: the customer's, "A" to "D".
   */
  readonly is: string;
}

/** What is known of a shopper on a page or in a cart; null for what is not. */
export interface Shopper {
  /** ISO 4217 code that the shopper pays in. */
  readonly currency: string | null;
  /** Null for nobody logged in. */
  readonly customer: "new" | "returning" | null;
  readonly rank: CustomerRank | null;
  readonly channel: "online";
}
