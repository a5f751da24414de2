import { LISTED_COMPANIONS } from "../../shoppers/list-lengths.ts";
import { listOf, placesOf, type BothLists } from "../lists/listed-companions.ts";
import type { SegmentCounts } from "./segment-counts.ts";

/** A companion in an item's default list, with its weight in a cart and on the item's own page. */
export interface ListedPlace {
  readonly companion: number;
  readonly weight: number;
  /** 0 where the page's ranking does not list it. */
  readonly pageWeight: number;
}

/** An item's default list, best first, as it is stored: what its page shows, then what the cart adds. */
export function defaultPlaces(lists: BothLists, item: number): ListedPlace[] {
  const page = new Map(listOf(lists.pageCompanions, item));
  return placesOf(lists, item).map(({ companion, weight }) => ({
    ...{ companion, weight },
    pageWeight: page.get(companion) ?? 0,
  }));
}

/**
 * How much more (above 1) or less often a segment buys a companion with the item than all shoppers do, shrunk towards
 * them by `prior` orders m:
 *
 *   (n_s(a, b) + m c) / ((n_s(a) + m) c),   c = n(a, b) / n(a)
 *
 * n_s are the segment's orders, n those of all shoppers (Dirichlet smoothing: Zhai & Lafferty, 2004). 1 for two that
 * were never bought together.
 */
export function timesAsOften(counts: SegmentCounts, segment: number, place: number, prior: number): number {
  const together = counts.together[place]!;
  if (together === 0) return 1;
  const confidence = together / counts.orders;
  const own = counts.togetherOf(segment, place) + prior * confidence;
  return own / ((counts.ordersOf[segment]! + prior) * confidence);
}

/** A segment that bought an item in fewer orders has no list of its own for it. */
const LEAST_ITEM_ORDERS = 10;

/**
 * The list of the item that `counts` read last as a segment sees it: each weight times its factor, what then weighs
 * most on the item's page first. The default weights where the segment hardly bought the item.
 */
export function ownPlaces(
  places: readonly ListedPlace[],
  counts: SegmentCounts,
  segment: number,
  prior: number,
): readonly ListedPlace[] {
  if (counts.ordersOf[segment]! < LEAST_ITEM_ORDERS || prior === Infinity) return places;
  return places
    .map(({ companion, weight, pageWeight }, place) => {
      const factor = timesAsOften(counts, segment, place, prior);
      return { companion, weight: weight * factor, pageWeight: pageWeight * factor };
    })
    .sort((a, b) => b.pageWeight - a.pageWeight || b.weight - a.weight);
}

/** Whether the first companions, which are what is shown, differ from the default list in content or order. */
export function hasListOfItsOwn(own: readonly ListedPlace[], defaults: readonly ListedPlace[]): boolean {
  return own.slice(0, LISTED_COMPANIONS).some(({ companion }, place) => companion !== defaults[place]!.companion);
}
