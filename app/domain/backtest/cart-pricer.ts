import { toBuyer } from "../pricing/buyer-facts.ts";
import { amountOff } from "../pricing/kernel/amounts.ts";
import type { Benefits } from "../pricing/kernel/benefits.ts";
import { type Buyer, MET } from "../pricing/kernel/buyer.ts";
import { Cart } from "../pricing/kernel/cart.ts";
import { isGoodFor } from "../pricing/kernel/goal.ts";
import type { PricedOffer } from "../pricing/kernel/offers.ts";
import { reachedOrderRewards, takesOrderReward } from "../pricing/kernel/order-rewards.ts";
import { priceLines, rankOffers } from "../pricing/kernel/price-lines.ts";
import { RulesReader } from "../pricing/kernel/read-rules.ts";
import { Stopped } from "../pricing/kernel/stopped.ts";
import { packLetters, TextReader } from "../pricing/kernel/text-reader.ts";
import { shippingFree } from "../pricing/price-delivery.ts";
import type { CartColumns } from "./cart-columns.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

/** What an order says of its buyer, whatever lines of it are priced. */
export interface PastBuyer {
  /** What the buyer paid in. */
  readonly currency: string;
  readonly counter: boolean;
  /** What the whole cart cost before discounts, and its units. */
  readonly valueMinor: number;
  readonly units: number;
}

/** What an offer takes off a cart. Amounts are minor units. */
export interface OfferOnCart {
  /** Off each line, in the order of the cart's lines. */
  readonly offLines: readonly number[];
  /** Off what the lines cost after that. */
  readonly offOrderMinor: number;
  readonly shipsFree: boolean;
}

/** Prices carts with one offer, by the code that prices them at checkout. */
export class CartPricer {
  readonly #offer: ReplayedOffer;
  readonly #currency: number;
  readonly #shopRules: Uint8Array;
  /** Null where the offer is for all buyers. */
  readonly #tests: Uint8Array | null;
  /** Buyers by the currency that they pay in. */
  readonly #online = new Map<string, Buyer>();
  readonly #atCounter = new Map<string, Buyer>();

  constructor(offer: ReplayedOffer) {
    const { currency } = offer;
    this.#offer = offer;
    this.#currency = packLetters(currency.charCodeAt(0), currency.charCodeAt(1), currency.charCodeAt(2));
    this.#shopRules = new TextEncoder().encode(offer.shopRules);
    this.#tests = offer.tests === null ? null : new TextEncoder().encode(offer.tests);
  }

  /** Whether the offer is for a buyer. It gives nothing to others. */
  isFor(buyer: PastBuyer): boolean {
    const tests = this.#tests;
    return tests === null || this.#kernelBuyer(buyer).meets(new TextReader(tests, 0, tests.length)) === MET;
  }

  /** Null where the offer gives nothing. */
  price(columns: CartColumns, buyer: PastBuyer): OfferOnCart | null {
    const cart = this.#cartOf(columns);
    const offers = rankOffers(this.#offersFor(cart, columns, buyer));
    const benefits = priceLines(cart, offers);
    const offLines = linesOff(cart, benefits);
    const offOrderMinor = orderOff(cart, offers, benefits);
    const shipsFree = this.#shipsFree(columns, offLines, offers);
    return shipsFree || offOrderMinor > 0 || offLines.some((off) => off > 0)
      ? { offLines, offOrderMinor, shipsFree }
      : null;
  }

  #cartOf(columns: CartColumns): Cart {
    const cart = new Cart(columns.lines, this.#currency);
    for (let line = 0; line < columns.lines; line++) {
      const { product, variant, quantity, unitPrice } = columns;
      cart.add(0, product[line]!, variant[line]!, quantity[line]!, unitPrice[line]!, true);
      cart.giftCard[line] = columns.giftCard[line]! ? 1 : 0;
    }
    cart.arrange();
    return cart;
  }

  #offersFor(cart: Cart, columns: CartColumns, buyer: PastBuyer): PricedOffer[] {
    const offers: PricedOffer[] = [];
    const stopped = new Stopped(this.#kernelBuyer(buyer));
    const reader = new RulesReader(cart.products, cart.currency, stopped, offers);
    const read = (rules: Uint8Array, anchor: number) =>
      reader.read(new TextReader(rules, 0, rules.length), anchor, anchor < 0 ? 0 : cart.units[anchor]!);
    read(this.#shopRules, -1);
    if (this.#offer.products.size === 0) return offers;
    for (let place = 0; place < cart.products.count; place++) {
      const rules = columns.about[cart.order[cart.firstOf[place]!]!]?.carried?.rules;
      if (rules !== undefined) read(rules, place);
    }
    return offers;
  }

  /** Only what the cart comes to differs from one buyer of a currency to the next. */
  #kernelBuyer({ currency, counter, valueMinor, units }: PastBuyer): Buyer {
    const buyers = counter ? this.#atCounter : this.#online;
    let buyer = buyers.get(currency);
    if (buyer === undefined) {
      buyer = toBuyer({ ...NOT_IN_ORDERS, currency, counter, valueMinor, units });
      buyers.set(currency, buyer);
    }
    buyer.value = valueMinor;
    buyer.units = units;
    return buyer;
  }

  /** Whether a goal or a whole set makes delivery free, to whatever country it is. */
  #shipsFree(columns: CartColumns, offLines: readonly number[], offers: PricedOffer[]): boolean {
    const { amounts, setShipsFree } = this.#offer;
    if (amounts.length === 0 && !setShipsFree) return false;
    const lines = offLines.map((off, line) => ({
      product: columns.product[line]!,
      requiresShipping: columns.ships[line]!,
      totalMinor: columns.quantity[line]! * columns.unitPrice[line]! - off,
    }));
    return shippingFree(offers, offers, lines).some((offer) => isGoodFor(offer, NO_COUNTRY));
  }
}

/** What orders do not say of a buyer. No rule that is replayed asks for it, but for business customers: see `replayedTests`. */
const NOT_IN_ORDERS = {
  country: null,
  language: null,
  signedIn: null,
  orders: null,
  tags: null,
  business: false,
} as const;

/** The country as the kernel packs it. */
const NO_COUNTRY = 0;

/** What is taken off each line, in the order in which they were added. */
function linesOff(cart: Cart, benefits: Benefits): number[] {
  const off = Array<number>(cart.lines).fill(0);
  for (let e = 0; e < benefits.entries; e++) {
    off[cart.order[benefits.line[e]!]!]! += benefits.taken[e]! * benefits.amount[e]!;
  }
  return off;
}

/** Of several discounts on the order Shopify takes the one that saves most. */
function orderOff(cart: Cart, offers: PricedOffer[], benefits: Benefits): number {
  const reached = reachedOrderRewards(cart, offers, benefits);
  if (reached.length === 0) return 0;
  let base = 0;
  for (let line = 0; line < cart.lines; line++) {
    if (takesOrderReward(cart, line)) base += cart.quantity[line]! * cart.unitPrice[line]!;
  }
  for (let e = 0; e < benefits.entries; e++) {
    if (takesOrderReward(cart, cart.order[benefits.line[e]!]!)) base -= benefits.taken[e]! * benefits.amount[e]!;
  }
  return Math.max(...reached.map(({ reward, value }) => amountOff(base, reward, value)));
}
