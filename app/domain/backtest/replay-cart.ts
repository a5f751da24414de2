import type { CartColumns } from "./cart-columns.ts";
import { CartMemory } from "./cart-memory.ts";
import { CartPricer, type OfferOnCart, type PastBuyer } from "./cart-pricer.ts";
import { couldGive } from "./could-give.ts";
import { nearMarginMinor, type NearMiss, NearMisses } from "./near-miss.ts";
import { OfferProducts } from "./offer-products.ts";
import { PairReplay } from "./replay-pairs.ts";
import { ReducedCart } from "./reduced-cart.ts";
import { replayBundle } from "./replay-bundle.ts";
import { CreditReplay } from "./replay-credit.ts";
import { WholeSetReplay } from "./replay-whole-sets.ts";
import { SetsOfCart } from "./sets-of-cart.ts";
import type { Replayed } from "./replayed-cart.ts";
import type { ReplayedGift, ReplayedOffer } from "./replayed-offer.ts";

/** Replays one offer over carts, one after the other. Most carts are decided without pricing them. */
export class CartReplay {
  readonly #offer: ReplayedOffer;
  readonly #products: OfferProducts;
  readonly #pricer: CartPricer;
  readonly #near: NearMisses;
  readonly #credit: CreditReplay | null;
  readonly #sets: PairReplay | WholeSetReplay | null;
  readonly #reduced = new ReducedCart();
  /** Outcomes of reduced carts. */
  readonly #memory = new CartMemory<Replayed | null>();

  constructor(offer: ReplayedOffer) {
    this.#offer = offer;
    this.#pricer = new CartPricer(offer);
    this.#products = new OfferProducts(offer);
    this.#near = new NearMisses(offer, this.#products, this.#pricer);
    this.#sets = setReplay(offer, this.#products, this.#pricer);
    this.#credit = offer.credit === null ? null : new CreditReplay(offer.credit, offer.prices);
  }

  replay(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    const { shown, products, amounts, bundle } = this.#offer;
    if (bundle !== null) return this.#pricer.isFor(buyer) ? replayBundle(cart, bundle, this.#offer.currency) : null;
    if (this.#credit !== null) return this.#pricer.isFor(buyer) ? this.#credit.replay(cart) : null;
    if (shown.size > 0) return this.#isShown(cart, buyer) ? { code: "shown" } : null;
    if (this.#sets !== null && this.#pricer.isFor(buyer)) return this.#replaySets(this.#sets, cart, buyer);
    if (products.size > 0) return this.#replayProducts(cart, buyer);
    return amounts.length > 0 ? this.#replayAmounts(cart, buyer) : null;
  }

  #isShown(cart: CartColumns, buyer: PastBuyer): boolean {
    const { shown } = this.#offer;
    for (let line = 0; line < cart.lines; line++) {
      const entries = shown.get(cart.product[line]!);
      const isOne = entries?.some((entry) =>
        "variant" in entry
          ? cart.variant[line] === entry.variant && !hasVariant(cart, entry.better)
          : cart.unitPrice[line]! >= entry.leastPriceMinor && !cart.has(entry.product),
      );
      if (isOne === true) return this.#pricer.isFor(buyer);
    }
    return false;
  }

  /** Sets depend on the cart alone once the offer is for its buyer, which a further product may change. */
  #replaySets(sets: PairReplay | WholeSetReplay, cart: CartColumns, buyer: PastBuyer): Replayed | null {
    const outcome = sets.replay(cart, buyer);
    if (outcome?.code !== "near" || this.#offer.tests === null || this.#isForWith(outcome.miss, buyer)) return outcome;
    return this.#replayProducts(cart, buyer);
  }

  #isForWith(miss: NearMiss, { valueMinor, units, ...buyer }: PastBuyer): boolean {
    const moreMinor = miss.short === "amount" ? miss.amountMinor : this.#offer.prices.get(miss.product)!;
    return this.#pricer.isFor({ ...buyer, valueMinor: valueMinor + moreMinor, units: units + 1 });
  }

  /** An offer of products: lines that neither carry it nor are named by it decide nothing. */
  #replayProducts(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    const { countsTogether, tests } = this.#offer;
    for (let line = 0; line < cart.lines; line++) cart.about[line] = this.#products.of(cart.product[line]!);
    if (!countsTogether && tests === null) return this.#replayEach(cart, buyer);
    if (!this.#reduce(cart, (line) => cart.about[line] !== null)) return null;
    return this.#reduced.onWhole(tests === null ? this.#outcome(buyer) : this.#decide(buyer), cart);
  }

