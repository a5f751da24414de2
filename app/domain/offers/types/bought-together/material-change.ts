import type { BareId } from "../../../ids.ts";
import { differsBy, haveWeightsMoved, MATERIAL_MOVE, sumOfWeights } from "../../../publishing/material-change.ts";
import { LISTED_COMPANIONS, SET_SIZE } from "../../../shoppers/list-lengths.ts";
import type { PublishedCompanion, PublishedOffer, PublishedSegment } from "./published.ts";

/** Share by which a number of orders may have moved before shoppers see the new one. */
export const MATERIAL_COUNT = 0.25;

/**
 * Whether a published offer is to be replaced by what is chosen now, or the difference can wait for the night.
 *
 * It is replaced where anything but the companions differs (discount, size of the set, id); where the companions that
 * the set shows differ or are in another order; where other companions take part in its discount; where the weight of
 * one of these moved by more than a tenth, or the weights of the remainder by more than a tenth of the sum of all; and
 * always where it holds a product that must not be offered any more. A segment's companions all take part in the
 * discount, so they are compared as the listed companions are.
 *
 * A number of orders waits for the night, together with the end of the days that it was counted in, unless it is not to
 * be shown any more, is shown for the first time in this offer, or moved by more than a quarter.
 */
export function isOfferToReplace(
  published: PublishedOffer,
  chosen: PublishedOffer,
  mayBeOffered: (product: BareId) => boolean,
): boolean {
  const { companions: before, segments: segmentsBefore = [], ordersUntil: untilBefore, ...restBefore } = published;
  const { companions: after, segments: segmentsAfter = [], ordersUntil: untilAfter, ...restAfter } = chosen;
  if (JSON.stringify(restBefore) !== JSON.stringify(restAfter)) return true;
  if ((untilBefore === undefined) !== (untilAfter === undefined)) return true;
  const all = [before, ...segmentsBefore.map(({ companions }) => companions)].flat();
  if (!all.every(({ product }) => mayBeOffered(product))) return true;
  if (namesOf(segmentsBefore) !== namesOf(segmentsAfter)) return true;
  if (segmentsBefore.some((segment, n) => hasMoved(segment.companions, segmentsAfter[n]!.companions))) return true;
  return haveCompanionsMoved(before, after);
}

/** The companions' part of {@link isOfferToReplace}; of a list as it is learnt as well. */
export function haveCompanionsMoved(
  before: readonly PublishedCompanion[],
  after: readonly PublishedCompanion[],
): boolean {
  if (hasMoved(before.slice(0, LISTED_COMPANIONS), after.slice(0, LISTED_COMPANIONS))) return true;
  const sum = Math.max(sumOfWeights(before), sumOfWeights(after));
  return haveWeightsMoved(before.slice(LISTED_COMPANIONS), after.slice(LISTED_COMPANIONS), sum);
}

function namesOf(segments: readonly PublishedSegment[]): string {
  return segments.map(({ by, is }) => `${by} ${is}`).join();
}

/** Whether other companions are shown or take part in a discount, or one's weight or number of orders moved. */
function hasMoved(before: readonly PublishedCompanion[], after: readonly PublishedCompanion[]): boolean {
  const shown = (companions: readonly PublishedCompanion[]) =>
    companions.slice(0, SET_SIZE).map(({ product }) => product);
  if (shown(before).join() !== shown(after).join()) return true;
  const now = new Map(after.map((companion) => [companion.product, companion]));
  if (now.size !== before.length) return true;
  return before.some(({ product, weight, orders }) => {
    const companion = now.get(product);
    if (companion === undefined || differsBy(MATERIAL_MOVE, weight, companion.weight)) return true;
    return orders !== undefined && differsBy(MATERIAL_COUNT, orders, companion.orders ?? 0);
  });
}
