import { LISTED_COMPANIONS, SET_SIZE, type BareId, type PublishedOffer } from "./published.ts";

/** Share by which a weight may have moved before an offer is published again. */
export const MATERIAL_MOVE = 0.1;

/**
 * Whether an offer that is published already is to be replaced by what is chosen now. Lists are learnt anew seconds
 * after an order, and nearly every weight moves a little each time: sending all of it would spend the shop's whole
 * budget of calls on what no shopper can notice.
 *
 * It is replaced where anything but the companions differs (discount, size of the set, id), where the companions that
 * the set shows differ or stand in another order, where others take part in its discount, where a weight of these has
 * moved by more than a tenth, or the weights of the rest by more than a tenth of all their sum; and always where it
 * holds a product that must not be offered any more. Weights move by |a - b| / max(a, b).
 */
export function isOfferToReplace(
  published: PublishedOffer,
  chosen: PublishedOffer,
  mayBeOffered: (product: BareId) => boolean,
): boolean {
  const { companions: before, ...restBefore } = published;
  const { companions: after, ...restAfter } = chosen;
  if (JSON.stringify(restBefore) !== JSON.stringify(restAfter)) return true;
  if (!before.every(({ product }) => mayBeOffered(product))) return true;
  const shown = (companions: PublishedOffer["companions"]) =>
    companions.slice(0, SET_SIZE).map(({ product }) => product);
  if (shown(before).join() !== shown(after).join()) return true;
  const listed = weightsOf(after.slice(0, LISTED_COMPANIONS));
  const listedBefore = weightsOf(before.slice(0, LISTED_COMPANIONS));
  if (listed.size !== listedBefore.size) return true;
  for (const [product, weight] of listedBefore) {
    const now = listed.get(product);
    if (now === undefined || Math.abs(now - weight) > MATERIAL_MOVE * Math.max(now, weight)) return true;
  }
  const restMoved = movedWeight(before.slice(LISTED_COMPANIONS), after.slice(LISTED_COMPANIONS));
  return restMoved > MATERIAL_MOVE * Math.max(sumOf(before), sumOf(after));
}

/** Sum of the absolute changes of all weights; a companion that is absent weighs nothing. */
function movedWeight(before: PublishedOffer["companions"], after: PublishedOffer["companions"]): number {
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

function sumOf(companions: PublishedOffer["companions"]): number {
  return companions.reduce((sum, { weight }) => sum + weight, 0);
}
