import { nthGreatest } from "../matrices/nth-greatest.ts";
import type { FittedRanker } from "./ranker.ts";
import { ordersOf } from "../matrices/training-baskets.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

export interface NeighbourOptions {
  /** Baskets that are listened to. */
  readonly neighbours: number;
  /** How far a long basket is discounted: its overlap is divided by its own weight to this power. */
  readonly sizePower: number;
  /** Latest orders looked at for each item of the cart, so that a staple does not cost the whole history. */
  readonly latestOrders: number;
}

/** Items of the cart looked at, the rarest first: a giant cart must not cost the whole history either. */
const MOST_CART_ITEMS = 20;

/**
 * Nearest baskets (session kNN: Jannach and Ludewig 2017). With idf(i) = ln((N + 1) / (n_i + 1)):
 *
 *   similarity(cart, o) = sum of idf over the items in both / (sum of idf over o) ^ sizePower
 *   score(c) = sum of the similarities of the nearest baskets that hold c / sum of the similarities of all of them
 */
export function fitBasketNeighbours(baskets: TrainingBaskets, options: NeighbourOptions): FittedRanker {
  const { start, items, itemCount, orders } = baskets;
  const idf = new Float64Array(itemCount);
  for (let item = 0; item < itemCount; item++) idf[item] = Math.log((orders + 1) / (ordersOf(baskets, item) + 1));
  const discount = new Float64Array(orders);
  for (let order = 0; order < orders; order++) {
    let sum = 0;
    for (let line = start[order]!; line < start[order + 1]!; line++) sum += idf[items[line]!]!;
    discount[order] = sum > 0 ? sum ** -options.sizePower : 0;
  }
  const similarity = new Float64Array(orders);
  const seen = new Uint32Array(orders);
  const values = new Float64Array(orders);

  function nearest(cart: ArrayLike<number>): Uint32Array {
    const rarest = Array.from(cart).sort((a, b) => idf[b]! - idf[a]! || a - b);
    let count = 0;
    for (const item of rarest.slice(0, MOST_CART_ITEMS)) {
      const to = baskets.ordersStart[item + 1]!;
      const from = Math.max(baskets.ordersStart[item]!, to - options.latestOrders);
      for (let k = from; k < to; k++) {
        const order = baskets.ordersWith[k]!;
        if (similarity[order] === 0) seen[count++] = order;
        similarity[order]! += idf[item]! * discount[order]!;
      }
    }
    return seen.subarray(0, count);
  }

  return {
    name: "basket-neighbours",
    lists: null,
    addScores(cart, scale, board) {
      const found = nearest(cart);
      for (let k = 0; k < found.length; k++) values[k] = similarity[found[k]!]!;
      const floor = found.length > options.neighbours ? nthGreatest(values, found.length, options.neighbours) : 0;
      let sum = 0;
      for (const order of found) if (similarity[order]! >= floor) sum += similarity[order]!;
      for (const order of found) {
        const weight = similarity[order]!;
        similarity[order] = 0;
        if (weight < floor || sum === 0) continue;
        board.addToEach(items, start[order]!, start[order + 1]!, (scale * weight) / sum);
      }
    },
  };
}
