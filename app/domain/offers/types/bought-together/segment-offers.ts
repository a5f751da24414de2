import { gid, type ProductId } from "../../../ids.ts";
import type { SegmentList } from "../../../mining/segments/segment.ts";
import { SEGMENT_COMPANIONS } from "../../../shoppers/list-lengths.ts";
import type { Segment } from "../../../shoppers/shopper.ts";
import {
  chooseCompanions,
  type ChosenCompanion,
  type CompanionsChosen,
  type GivenChoice,
} from "./choose-companions.ts";
import type { ChosenSegment, ShopFacts } from "./chosen-offer.ts";
import type { EvidenceOfCompanions } from "./companion-evidence.ts";
import { ofSegmentList } from "./mined-companion.ts";

/** A segment and what was chosen of its own list. */
export type SegmentChoice = Segment & CompanionsChosen;

/**
 * The segments that shoppers of the online store can be in, in the order in which they are tried. A rank is known only
 * where customers' histories may be used; every shopper is in the online channel, so nothing after it is tried.
 */
export function segmentsOnline(
  segments: readonly SegmentList[],
  { useCustomerHistory }: Pick<ShopFacts["settings"], "useCustomerHistory">,
): SegmentList[] {
  const possible = segments.filter(
    ({ by, is }) => (by !== "channel" || is === "online") && (by !== "rank" || useCustomerHistory),
  );
  const last = possible.findIndex(({ by }) => by === "channel");
  return last < 0 ? possible : possible.slice(0, last + 1);
}

/** Chooses from each segment's own list, by the same gates as for the default list. */
export function chooseSegments(
  segments: readonly SegmentList[],
  evidence: EvidenceOfCompanions,
  given: GivenChoice,
): SegmentChoice[] {
  return segments.map(({ by, is, companions }) => {
    const mined = companions.map((one, place) => ofSegmentList(evidence.of(gid("Product", one.item)), one, place));
    return { by, is, ...chooseCompanions({ ...given, mined, limit: SEGMENT_COMPANIONS }) };
  });
}

/** The segments whose own list adds anything, each filled up from the default list. */
export function shownSegments(
  segments: readonly SegmentChoice[],
  defaults: readonly ChosenCompanion[],
  looks: (product: ProductId) => ProductId,
): ChosenSegment[] {
  return segments
    .filter(({ companions }) => companions.some(({ source }) => source === "mined"))
    .map(({ by, is, companions }) => ({ by, is, companions: filledUp(companions, defaults, looks) }));
}

/**
 * A segment's list followed by the best of the default list, so that its shoppers are never offered less. A pin has the
 * weight that it has in the default list. What `looks` calls near-identical to one of the segment's own is not added.
 */
function filledUp(
  own: readonly ChosenCompanion[],
  defaults: readonly ChosenCompanion[],
  looks: (product: ProductId) => ProductId,
): ChosenCompanion[] {
  const weights = new Map(defaults.map(({ product, weight }) => [product, weight]));
  const known = new Set(own.map(({ product }) => looks(product)));
  return [
    ...own.map((one) => (one.weight === 0 ? { ...one, weight: weights.get(one.product) ?? 0 } : one)),
    ...defaults.filter(({ product }) => !known.has(looks(product))),
  ].slice(0, SEGMENT_COMPANIONS);
}
