import type { Segment } from "../shoppers/shopper.ts";

/** What becomes of a segment's lists: shoppers see them, the settings keep them from it, or nobody online is in it. */
export type SegmentUse = "in-use" | "switched-off" | "elsewhere";

/** A segment with lists of its own, and what becomes of them. */
export interface SegmentInUse extends Segment {
  readonly use: SegmentUse;
}

/** What becomes of a segment's lists under these settings. */
export function useOfSegment(
  { by, is }: Segment,
  settings: { readonly mode: string; readonly useCustomerHistory: boolean },
): SegmentUse {
  if (by === "channel" && is !== "online") return "elsewhere";
  return settings.mode === "automatic" && (by !== "rank" || settings.useCustomerHistory) ? "in-use" : "switched-off";
}

/** A segment as one word, for an address: "market:EUR". */
export function segmentCode({ by, is }: Segment): string {
  return `${by}:${is}`;
}

/** The segment of these that a word names; null for all shoppers. */
export function segmentOfCode<Known extends Segment>(code: string, known: readonly Known[]): Known | null {
  return known.find((segment) => segmentCode(segment) === code) ?? null;
}
