import { type BareId, joinOfferId } from "../ids.ts";
import type { Benefit, BenefitUnits, TracedBenefit } from "./benefit.ts";
import { type BuyerFacts, toBuyer, UNKNOWN_BUYER } from "./buyer-facts.ts";
import type { Benefits } from "./kernel/benefits.ts";
import { amountOff } from "./kernel/amounts.ts";
import { Cart } from "./kernel/cart.ts";
import { linesThatCount } from "./kernel/gifts.ts";
import type { PricedOffer } from "./kernel/offers.ts";
import { PERCENT } from "./kernel/rewards.ts";
import { reachedOrderRewards, takesOrderReward } from "./kernel/order-rewards.ts";
import { priceLines, rankOffers } from "./kernel/price-lines.ts";
import { closesProduct, RulesReader } from "./kernel/read-rules.ts";
import { Stopped } from "./kernel/stopped.ts";
import { packLetters, TextReader } from "./kernel/text-reader.ts";
import { trace } from "./resolve.ts";
import { PRICED_TYPES, type ProductRules, typeOfLetter } from "./rules.ts";

/** A cart before discounts. Line properties are not part of it: they never authorise a price. */
export interface CartToPrice {
  /** The currency that the buyer pays in; every amount is in its minor units. */
  readonly currency: string;
  /** Nothing is known of the buyer where it is absent. */
  readonly buyer?: BuyerFacts;
  readonly lines: readonly LineToPrice[];
  /** Compact rules of the shop's own offers, and of what it has stopped: see `rules.ts`. */
  readonly shopRules: string | null;
}

export interface LineToPrice {
  readonly id: string;
  /** Number of its product; null for a custom item. */
  readonly product: string | null;
  /** Number of its variant; null where it is not known, as in a cart that is only a preview. */
  readonly variant: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** A gift card counts towards no reward of the order and no gift. Absent for any other line. */
  readonly giftCard?: boolean;
  /** Bought on a selling plan: never discounted, though it may be what others are bought with. */
  readonly subscription: boolean;
  /** Compact rules of its product's offers. */
  readonly rules: string | null;
}

/** The types of offers that take something off lines; a goal gives a product free. */
export type LineOfferType = ProductRules["type"] | "goal";

/** So much off each of `quantity` units of one line. */
export interface LineDiscount {
  readonly lineId: string;
  readonly quantity: number;
  readonly amountOffMinor: number;
  readonly type: LineOfferType;
}

/**
 * A discount on the order that a cart has reached. It is taken off what the lines cost after discounts, those that are
 * left out of it apart; of several Shopify takes the one that saves most.
 */
export interface OrderDiscount {
  /** The number of its offer. */
  readonly offer: number;
  /** From so much on. */
  readonly fromMinor: number;
  readonly reward:
    | { readonly kind: "percent"; readonly basisPoints: number }
    | { readonly kind: "amount-off"; readonly amountMinor: number };
  /** Lines that do not count towards it: gift cards, and products that are gifts. */
  readonly notCounted: readonly string[];
  /** Lines of which nothing is taken off: gift cards, and what is bought on a selling plan. */
  readonly leftOut: readonly string[];
  /** What it takes off this cart. */
  readonly amountOffMinor: number;
}

/** What an offer proposes, with what its id is made of. */
export interface OfferBenefit extends Benefit {
  readonly type: LineOfferType;
  /** The offer's number in its shop; 0 for an entry that is older than numbers. */
  readonly number: number;
  /** The product that carries it; of a goal the product that it gives. */
  readonly product: BareId;
}

export interface PricedCart {
  /** Sorted by line id, then by the larger amount. */
  readonly discounts: readonly LineDiscount[];
  /** Discounts on the order that are reached, the best by priority first. */
  readonly order: readonly OrderDiscount[];
  readonly trace: readonly TracedBenefit<OfferBenefit>[];
}

/**
 * What offers take off the lines of a cart: the same code as in the discount Function. Every unit gets at most one
 * benefit; the saving in all is maximal.
 */
export function priceCart(given: CartToPrice): PricedCart {
  const lines = given.lines.filter(({ quantity }) => quantity > 0);
  const cart = toKernel(lines, given.currency);
  const offers = rankOffers(readOffers(given, lines, cart));
  const benefits = priceLines(cart, offers);
  const lineAt = (at: number) => lines[cart.order[at]!]!;
  const discounts: LineDiscount[] = [];
  for (let b = 0; b < benefits.count; b++) {
    const type = typeOfLetter(offers[benefits.rank[b]!]!.type) as LineOfferType;
    for (const { line, quantity, amountOffMinor } of takenOf(benefits, b, (at) => lineAt(at).id)) {
      if (amountOffMinor > 0) discounts.push({ lineId: line, quantity, amountOffMinor, type });
    }
  }
  const open = lines.map(({ id, quantity }, line) => ({ id, quantity: cart.open[line] === 0 ? 0 : quantity }));
  const proposed = Array.from({ length: benefits.count }, (_, b) =>
    toBenefit(benefits, b, offers[benefits.rank[b]!]!, cart, (at) => lineAt(at).id),
  );
  const taken = new Map(proposed.map((benefit, b) => [benefit, takenOf(benefits, b, (at) => lineAt(at).id)]));
  return {
    discounts: merged(discounts),
    order: orderDiscounts(cart, offers, benefits, (line) => lines[line]!.id),
    trace: trace(open, proposed, taken),
  };
}

