import type { PublishedCompanion, PublishedOffer, PublishedSegment } from "./published.ts";
import { LISTED_COMPANIONS, SET_SIZE } from "../shoppers/list-lengths.ts";
import type { BareId } from "../ids.ts";

/** Share by which a weight may have moved before an offer is published again. */
export const MATERIAL_MOVE = 0.1;
/** Share by which a number of orders may have moved before shoppers are told the new one. */
export const MATERIAL_COUNT = 0.25;

/**
 * Whether an offer that is published already is to be replaced by what is chosen now. Lists are learnt anew seconds
 * after an order, and nearly every weight moves a little each time: sending all of it would spend the shop's whole
 * budget of calls on what no shopper can notice.
 *
 * It is replaced where anything but the companions differs (discount, size of the set, id), where the companions that
 * the set shows differ or stand in another order, where others take part in its discount, where a weight of these has
 * moved by more than a tenth, or the weights of the rest by more than a tenth of all their sum; and always where it
 * holds a product that must not be offered any more. Weights move by |a - b| / max(a, b). Of a segment's list all take
 * part in the discount: it is looked at as the listed companions are.
 *
 * What shoppers are told of numbers of orders waits for the night, with the end of the days they are from, unless it is
 * no longer to be told of a product, is told of the offer for the first time, or moved by more than a quarter.
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
  if (nameOf(segmentsBefore) !== nameOf(segmentsAfter)) return true;
  if (segmentsBefore.some((segment, n) => hasMoved(segment.companions, segmentsAfter[n]!.companions))) return true;
  if (hasMoved(before.slice(0, LISTED_COMPANIONS), after.slice(0, LISTED_COMPANIONS))) return true;
  const restMoved = movedWeight(before.slice(LISTED_COMPANIONS), after.slice(LISTED_COMPANIONS));
  return restMoved > MATERIAL_MOVE * Math.max(sumOfWeights(before), sumOfWeights(after));
}

function nameOf(segments: readonly PublishedSegment[]): string {
  return segments.map(({ by, is }) => `${by} ${is}`).join();
}

/** Whether what a set shows, or takes part in a discount, is other than it was, or is told or weighs much otherwise. */
function hasMoved(before: readonly PublishedCompanion[], after: readonly PublishedCompanion[]): boolean {
  const shown = (companions: readonly PublishedCompanion[]) =>
    companions.slice(0, SET_SIZE).map(({ product }) => product);
  if (shown(before).join() !== shown(after).join()) return true;
  const now = new Map(after.map((companion) => [companion.product, companion]));
  if (now.size !== before.length) return true;
  return before.some(({ product, weight, orders }) => {
    const companion = now.get(product);
    if (companion === undefined || differs(weight, companion.weight, MATERIAL_MOVE)) return true;
    return orders !== undefined && differs(orders, companion.orders ?? 0, MATERIAL_COUNT);
  });
}

function differs(a: number, b: number, share: number): boolean {
  return Math.abs(a - b) > share * Math.max(a, b);
}

/** Sum of the absolute changes of all weights; a companion that is absent weighs nothing. */
export function movedWeight(before: PublishedOffer["companions"], after: PublishedOffer["companions"]): number {
  const [old, now] = [weightsOf(before), weightsOf(after)];
  let moved = 0;
  for (const product of new Set([...old.keys(), ...now.keys()])) {
    moved += Math.abs((now.get(product) ?? 0) - (old.get(product) ?? 0));
  }
  return moved;
}

function weightsOf(companions: PublishedOffer["companions"]): Map<BareId, number> {
  return new Map(companions.map(({ product, weight }) => [product, weight]));
}

/** All weights added up. */
export function sumOfWeights(companions: PublishedOffer["companions"]): number {
  return companions.reduce((sum, { weight }) => sum + weight, 0);
}
