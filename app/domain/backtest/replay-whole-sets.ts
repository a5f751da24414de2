import { CartColumns } from "./cart-columns.ts";
import { CartMemory } from "./cart-memory.ts";
import type { CartPricer, PastBuyer } from "./cart-pricer.ts";
import { ReducedCart } from "./reduced-cart.ts";
import type { Replayed } from "./replayed-cart.ts";
import { NO_PLACE, type SetsOfCart } from "./sets-of-cart.ts";

/** What a cart lacks of a set: nothing, or more than one product. Otherwise the place of the one product. */
const NOTHING = -1;
const MORE = -2;

/**
 * Replays what a whole set gets: an amount, a price or free shipping, for buyers whom the offer is for. Only a cart with all products of a
 * set gets anything, and one that lacks a single product of one is near.
 */
export class WholeSetReplay {
  readonly #sets: SetsOfCart;
  readonly #pricer: CartPricer;
  readonly #ofSets = new ReducedCart();
  readonly #memory = new CartMemory<Replayed | null>();
  /** The sets that one product more would complete, and whether they get anything. */
  readonly #completed = new CartColumns();
  readonly #gives = new CartMemory<boolean>();

  constructor(sets: SetsOfCart, pricer: CartPricer) {
    this.#sets = sets;
    this.#pricer = pricer;
  }

  replay(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    if (!this.#sets.hold(cart)) return null;
    const given = this.#hasWhole(cart) ? this.#givenTo(cart, buyer) : null;
    if (given !== null) return given;
    const product = this.#productShort(cart, buyer);
    return product === null ? null : { code: "near", miss: { short: "product", product } };
  }

  #hasWhole(cart: CartColumns): boolean {
    for (let line = 0; line < cart.lines; line++) if (this.#lacked(this.#sets.at[line]!) === NOTHING) return true;
    return false;
  }

  /** What a cart lacks of the set of the product at a place; see {@link NOTHING} and {@link MORE}. */
  #lacked(carrier: number): number {
    const { start, places } = this.#sets.named;
    if (carrier === NO_PLACE || start[carrier] === start[carrier + 1]) return MORE;
    let lacked = this.#sets.holds(carrier) ? NOTHING : carrier;
    for (let n = start[carrier]!; n < start[carrier + 1]!; n++) {
      if (this.#sets.holds(places[n]!)) continue;
      if (lacked !== NOTHING) return MORE;
      lacked = places[n]!;
    }
    return lacked;
  }

  /** What a cart gets, priced without the lines that are in no set. */
  #givenTo(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    this.#ofSets.clear();
    for (let line = 0; line < cart.lines; line++) {
      if (this.#sets.at[line] !== NO_PLACE) this.#ofSets.add(cart, line);
    }
    const { columns } = this.#ofSets;
    const given = this.#memory.find(columns, () => {
      const on = this.#pricer.price(columns, buyer);
      return on === null ? null : { code: "given", on, gifts: [] };
    });
    return this.#ofSets.onWhole(given, cart);
  }

  /** The one product that a cart lacks: of the sets of what it has first, then of those that its products are in. */
  #productShort(cart: CartColumns, buyer: PastBuyer): number | null {
    const { at, carriers, numbers } = this.#sets;
    for (let line = 0; line < cart.lines; line++) {
      const lacked = this.#lacked(at[line]!);
      if (lacked >= 0 && this.#givesWith(lacked, cart, buyer)) return numbers[lacked]!;
    }
    for (let line = 0; line < cart.lines; line++) {
      if (at[line] === NO_PLACE) continue;
      for (let n = carriers.start[at[line]!]!; n < carriers.start[at[line]! + 1]!; n++) {
        const carrier = carriers.places[n]!;
        const completes = !this.#sets.holds(carrier) && this.#lacked(carrier) === carrier;
        if (completes && this.#givesWith(carrier, cart, buyer)) return numbers[carrier]!;
      }
    }
    return null;
  }

  /** Whether the sets that a product would complete get anything. */
  #givesWith(product: number, cart: CartColumns, buyer: PastBuyer): boolean {
    const price = this.#sets.prices[product]!;
    if (Number.isNaN(price)) return false;
    const { at, named, numbers } = this.#sets;
    const members = new Set<number>();
    const join = (carrier: number) => {
      members.add(carrier);
      for (let n = named.start[carrier]!; n < named.start[carrier + 1]!; n++) members.add(named.places[n]!);
    };
    if (this.#lacked(product) === product) join(product);
    for (let line = 0; line < cart.lines; line++) if (this.#lacked(at[line]!) === product) join(at[line]!);
    this.#completed.clear();
    for (let line = 0; line < cart.lines; line++) if (members.has(at[line]!)) this.#completed.addFrom(cart, line);
    this.#completed.add(numbers[product]!, price, { about: this.#sets.about(product) });
    return this.#gives.find(this.#completed, () => this.#pricer.price(this.#completed, buyer) !== null);
  }
}