function orderDiscounts(
  cart: Cart,
  offers: PricedOffer[],
  benefits: Benefits,
  lineId: (line: number) => string,
): OrderDiscount[] {
  const places = Array.from({ length: cart.lines }, (_, at) => at);
  const idsOf = (kept: (at: number) => boolean) =>
    places
      .filter(kept)
      .map((at) => cart.order[at]!)
      .toSorted((a, b) => a - b)
      .map(lineId);
  const counts = linesThatCount(cart, offers);
  const takesIt = (at: number) => takesOrderReward(cart, cart.order[at]!);
  const baseMinor = costAfter(cart, benefits, takesIt);
  return reachedOrderRewards(cart, offers, benefits).map(({ number, amount, reward, value }): OrderDiscount => ({
    ...{ offer: number, fromMinor: amount },
    reward: reward === PERCENT ? { kind: "percent", basisPoints: value } : { kind: "amount-off", amountMinor: value },
    notCounted: idsOf((at) => counts[at] === 0),
    leftOut: idsOf((at) => !takesIt(at)),
    amountOffMinor: amountOff(baseMinor, reward, value),
  }));
}

/** What some lines cost after discounts, by their places in `cart.order`. */
function costAfter(cart: Cart, benefits: Benefits, isMeant: (at: number) => boolean): number {
  let cost = 0;
  for (let at = 0; at < cart.lines; at++) {
    const line = cart.order[at]!;
    if (isMeant(at)) cost += cart.quantity[line]! * cart.unitPrice[line]!;
  }
  for (let e = 0; e < benefits.entries; e++) {
    if (isMeant(benefits.line[e]!)) cost -= benefits.taken[e]! * benefits.amount[e]!;
  }
  return cost;
}

function toKernel(lines: readonly LineToPrice[], currency: string): Cart {
  const cart = new Cart(
    lines.length,
    packLetters(currency.charCodeAt(0), currency.charCodeAt(1), currency.charCodeAt(2)),
  );
  for (const line of lines) {
    const id = new TextEncoder().encode(line.id);
    cart.makeRoom(id.length);
    cart.ids.set(id, cart.idStart[cart.lines]);
    const { quantity, unitPriceMinor, subscription } = line;
    cart.add(id.length, numberOf(line.product), numberOf(line.variant), quantity, unitPriceMinor, !subscription);
    cart.giftCard[cart.lines - 1] = line.giftCard === true ? 1 : 0;
  }
  cart.arrange();
  return cart;
}

/** 0 for none, and for a number that is not exact: no product has one. */
function numberOf(id: string | null): number {
  const number = Number(id ?? 0);
  return Number.isSafeInteger(number) ? number : 0;
}

function readOffers(
  { currency, buyer = UNKNOWN_BUYER, shopRules }: CartToPrice,
  lines: readonly LineToPrice[],
  cart: Cart,
): PricedOffer[] {
  const offers: PricedOffer[] = [];
  const stopped = new Stopped(toBuyer({ ...buyer, currency, valueMinor: cart.value, units: cart.allUnits }));
  const reader = new RulesReader(cart.products, cart.currency, stopped, offers);
  const read = (rules: string, anchor: number) => {
    const bytes = new TextEncoder().encode(rules);
    const text = new TextReader(bytes, 0, bytes.length);
    if (anchor >= 0 && closesProduct(text)) cart.close(anchor);
    else reader.read(text, anchor, anchor < 0 ? 0 : cart.units[anchor]!);
  };
  if (shopRules !== null) read(shopRules, -1);
  for (let product = 0; product < cart.products.count; product++) {
    for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
      const { rules } = lines[cart.order[at]!]!;
      if (rules === null) continue;
      read(rules, product);
      break;
    }
  }
  return offers;
}

function takenOf(benefits: Benefits, b: number, lineId: (at: number) => string): BenefitUnits[] {
  return entriesOf(benefits, b).flatMap((e) => {
    const quantity = benefits.taken[e]!;
    return quantity === 0 ? [] : [{ line: lineId(benefits.line[e]!), quantity, amountOffMinor: benefits.amount[e]! }];
  });
}

function toBenefit(
  benefits: Benefits,
  b: number,
  offer: PricedOffer,
  cart: Cart,
  lineId: (at: number) => string,
): OfferBenefit {
  const type = typeOfLetter(offer.type) as LineOfferType;
  const product = String(cart.products.numbers[offer.anchor]!);
  return {
    ...{ type, number: offer.number, product },
    offer: joinOfferId(PRICED_TYPES[type].code, offer.number === 0 ? null : offer.number, product),
    class: "product",
    priority: offer.priority,
    units: entriesOf(benefits, b).map((e) => ({
      line: lineId(benefits.line[e]!),
      quantity: benefits.quantity[e]!,
      amountOffMinor: benefits.amount[e]!,
    })),
    limit: benefits.limit[b]!,
    whole: benefits.whole[b]! !== 0,
  };
}

function entriesOf(benefits: Benefits, b: number): number[] {
  const first = benefits.first[b]!;
  return Array.from({ length: benefits.first[b + 1]! - first }, (_, i) => first + i);
}

/** One entry for equal amounts of one type on one line. */
function merged(discounts: readonly LineDiscount[]): LineDiscount[] {
  const byKey = new Map<string, LineDiscount>();
  for (const discount of discounts) {
    const key = `${discount.amountOffMinor} ${discount.type} ${discount.lineId}`;
    byKey.set(key, { ...discount, quantity: discount.quantity + (byKey.get(key)?.quantity ?? 0) });
  }
  return [...byKey.values()].sort(
    (a, b) =>
      (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0) ||
      b.amountOffMinor - a.amountOffMinor ||
      (a.type < b.type ? -1 : 1),
  );
}
