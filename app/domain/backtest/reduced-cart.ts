import { CartColumns } from "./cart-columns.ts";
import type { Replayed } from "./replayed-cart.ts";

/** The lines of a cart that decide what an offer gives it, as a cart of their own. */
export class ReducedCart {
  readonly columns = new CartColumns();
  /** Places in the whole cart of these lines. */
  readonly #places: number[] = [];

  clear(): void {
    this.columns.clear();
    this.#places.length = 0;
  }

  /** Adds a line of the whole cart. */
  add(cart: CartColumns, line: number): void {
    this.columns.addFrom(cart, line);
    this.#places.push(line);
  }

  /** What was decided for these lines, with a place for each line of the whole cart. */
  onWhole(outcome: Replayed | null, cart: CartColumns): Replayed | null {
    if (outcome?.code !== "given" || this.#places.length === cart.lines) return outcome;
    const offLines = Array<number>(cart.lines).fill(0);
    for (let line = 0; line < this.#places.length; line++) {
      offLines[this.#places[line]!] = outcome.on.offLines[line]!;
    }
    return { ...outcome, on: { ...outcome.on, offLines } };
  }
}
