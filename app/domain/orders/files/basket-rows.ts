/** Baskets as bare rows of item numbers: what counting pairs needs, and no more. */
export interface BasketRows {
  readonly itemCount: number;
  /** Order index -> position of its first item in `items`; length is orders + 1. */
  readonly start: Uint32Array;
  /** Item numbers, ascending and distinct within each basket. */
  readonly items: Uint32Array;
}

/** Up to this many items a basket is sorted by insertion, which beats the engine's own sort there. */
const SHORT_BASKET = 24;

/**
 * Rows from lines in any order, repeated ones included: line `i` of the first `lines` has order `lineOrder[i]` and
 * item `lineItem[i]`.
 */
export function basketRows(
  lineOrder: Uint32Array,
  lineItem: Uint32Array,
  lines: number,
  orders: number,
  itemCount: number,
): BasketRows {
  const start = new Uint32Array(orders + 1);
  const items = new Uint32Array(lines);
  for (let line = 0; line < lines; line++) start[lineOrder[line]! + 1]!++;
  for (let order = 0; order < orders; order++) start[order + 1]! += start[order]!;
  const cursor = start.slice(0, orders);
  for (let line = 0; line < lines; line++) items[cursor[lineOrder[line]!]!++] = lineItem[line]!;
  return sortedRows(start, items, itemCount);
}

/** Rows from baskets that are already together, in any order and with repetitions within. Sorts them in place. */
export function sortedRows(start: Uint32Array, items: Uint32Array, itemCount: number): BasketRows {
  return { itemCount, start, items: items.subarray(0, sortBaskets(start, items)) };
}

/** Sorts each basket in place and drops repeated items, moving later baskets up. Returns the items left. */
function sortBaskets(start: Uint32Array, items: Uint32Array): number {
  let write = 0;
  let from = 0;
  for (let order = 0; order + 1 < start.length; order++) {
    const to = start[order + 1]!;
    if (to - from > SHORT_BASKET) items.subarray(from, to).sort();
    else insertionSort(items, from, to);
    start[order] = write;
    let previous = -1;
    for (let at = from; at < to; at++) {
      const item = items[at]!;
      if (item !== previous) items[write++] = previous = item;
    }
    from = to;
  }
  start[start.length - 1] = write;
  return write;
}

function insertionSort(items: Uint32Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at++) {
    const item = items[at]!;
    let hole = at;
    for (; hole > from && items[hole - 1]! > item; hole--) items[hole] = items[hole - 1]!;
    items[hole] = item;
  }
}
