import type { BasketTable } from "../basket-table.ts";
import { newOrReturning, segmentLists, type SegmentTrial } from "./segments.ts";

/** What tells shoppers apart: whether the customer is new, or where the order was placed. */
export type SegmentedBy = "customer" | "channel";

/** Whether one segment's own lists would find more than everybody's, as {@link segmentLists} tries it. */
export interface SegmentFinding extends SegmentTrial {
  readonly by: SegmentedBy;
}

/** Trying segments of more lines costs more than it tells. */
const MOST_LINES = 3_000_000;

/**
 * Tries lists of their own for new and for returning customers, and for every channel where there are several.
 * `channelOf` names an order's channel, null where it is unknown. Of a single segment there is nothing to tell apart,
 * and it is left out; so is everything in a shop of more than three million order lines.
 */
export function segmentFindings(
  table: BasketTable,
  channelOf: (order: number) => string | null,
): readonly SegmentFinding[] {
  if (table.items.length > MOST_LINES) return [];
  const ways: readonly [SegmentedBy, (order: number) => string | null][] = [
    ["customer", newOrReturning(table)],
    ["channel", channelOf],
  ];
  return ways.flatMap(([by, segmentOf]) => {
    const { trials } = segmentLists(table, segmentOf);
    return trials.length < 2 ? [] : trials.map((trial) => ({ by, ...trial }));
  });
}
