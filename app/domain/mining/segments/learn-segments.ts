import type { BasketTable } from "../../baskets/basket-table.ts";
import type { LearntList } from "../lists/learnt-lists.ts";
import type { RankingModel } from "../model/model.ts";
import { orderSegments, type OrderFacts } from "./order-segments.ts";
import { segmentLists } from "./segment-lists.ts";
import { segmentsInUse, segmentTrials, type SegmentFinding } from "./segment-trials.ts";
import type { LearntSegmentList } from "./segment.ts";

/** Which segments were tried and what was found, and the lists of those that gain by lists of their own. */
export interface LearntSegments {
  readonly findings: readonly SegmentFinding[];
  readonly lists: readonly LearntSegmentList[];
}

/**
 * Tries the segments of a shop again when its ranking was chosen again, and learns the lists of those that gain; beside
 * an earlier choice the segments stay as they were `found` then, and their lists alone are learnt again. Customers'
 * ranks are those of the learnt orders alone for the trial, and of all orders for the lists. The same orders and the
 * same choice give the same lists.
 */
export function learnSegments(
  table: BasketTable,
  facts: OrderFacts,
  model: RankingModel,
  lists: readonly LearntList[],
  found: readonly SegmentFinding[],
): LearntSegments {
  const { earlier } = model;
  const findings =
    earlier === null ? found : segmentTrials(table, earlier, orderSegments(table, facts, earlier.baskets.orders));
  const inUse = segmentsInUse(findings);
  if (inUse.length === 0) return { findings, lists: [] };
  const segmented = orderSegments(table, facts);
  return { findings, lists: [...segmentLists(table, model, lists, segmented, inUse)] };
}
