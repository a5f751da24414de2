import type { Segment } from "../../shoppers/shopper.ts";

/** A product's companions for the shoppers of one segment, best first. Ids are bare numbers. */
export interface SegmentList extends Segment {
  readonly companions: readonly SegmentCompanion[];
}

export interface SegmentCompanion {
  readonly item: string;
  /** What it adds to its sum over a cart, in the unit of the default lists. */
  readonly weight: number;
}

/** One product's list for one segment, as it is learnt. `product` is a bare number. */
export interface LearntSegmentList extends SegmentList {
  readonly product: string;
  /** Segments are tried in ascending order of it: the one with the largest measured gain first. */
  readonly place: number;
}
