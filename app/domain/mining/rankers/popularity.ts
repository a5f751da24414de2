import type { Prior } from "../matrices/score-board.ts";
import { orderWeights } from "../matrices/training-baskets.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

/** Share of the history after which an order counts half towards what sells now. */
export const PRIOR_HALF_LIFE = 0.25;

/**
 * What sells now: each item's share of the orders, recent ones weighing more (2^(-age / halfLife)). The ranking of
 * last resort, so that a shopper with an unknown cart still gets an answer.
 */
export function popularity(baskets: TrainingBaskets, halfLife: number | null = PRIOR_HALF_LIFE): Prior {
  const weights = orderWeights(baskets, { sizePower: 0, halfLife });
  const { items, start } = baskets;
  const share = new Float64Array(baskets.itemCount);
  let all = 0;
  for (let order = 0; order < baskets.orders; order++) {
    all += weights[order]!;
    for (let line = start[order]!; line < start[order + 1]!; line++) share[items[line]!]! += weights[order]!;
  }
  return priorOf(share.map((sum) => (all > 0 ? sum / all : 0)));
}

export function priorOf(share: Float64Array): Prior {
  const descending = Uint32Array.from(share, (_, item) => item);
  descending.sort((a, b) => share[b]! - share[a]! || a - b);
  return { share, descending };
}
