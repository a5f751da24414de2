import { OFFER_COMPANIONS } from "../../shoppers/list-lengths.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import type { LearntList } from "../lists/learnt-lists.ts";
import type { RankingModel } from "../model/model.ts";
import { largestUsualBasket } from "../../baskets/usual-baskets.ts";
import type { OrderSegments } from "./order-segments.ts";
import { SegmentCounts } from "./segment-counts.ts";
import { defaultPlaces, hasListOfItsOwn, ownPlaces } from "./segment-places.ts";
import { segmentsInUse, type SegmentFinding } from "./segment-trials.ts";
import type { LearntSegmentList } from "./segment.ts";

/**
 * The lists of the segments that a trial found to gain by them, learnt from all orders: the default list with each
 * weight times how much more or less often the segment buys the two together (`timesAsOften`). Nothing enters that the
 * default list does not hold: what only a segment buys has too few orders to be listed.
 *
 * None for a product that the segment bought in fewer than ten orders, for one that is led by browsing or the companions of similar
 * products, and where the first eight equal the default ones. At most as many companions as an offer has. Sorted by
 * product, then in the order in which segments are to be tried.
 */
export function* segmentLists(
  table: BasketTable,
  model: RankingModel,
  lists: readonly LearntList[],
  orderSegments: OrderSegments,
  findings: readonly SegmentFinding[],
): Generator<LearntSegmentList> {
  const winners = segmentsInUse(findings).map(({ by, is, priorOrders }, place) => ({
    ...{ by, is, place, prior: priorOrders ?? Infinity },
    segment: orderSegments.segments.findIndex((one) => one.by === by && one.is === is),
  }));
  const known = winners.filter(({ segment }) => segment >= 0);
  if (known.length === 0) return;
  const counts = new SegmentCounts(model.rankers.baskets, orderSegments, largestUsualBasket(table));
  const indexOf = new Map(table.itemIds.map((id, item) => [id, item]));
  for (const { item: product, companions } of lists) {
    const item = indexOf.get(product);
    if (item === undefined || companions.some(({ placedBy }) => placedBy === "similar" || placedBy === "viewed"))
      continue;
    const places = defaultPlaces(model, item);
    counts.read(
      item,
      places.map(({ companion }) => companion),
    );
    for (const { by, is, place, prior, segment } of known) {
      const own = ownPlaces(places, counts, segment, prior);
      if (!hasListOfItsOwn(own, places)) continue;
      const best = own.slice(0, OFFER_COMPANIONS);
      yield {
        ...{ product, by, is, place },
        companions: best.map(({ companion, weight }) => ({ item: table.itemIds[companion]!, weight })),
      };
    }
  }
}
