import { closeSync, openSync, writeSync } from "node:fs";

export const USUAL_ITEMS = 20_000;
const GROUP = 20;
const FROM_GROUP = 0.4;
const GOES_ON = 2 / 3;
const LARGEST_BASKET = 40;

/** Uniform numbers in [0, 1) from a seed: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws item numbers by Zipf's law with exponent 1: the i-th item with probability in proportion to 1 / i. */
function zipf(items: number, random: () => number): () => number {
  const cumulative = new Float64Array(items);
  let sum = 0;
  for (let item = 0; item < items; item++) cumulative[item] = sum += 1 / (item + 1);
  return () => {
    const target = random() * sum;
    let low = 0;
    let high = items - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * Baskets of a generated shop: sizes geometric(1/3) up to 40, items by Zipf's law over 20,000 by default, and 40 % of a
 * basket's further items from its first item's group of 20. An item drawn twice counts once, so 1 M orders have 2.8 M
 * lines.
 */
export function* syntheticBaskets(orders: number, items = USUAL_ITEMS, seed = 1): Generator<ReadonlySet<number>> {
  const random = seededRandom(seed);
  const draw = zipf(items, random);
  for (let order = 0; order < orders; order++) {
    const first = draw();
    const group = first - (first % GROUP);
    const basket = new Set([first]);
    for (let size = 1; size < LARGEST_BASKET && random() < GOES_ON; size++) {
      basket.add(random() < FROM_GROUP ? group + Math.floor(random() * GROUP) : draw());
    }
    yield basket;
  }
}

/** Writes the made-up shop's order lines as a two-column order file. Returns how many lines. */
export function writeSyntheticOrders(path: string, orders: number, items = USUAL_ITEMS): number {
  const file = openSync(path, "w");
  let lines = 0;
  let text = "order_id,item_id\n";
  let order = 0;
  for (const basket of syntheticBaskets(orders, items)) {
    order++;
    for (const item of basket) text += `${order},${item}\n`;
    lines += basket.size;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
  return lines;
}
