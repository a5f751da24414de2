import { portionMinor } from "../money/basis-points.ts";
import type { CartColumns } from "./cart-columns.ts";
import { CartMemory } from "./cart-memory.ts";
import type { CartPricer, PastBuyer } from "./cart-pricer.ts";
import type { OfferProduct, OfferProducts } from "./offer-products.ts";
import { ReducedCart } from "./reduced-cart.ts";
import type { Replayed } from "./replayed-cart.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

/** Lists of places, one after the other: where each begins, with one more than there are lists. */
interface Lists {
  readonly start: Int32Array;
  readonly places: Int32Array;
}

/** Stands for the place of a product that the offer has nothing to do with. */
const NONE = -1;

/**
 * Replays a percentage off every pair of products of a set, whoever buys them. It is only off lines whose product has one
 * of its set beside it, and a cart in which none has is near where one product more would make a pair.
 */
export class PairReplay {
  readonly #pricer: CartPricer;
  readonly #basisPoints: number;
  /** Products of the offer by number: their place in what follows. */
  readonly #placeOf = new Map<number, number>();
  readonly #numbers: number[] = [];
  readonly #about: (OfferProduct | null)[];
  /** Today's price; NaN for what cannot be bought. */
  readonly #price: Float64Array;
  /** Of each product: those that it names, and those that name it. */
  readonly #named: Lists;
  readonly #carriers: Lists;
  /** Of each product: the last cart that held it, and the last one in which it was in a pair. */
  readonly #heldIn: Int32Array;
  readonly #pairedIn: Int32Array;
  #carts = 0;
  /** Of each line of the cart: the place of its product. */
  readonly #at: number[] = [];
  readonly #paired = new ReducedCart();
  readonly #memory = new CartMemory<Replayed | null>();

  constructor(offer: ReplayedOffer, basisPoints: number, products: OfferProducts, pricer: CartPricer) {
    this.#pricer = pricer;
    this.#basisPoints = basisPoints;
    for (const [number, { named }] of offer.products) for (const one of [number, ...named]) this.#add(one);
    const all = this.#numbers;
    this.#about = all.map((number) => products.of(number));
    this.#price = Float64Array.from(all, (number) => offer.prices.get(number) ?? NaN);
    this.#named = this.#listsOf((about) => about?.carried?.named ?? []);
    this.#carriers = this.#listsOf((about) => about?.carriers ?? []);
    this.#heldIn = new Int32Array(all.length);
    this.#pairedIn = new Int32Array(all.length);
  }

  #add(number: number): void {
    if (this.#placeOf.has(number)) return;
    this.#placeOf.set(number, this.#numbers.length);
    this.#numbers.push(number);
  }

  #listsOf(listOf: (about: OfferProduct | null) => readonly number[]): Lists {
    const lists = this.#about.map((about) => listOf(about).map((number) => this.#placeOf.get(number)!));
    const start = new Int32Array(lists.length + 1);
    lists.forEach((list, n) => (start[n + 1] = start[n]! + list.length));
    return { start, places: Int32Array.from(lists.flat()) };
  }

  replay(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    if (!this.#hold(cart)) return null;
    const paired = this.#keepPaired(cart);
    const given = paired.lines > 0 ? this.#memory.find(paired, () => this.#pricedPairs(buyer)) : null;
    if (given !== null) return this.#paired.onWhole(given, cart);
    const product = this.#productShort(cart);
    return product === null ? null : { code: "near", miss: { short: "product", product } };
  }

  /** Notes which products of the offer a cart has. Whether there are any. */
  #hold(cart: CartColumns): boolean {
    this.#carts++;
    let isAny = false;
    for (let line = 0; line < cart.lines; line++) {
      const place = this.#placeOf.get(cart.product[line]!) ?? NONE;
      this.#at[line] = place;
      if (place === NONE) continue;
      this.#heldIn[place] = this.#carts;
      isAny = true;
    }
    return isAny;
  }

  /** Keeps the lines whose product names another one of the cart or is named by one. */
  #keepPaired(cart: CartColumns): CartColumns {
    const { start, places } = this.#named;
    this.#paired.clear();
    for (let line = 0; line < cart.lines; line++) {
      const own = this.#at[line]!;
      if (own === NONE) continue;
      for (let at = start[own]!; at < start[own + 1]!; at++) {
        const other = places[at]!;
        if (this.#heldIn[other] === this.#carts) this.#pairedIn[own] = this.#pairedIn[other] = this.#carts;
      }
    }
    for (let line = 0; line < cart.lines; line++) {
      const own = this.#at[line]!;
      if (own === NONE || this.#pairedIn[own] !== this.#carts) continue;
      cart.about[line] = this.#about[own]!;
      this.#paired.add(cart, line);
    }
    return this.#paired.columns;
  }

  #pricedPairs(buyer: PastBuyer): Replayed | null {
    const on = this.#pricer.price(this.#paired.columns, buyer);
    return on === null ? null : { code: "given", on, gifts: [] };
  }

  /** The product that would make a pair of which something is taken off: one that a line's product names, else one that names it. */
  #productShort(cart: CartColumns): number | null {
    for (const { start, places } of [this.#named, this.#carriers]) {
      for (let line = 0; line < cart.lines; line++) {
        const own = this.#at[line]!;
        if (own === NONE) continue;
        const isOwnReduced = this.#isReduced(cart.unitPrice[line]!);
        for (let at = start[own]!; at < start[own + 1]!; at++) {
          const other = places[at]!;
          const price = this.#price[other]!;
          if (Number.isNaN(price) || this.#heldIn[other] === this.#carts) continue;
          if (isOwnReduced || this.#isReduced(price)) return this.#numbers[other]!;
        }
      }
    }
    return null;
  }

  #isReduced(priceMinor: number): boolean {
    return portionMinor(priceMinor, this.#basisPoints) > 0;
  }
}
