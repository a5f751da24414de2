import { z } from "zod";
import type { SegmentFinding } from "../../../domain/mining/segments/segment-trials.ts";

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const finding = z.object({
  by: z.enum(["customer", "market", "channel", "rank"]),
  is: z.string().min(1),
  learntOrders: count,
  heldOutOrders: count,
  hitRateOfAll: share,
  hitRateOfSegment: share,
  gained: count,
  lost: count,
  qValue: share,
  priorOrders: z.number().positive().nullable(),
  verdict: z.enum(["gain", "no-gain", "too-few-orders"]),
});
const judged = z.object({ segments: z.array(finding) });

/** What is stored with a choice of the segments that were tried; nothing where it is in another shape. */
export function segmentFindingsOf(stored: unknown): readonly SegmentFinding[] {
  return judged.safeParse(stored).data?.segments ?? [];
}
