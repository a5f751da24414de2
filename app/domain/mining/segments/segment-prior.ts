import type { BothLists } from "../lists/listed-companions.ts";
import type { SegmentCounts } from "./segment-counts.ts";
import { defaultPlaces } from "./segment-places.ts";

/** Even a segment that shares nothing with the others is not taken at its word for a single order. */
const LEAST_PRIOR = 1;

/**
 * For each segment, how many orders of all shoppers weigh as much as its own (m of `timesAsOften`): few where it buys
 * differently from all shoppers, many where it hardly does, Infinity where it differs by no more than chance.
 *
 * The moment estimate of the beta-binomial's spread (Kleinman, 1973), pooled over all listed pairs (a, b): with
 * c = n(a, b) / n(a) of all shoppers and v = n_s(a) c (1 - c),
 *
 *   1 / (m + 1) = sum[(n_s(a, b) - n_s(a) c)^2 - v (n(a) - n_s(a)) / (n(a) - 1)] / sum[v (n_s(a) - 1)]
 *
 * Subtracted is the spread by chance of a segment drawn at random from all orders (hypergeometric: the
 * segment is part of them). At least 1.
 */
export function priorOrders(lists: BothLists, counts: SegmentCounts, segments: number): number[] {
  const beyondChance = new Float64Array(segments);
  const possible = new Float64Array(segments);
  for (let item = 0; item < lists.companions.start.length - 1; item++) {
    const places = defaultPlaces(lists, item);
    if (places.length === 0) continue;
    counts.read(
      item,
      places.map(({ companion }) => companion),
    );
    const { orders } = counts;
    for (let segment = 0; segment < segments; segment++) {
      const own = counts.ordersOf[segment]!;
      if (own < 2) continue;
      for (let place = 0; place < places.length; place++) {
        const confidence = counts.together[place]! / orders;
        const spread = own * confidence * (1 - confidence);
        const beyond = counts.togetherOf(segment, place) - own * confidence;
        beyondChance[segment]! += beyond * beyond - (spread * (orders - own)) / (orders - 1);
        possible[segment]! += spread * (own - 1);
      }
    }
  }
  return Array.from(beyondChance, (beyond, segment) =>
    beyond <= 0 ? Infinity : Math.max(LEAST_PRIOR, possible[segment]! / beyond - 1),
  );
}
