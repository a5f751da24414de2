import { portionMinor } from "../money/basis-points.ts";
import type { CartColumns } from "./cart-columns.ts";
import { CartMemory } from "./cart-memory.ts";
import type { CartPricer, PastBuyer } from "./cart-pricer.ts";
import { ReducedCart } from "./reduced-cart.ts";
import type { Replayed } from "./replayed-cart.ts";
import { NO_PLACE, type SetsOfCart } from "./sets-of-cart.ts";

/**
 * Replays a percentage off every pair of products of a set, for buyers whom the offer is for. It is only off lines whose product has one
 * of its set beside it, and a cart in which none has is near where one product more would make a pair.
 */
export class PairReplay {
  readonly #sets: SetsOfCart;
  readonly #pricer: CartPricer;
  readonly #basisPoints: number;
  /** Of each product: 1 while it is in a pair of the cart. */
  readonly #isPaired: Uint8Array;
  readonly #paired = new ReducedCart();
  readonly #memory = new CartMemory<Replayed | null>();

  constructor(basisPoints: number, sets: SetsOfCart, pricer: CartPricer) {
    this.#basisPoints = basisPoints;
    this.#sets = sets;
    this.#pricer = pricer;
    this.#isPaired = new Uint8Array(sets.numbers.length);
  }

  replay(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    if (!this.#sets.hold(cart)) return null;
    const paired = this.#keepPaired(cart);
    const given = paired.lines > 0 ? this.#memory.find(paired, () => this.#priced(buyer)) : null;
    if (given !== null) return this.#paired.onWhole(given, cart);
    const product = this.#productShort(cart);
    return product === null ? null : { code: "near", miss: { short: "product", product } };
  }

  /** Keeps the lines whose product names another one of the cart or is named by one. */
  #keepPaired(cart: CartColumns): CartColumns {
    const { at, named } = this.#sets;
    for (let line = 0; line < cart.lines; line++) {
      const own = at[line]!;
      if (own === NO_PLACE) continue;
      for (let n = named.start[own]!; n < named.start[own + 1]!; n++) {
        const other = named.places[n]!;
        if (this.#sets.holds(other)) this.#isPaired[own] = this.#isPaired[other] = 1;
      }
    }
    this.#paired.clear();
    for (let line = 0; line < cart.lines; line++) {
      const own = at[line]!;
      if (own !== NO_PLACE && this.#isPaired[own] === 1) this.#paired.add(cart, line);
    }
    for (let line = 0; line < cart.lines; line++) if (at[line] !== NO_PLACE) this.#isPaired[at[line]!] = 0;
    return this.#paired.columns;
  }

  #priced(buyer: PastBuyer): Replayed | null {
    const on = this.#pricer.price(this.#paired.columns, buyer);
    return on === null ? null : { code: "given", on, gifts: [] };
  }

  /**
   * The product that would make a pair of which something is taken off: one that a product of the cart names, else one that
   * names it.
   */
  #productShort(cart: CartColumns): number | null {
    const { at, numbers, prices, named, carriers } = this.#sets;
    for (const { start, places } of [named, carriers]) {
      for (let line = 0; line < cart.lines; line++) {
        const own = at[line]!;
        if (own === NO_PLACE) continue;
        const isOwnReduced = this.#isReduced(cart.unitPrice[line]!);
        for (let n = start[own]!; n < start[own + 1]!; n++) {
          const other = places[n]!;
          const price = prices[other]!;
          if (Number.isNaN(price) || this.#sets.holds(other)) continue;
          if (isOwnReduced || this.#isReduced(price)) return numbers[other]!;
        }
      }
    }
    return null;
  }

  #isReduced(priceMinor: number): boolean {
    return portionMinor(priceMinor, this.#basisPoints) > 0;
  }
}
