/** Draws from a list by weight; weights are summed once. */
export class WeightedChoice<Item> {
  readonly #items: readonly Item[];
  readonly #sums: Float64Array;

  constructor(items: readonly Item[], weight: (item: Item, index: number) => number) {
    if (items.length === 0) throw new Error("There is nothing to choose from.");
    this.#items = items;
    this.#sums = new Float64Array(items.length);
    let sum = 0;
    items.forEach((item, index) => {
      sum += weight(item, index);
      this.#sums[index] = sum;
    });
  }

  pick(random: () => number): Item {
    const target = random() * (this.#sums.at(-1) ?? 0);
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return this.#items[low] as Item;
  }
}

/** A whole number from `from` to `to`, both included. */
export function between(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}
