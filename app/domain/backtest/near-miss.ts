import { portionMinor } from "../money/basis-points.ts";
import type { CartColumns } from "./cart-columns.ts";
import type { CartPricer, PastBuyer } from "./cart-pricer.ts";
import { couldGive } from "./could-give.ts";
import type { OfferProducts } from "./offer-products.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

/** What a cart was short of: one more unit of what it held, one unit of another product, or an amount. */
export type NearMiss =
  | { readonly short: "unit" | "product"; readonly product: number }
  | { readonly short: "amount"; readonly amountMinor: number };

/** Of an amount that an offer asks for, the share that a cart may be short of: a fifth. */
export const NEAR_PARTS = 5;

/** Products that are tried in one cart. */
const MOST_TRIED = 20;

/** The most that a cart may be short of an amount. */
export function nearMarginMinor(amountMinor: number): number {
  return Math.floor(amountMinor / NEAR_PARTS);
}

/** Finds what carts were short of, by pricing them with one thing more. */
export class NearMisses {
  readonly #offer: ReplayedOffer;
  readonly #products: OfferProducts;
  readonly #pricer: CartPricer;

  constructor(offer: ReplayedOffer, products: OfferProducts, pricer: CartPricer) {
    this.#offer = offer;
    this.#products = products;
    this.#pricer = pricer;
  }

  /** What a cart that gets nothing lacks; null where it lacks more than one thing. The cart is the same afterwards. */
  find(cart: CartColumns, buyer: PastBuyer): NearMiss | null {
    return this.#unitShort(cart, buyer) ?? this.#productShort(cart, buyer) ?? this.#amountShort(cart, buyer);
  }

  #unitShort(cart: CartColumns, buyer: PastBuyer): NearMiss | null {
    const { countsTogether, tests } = this.#offer;
    // Where the cart has to cost so much, a unit of one product may help another one.
    const isAlone = !countsTogether && tests === null;
    for (let line = 0; line < cart.lines; line++) {
      const product = cart.product[line]!;
      const own = cart.about[line]?.carried ?? null;
      if (own === null || (isAlone && cart.unitsOf(product) + 1 < own.need)) continue;
      cart.quantity[line]!++;
      const isEnough = this.#gives(cart, buyer, cart.unitPrice[line]!);
      cart.quantity[line]!--;
      if (isEnough) return { short: "unit", product };
    }
    return null;
  }

  /** Products that one in the cart names, then those that name one in the cart. */
  #productShort(cart: CartColumns, buyer: PastBuyer): NearMiss | null {
    let left = MOST_TRIED;
    const tried = new Set<number>();
    for (const product of this.#productsBeside(cart)) {
      const price = this.#offer.prices.get(product);
      if (price === undefined || tried.has(product) || cart.has(product)) continue;
      if (left-- === 0) return null;
      tried.add(product);
      cart.add(product, price, { about: this.#products.of(product) });
      const isEnough = this.#gives(cart, buyer, price);
      cart.removeLast();
      if (isEnough) return { short: "product", product };
    }
    return null;
  }

  *#productsBeside(cart: CartColumns): Generator<number> {
    for (let line = 0; line < cart.lines; line++) yield* cart.about[line]?.carried?.named ?? [];
    for (let line = 0; line < cart.lines; line++) yield* cart.about[line]?.carriers ?? [];
  }

  /** The lowest amount that suffices with at most a fifth of it more. */
  #amountShort(cart: CartColumns, buyer: PastBuyer): NearMiss | null {
    for (const amount of this.#offer.amounts) {
      const margin = nearMarginMinor(amount);
      if (margin > 0 && this.#givesWith(cart, buyer, margin)) {
        return { short: "amount", amountMinor: this.#leastMinor(cart, buyer, { amount, margin }) };
      }
    }
    return null;
  }

  /** Mostly all of a cart counts, and what it lacks is the difference. */
  #leastMinor(cart: CartColumns, buyer: PastBuyer, { amount, margin }: { amount: number; margin: number }): number {
    const gives = (minor: number) => minor > 0 && this.#givesWith(cart, buyer, minor);
    const difference = amount - buyer.valueMinor;
    if (difference <= margin && gives(difference) && !gives(difference - 1)) return difference;
    let [tooLittle, suffices] = [0, margin];
    while (suffices - tooLittle > 1) {
      const middle = Math.floor((tooLittle + suffices) / 2);
      if (gives(middle)) suffices = middle;
      else tooLittle = middle;
    }
    return suffices;
  }

  #givesWith(cart: CartColumns, buyer: PastBuyer, amountMinor: number): boolean {
    cart.add(0, amountMinor);
    const isEnough = this.#gives(cart, buyer, amountMinor);
    cart.removeLast();
    return isEnough;
  }

  /** Whether the cart gets something now that it costs so much more and has one unit more. */
  #gives(cart: CartColumns, buyer: PastBuyer, moreMinor: number): boolean {
    const { currency, counter, valueMinor, units } = buyer;
    const then = { currency, counter, valueMinor: valueMinor + moreMinor, units: units + 1 };
    if (!this.#pricer.isFor(then)) return false;
    const { products, pairBasisPoints, gotBasisPoints } = this.#offer;
    if (pairBasisPoints !== null) return givesToPair(cart, pairBasisPoints);
    if (products.size > 0 && !couldGive(cart, this.#offer)) return false;
    return gotBasisPoints === null ? this.#pricer.price(cart, then) !== null : givesToNamed(cart, gotBasisPoints);
  }
}

/** Whether a percentage off what a cart has of named products takes anything off, where it has all else. */
function givesToNamed({ lines, about, unitPrice }: CartColumns, basisPoints: number): boolean {
  for (let line = 0; line < lines; line++) {
    const isNamed = (about[line]?.carriers.length ?? 0) > 0;
    if (isNamed && portionMinor(unitPrice[line]!, basisPoints) > 0) return true;
  }
  return false;
}

/** Whether a percentage off every pair takes anything off a cart: off either line of one. */
function givesToPair({ lines, product, about, unitPrice }: CartColumns, basisPoints: number): boolean {
  const isReduced = (line: number) => portionMinor(unitPrice[line]!, basisPoints) > 0;
  for (let line = 0; line < lines; line++) {
    const named = about[line]?.carried?.named ?? [];
    for (let other = 0; other < lines; other++) {
      if (named.includes(product[other]!) && (isReduced(line) || isReduced(other))) return true;
    }
  }
  return false;
}
