import type { CartColumns } from "./cart-columns.ts";
import type { OfferProduct, OfferProducts } from "./offer-products.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

/** Lists of places, one after the other: where each begins, with one more than there are lists. */
export interface PlaceLists {
  readonly start: Int32Array;
  readonly places: Int32Array;
}

/** Stands for the place of a product that the offer has nothing to do with. */
export const NO_PLACE = -1;

/** The products of an offer of sets, by places from 0 on, and which of them the cart that is replayed holds. */
export class SetsOfCart {
  /** Of each line of the cart: the place of its product, or {@link NO_PLACE}. */
  readonly at: number[] = [];
  /** Numbers of the products. */
  readonly numbers: number[] = [];
  /** Today's prices; NaN for what cannot be bought. */
  readonly prices: Float64Array;
  /** Of each product: those of its set, which it names; none where it carries no set. */
  readonly named: PlaceLists;
  /** Of each product: those that name it. */
  readonly carriers: PlaceLists;
  readonly #placeOf = new Map<number, number>();
  readonly #about: (OfferProduct | null)[];
  /** Of each product: the last cart that held it. */
  readonly #heldIn: Int32Array;
  /** How many carts there were. */
  #carts = 0;

  constructor(offer: ReplayedOffer, products: OfferProducts) {
    for (const [number, { named }] of offer.products) for (const one of [number, ...named]) this.#add(one);
    this.#about = this.numbers.map((number) => products.of(number));
    this.prices = Float64Array.from(this.numbers, (number) => offer.prices.get(number) ?? NaN);
    this.named = this.#listsOf((about) => about?.carried?.named ?? []);
    this.carriers = this.#listsOf((about) => about?.carriers ?? []);
    this.#heldIn = new Int32Array(this.numbers.length);
  }

  #add(number: number): void {
    if (this.#placeOf.has(number)) return;
    this.#placeOf.set(number, this.numbers.length);
    this.numbers.push(number);
  }

  #listsOf(listOf: (about: OfferProduct | null) => readonly number[]): PlaceLists {
    const lists = this.#about.map((about) => listOf(about).map((number) => this.#placeOf.get(number)!));
    const start = new Int32Array(lists.length + 1);
    lists.forEach((list, n) => (start[n + 1] = start[n]! + list.length));
    return { start, places: Int32Array.from(lists.flat()) };
  }

  /** Takes the next cart. Whether it has any product of the offer. */
  hold(cart: CartColumns): boolean {
    this.#carts++;
    let isAny = false;
    for (let line = 0; line < cart.lines; line++) {
      const place = this.#placeOf.get(cart.product[line]!) ?? NO_PLACE;
      this.at[line] = place;
      cart.about[line] = place === NO_PLACE ? null : this.#about[place]!;
      if (place === NO_PLACE) continue;
      this.#heldIn[place] = this.#carts;
      isAny = true;
    }
    return isAny;
  }

  holds(place: number): boolean {
    return this.#heldIn[place] === this.#carts;
  }

  /** What the offer has to do with the product at a place. */
  about(place: number): OfferProduct | null {
    return this.#about[place]!;
  }
}