  /** Where the units of each product count by themselves, each product is a cart of its own. */
  #replayEach(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    let on: OfferOnCart | null = null;
    let near: Replayed | null = null;
    for (let line = 0; line < cart.lines; line++) {
      const product = cart.product[line]!;
      const isDecided = cart.about[line] === null || isRepeated(cart, line);
      if (isDecided || !this.#reduce(cart, (other) => cart.product[other] === product)) continue;
      const outcome = this.#reduced.onWhole(this.#outcome(buyer), cart);
      if (outcome?.code === "given") on = on === null ? outcome.on : joined(on, outcome.on);
      else near ??= outcome;
    }
    return on === null ? near : { code: "given", on, gifts: [] };
  }

  /** What is decided for the reduced cart. */
  #outcome(buyer: PastBuyer): Replayed | null {
    return this.#memory.find(this.#reduced.columns, () => this.#decide(buyer));
  }

  #decide(buyer: PastBuyer): Replayed | null {
    const reduced = this.#reduced.columns;
    const on = this.#pricer.isFor(buyer) && couldGive(reduced, this.#offer) ? this.#pricer.price(reduced, buyer) : null;
    if (on !== null) return { code: "given", on, gifts: [] };
    const miss = this.#couldBeNear() || this.#offer.tests !== null ? this.#near.find(reduced, buyer) : null;
    return miss === null ? null : { code: "near", miss };
  }

  /** Keeps the lines that decide. Whether there are any. */
  #reduce(cart: CartColumns, decides: (line: number) => boolean): boolean {
    this.#reduced.clear();
    for (let line = 0; line < cart.lines; line++) if (decides(line)) this.#reduced.add(cart, line);
    return this.#reduced.columns.lines > 0;
  }

  /** Whether with one more unit anything could be taken off: a bound that never rules out what pricing would find. */
  #couldBeNear(): boolean {
    const reduced = this.#reduced.columns;
    const { countsTogether } = this.#offer;
    const all = reduced.allUnits() + 1;
    for (let line = 0; line < reduced.lines; line++) {
      const product = reduced.product[line]!;
      const { carried, carriers } = reduced.about[line]!;
      if (carried !== null && (countsTogether ? all : reduced.unitsOf(product) + 1) >= carried.need) return true;
      if (carriers.some((carrier) => all >= this.#products.of(carrier)!.carried!.need)) return true;
    }
    return false;
  }

  /** An offer of the whole shop. Gifts that the cart lacks are added, as if each shopper took those that are free. */
  #replayAmounts(cart: CartColumns, buyer: PastBuyer): Replayed | null {
    const [least = 0] = this.#offer.amounts;
    const { valueMinor } = buyer;
    // Nothing counts more than all that the cart costs; a near miss may be short of a little more.
    const reachMinor = valueMinor + nearMarginMinor(least);
    if (reachMinor < least) return null;
    const ownLines = cart.lines;
    const wanted = this.#offer.gifts.filter(({ product, fromMinor }) => fromMinor <= reachMinor && !cart.has(product));
    for (const { product, priceMinor } of wanted) cart.add(product, priceMinor);
    const first = valueMinor < least ? null : this.#pricer.price(cart, buyer);
    const miss = first === null ? this.#near.find(cart, buyer) : null;
    cart.lines = ownLines;
    if (first === null) return miss === null ? null : { code: "near", miss };
    const free = wanted.filter((_, place) => first.offLines[ownLines + place]! > 0);
    const on = free.length === wanted.length ? first : this.#priceWith(free, cart, buyer);
    return on === null ? null : { code: "given", on, gifts: free.map(({ product }) => product) };
  }

  #priceWith(gifts: readonly ReplayedGift[], cart: CartColumns, buyer: PastBuyer): OfferOnCart | null {
    const ownLines = cart.lines;
    for (const { product, priceMinor } of gifts) cart.add(product, priceMinor);
    const on = this.#pricer.price(cart, buyer);
    cart.lines = ownLines;
    return on;
  }
}

/** Null for an offer of another type than sets. */
function setReplay(offer: ReplayedOffer, products: OfferProducts, pricer: CartPricer) {
  const { type, pairBasisPoints } = offer;
  if (type !== "bought-together") return null;
  const sets = new SetsOfCart(offer, products);
  return pairBasisPoints === null ? new WholeSetReplay(sets, pricer) : new PairReplay(pairBasisPoints, sets, pricer);
}

function hasVariant({ lines, variant }: CartColumns, wanted: number): boolean {
  for (let line = 0; line < lines; line++) if (variant[line] === wanted) return true;
  return false;
}

/** Whether an earlier line is of the same product. */
function isRepeated({ product }: CartColumns, line: number): boolean {
  for (let before = 0; before < line; before++) if (product[before] === product[line]) return true;
  return false;
}

function joined(a: OfferOnCart, b: OfferOnCart): OfferOnCart {
  return { ...a, offLines: a.offLines.map((off, line) => off + b.offLines[line]!) };
}
