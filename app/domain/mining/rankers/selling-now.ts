import type { BasketTable } from "../../baskets/basket-table.ts";

/** Share of the history's orders after which an order says half as much about what sells at a moment. */
const HALF_LIFE = 0.06;
/** ... but never fewer orders than this: what sells now is not what the last shopper took. */
const LEAST_HALF_LIFE_ORDERS = 50;
/** Half-lives looked back; what is older weighs less than half a percent. */
const LOOK_BACK = 8;
/** Number of points in time that are distinguished. */
const MOMENTS = 256;
/** Orders' share that every item is lent, so that a rare item's trend is not a matter of one order. */
const LENT_SHARE = 0.002;

/** What sells at a moment of the history, and how that compares with the whole of it. */
export interface SellingAt {
  /** Item -> share of the orders just before the moment, later ones weighing more. */
  readonly share: Float64Array;
  /**
   * Item -> ((share + lent) / (share over the whole history + lent))^0.3: what is out of season or gone counts less.
   */
  readonly trend: Float64Array;
}

type Orders = Pick<BasketTable, "start" | "items" | "at">;

/** Answers "what was selling at that time?" for any time, remembering the moments it was asked about. */
export class SellingNow {
  readonly #orders: Orders;
  readonly #overall: Float64Array;
  readonly #known = new Map<number, SellingAt>();

  constructor(orders: Orders, itemCount: number) {
    this.#orders = orders;
    this.#overall = shares(orders, orders.at.length, itemCount, () => 1, orders.at.length);
  }

  /** `at` in the unit of the table's times; null for after the last order. */
  at(at: number | null): SellingAt {
    const orders = this.#orders.at.length;
    const before = at === null ? orders : ordersBefore(this.#orders.at, at);
    const moment = orders === 0 ? MOMENTS : Math.ceil((before * MOMENTS) / orders);
    const known = this.#known.get(moment);
    if (known !== undefined) return known;
    const found = this.#sellingAt(Math.floor((moment * orders) / MOMENTS));
    this.#known.set(moment, found);
    return found;
  }

  #sellingAt(before: number): SellingAt {
    const orders = this.#orders.at.length;
    const halfLife = Math.max(LEAST_HALF_LIFE_ORDERS, HALF_LIFE * orders);
    const weight = (age: number) => 2 ** (-age / halfLife);
    const share = shares(this.#orders, before, this.#overall.length, weight, Math.ceil(LOOK_BACK * halfLife));
    const trend = share.map((now, item) => ((now + LENT_SHARE) / (this.#overall[item]! + LENT_SHARE)) ** 0.3);
    return { share, trend };
  }
}

function shares(
  { start, items }: Orders,
  before: number,
  itemCount: number,
  weightOf: (age: number) => number,
  lookBack: number,
): Float64Array {
  const share = new Float64Array(itemCount);
  let all = 0;
  for (let order = Math.max(0, before - lookBack); order < before; order++) {
    const weight = weightOf(before - 1 - order);
    all += weight;
    for (let line = start[order]!; line < start[order + 1]!; line++) share[items[line]!]! += weight;
  }
  return all === 0 ? share : share.map((sum) => sum / all);
}

/** Orders before a time; orders of unknown time (NaN) come first in the table and count as before. */
function ordersBefore(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}
