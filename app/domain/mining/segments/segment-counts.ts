import type { TrainingBaskets } from "../matrices/training-baskets.ts";
import type { OrderSegments } from "./order-segments.ts";

/**
 * Counts, for one item at a time, in how many orders it and each of its listed companions were: of all shoppers, and of
 * each segment. Baskets beyond the usual size are passed over. Costs one pass over the item's baskets.
 */
export class SegmentCounts {
  /** All shoppers' orders with the item read last, and with each of its companions as well. */
  orders = 0;
  together: Uint32Array = new Uint32Array(0);
  /** Each segment's orders with the item. */
  readonly ordersOf: Uint32Array;
  #togetherOf = new Uint32Array(0);
  readonly #baskets: TrainingBaskets;
  readonly #dimensions: readonly Int16Array[];
  readonly #largest: number;
  /** Item -> its place among the companions asked for, from 1; 0 for the others. */
  readonly #places: Uint8Array;

  constructor(baskets: TrainingBaskets, { segments, dimensions }: OrderSegments, largestBasket: number) {
    this.#baskets = baskets;
    this.#dimensions = dimensions;
    this.#largest = largestBasket;
    this.#places = new Uint8Array(baskets.itemCount);
    this.ordersOf = new Uint32Array(segments.length);
  }

  /** Counts an item with these companions, at most 255. */
  read(item: number, companions: readonly number[]): void {
    const { start, items, ordersStart, ordersWith } = this.#baskets;
    this.orders = 0;
    this.ordersOf.fill(0);
    this.together = new Uint32Array(companions.length);
    this.#togetherOf = new Uint32Array(companions.length * this.ordersOf.length);
    companions.forEach((companion, place) => (this.#places[companion] = place + 1));
    for (let at = ordersStart[item]!; at < ordersStart[item + 1]!; at++) {
      const order = ordersWith[at]!;
      const end = start[order + 1]!;
      if (end - start[order]! > this.#largest) continue;
      this.orders++;
      for (const dimension of this.#dimensions) if (dimension[order]! >= 0) this.ordersOf[dimension[order]!]!++;
      for (let line = start[order]!; line < end; line++) {
        const place = this.#places[items[line]!]!;
        if (place > 0) this.#met(order, place - 1);
      }
    }
    for (const companion of companions) this.#places[companion] = 0;
  }

  /** A segment's orders with the item and with the companion at a place. */
  togetherOf(segment: number, place: number): number {
    return this.#togetherOf[segment * this.together.length + place]!;
  }

  #met(order: number, place: number): void {
    this.together[place]!++;
    for (const dimension of this.#dimensions) {
      if (dimension[order]! >= 0) this.#togetherOf[dimension[order]! * this.together.length + place]!++;
    }
  }
}
