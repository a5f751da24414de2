import { compareIds } from "../ids.ts";
import { allocateMinor, shareMinor } from "../money/allocate.ts";
import type { MonthStart } from "../time/months.ts";
import { CartColumns } from "./cart-columns.ts";
import type { OfferOnCart, PastBuyer } from "./cart-pricer.ts";
import { addTotals, type MonthTotals, NO_TOTALS } from "./month-totals.ts";
import type { NearMiss } from "./near-miss.ts";
import { OTHER_BOOKS, type PackedOrders } from "./packed-orders.ts";
import { CartReplay } from "./replay-cart.ts";
import { earnedMinor } from "./replay-credit.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

/** An order as an example of what an offer would have done. */
export interface ReplayedExample {
  /** Bare number of the order. */
  readonly id: string;
  /** When it was placed: milliseconds since 1970 UTC. */
  readonly at: number;
  /** What its cart cost before discounts, in minor units. */
  readonly valueMinor: number;
  /** What would have been taken off it; 0 for one that is near. */
  readonly discountMinor: number;
  /** The store credit that it would have earned. */
  readonly creditMinor: number;
  readonly shipsFree: boolean;
  /** What it lacked; null where it lacked nothing. */
  readonly miss: NearMiss | null;
}

/** What an offer would have done for some orders. */
export interface ReplayTotals {
  /** By the number of the month: see `time/months.ts`. */
  readonly months: ReadonlyMap<number, MonthTotals>;
  /** Orders that were paid in a currency whose prices are not stored: in none of the months. */
  readonly otherCurrencies: number;
  /** The latest orders of each kind. */
  readonly given: readonly ReplayedExample[];
  readonly near: readonly ReplayedExample[];
}

export const NOTHING_REPLAYED: ReplayTotals = { months: new Map(), otherCurrencies: 0, given: [], near: [] };

const MOST_EXAMPLES = 5;

/** The totals of two parts of the orders together. */
export function joinReplays(a: ReplayTotals, b: ReplayTotals): ReplayTotals {
  const months = new Map(a.months);
  for (const [month, totals] of b.months) months.set(month, addTotals(months.get(month) ?? NO_TOTALS, totals));
  return {
    months,
    otherCurrencies: a.otherCurrencies + b.otherCurrencies,
    given: latest([...a.given, ...b.given]),
    near: latest([...a.near, ...b.near]),
  };
}

/**
 * Replays an offer over past orders: each as the cart that it was, before edits took anything off and with what was given
 * back later. What was given back costs nothing: its share of a discount is not counted.
 *
 * @param months Ascending, the first of them before every order.
 * @param replay Of this offer, where earlier orders were replayed: it remembers their carts.
 */
export function replayOrders(
  offer: ReplayedOffer,
  orders: PackedOrders,
  months: readonly MonthStart[],
  replay = new CartReplay(offer),
): ReplayTotals {
  const tally = new Tally(offer, orders);
  const cart = new CartColumns();
  for (let order = 0; order < orders.ids.length; order++) {
    const buyer = fill(cart, orders, order);
    if (buyer.units === 0) continue;
    if (buyer.currency === OTHER_BOOKS || (offer.hasAmounts && buyer.currency !== offer.currency)) {
      tally.otherCurrencies++;
      continue;
    }
    const month = monthAt(months, orders.at[order]!);
    const outcome = replay.replay(cart, buyer);
    if (outcome === null) tally.add(month, { orders: 1 });
    else if (outcome.code === "near") tally.addNear(month, { order, buyer, miss: outcome.miss });
    else {
      const on = outcome.code === "given" ? outcome.on : NOTHING_OFF;
      tally.addGiven(month, { order, buyer, cart, on, gifts: outcome.code === "given" ? outcome.gifts : [] });
    }
  }
  return tally.totals();
}

const NOTHING_OFF: OfferOnCart = { offLines: [], offOrderMinor: 0, shipsFree: false };

/** Puts what was bought of an order into a cart. */
function fill(cart: CartColumns, orders: PackedOrders, order: number): PastBuyer {
  const { product, variant, sold, unitPrice, giftCard, ships } = orders.lines;
  cart.clear();
  for (let at = orders.firstLine[order]!; at < orders.firstLine[order + 1]!; at++) {
    const line = cart.lines++;
    cart.product[line] = product[at]!;
    cart.variant[line] = variant[at]!;
    cart.quantity[line] = sold[at]!;
    cart.unitPrice[line] = unitPrice[at]!;
    cart.giftCard[line] = giftCard[at] === 1;
    cart.ships[line] = ships[at] === 1;
  }
  const currency = orders.currencies[orders.paidIn[order]!]!;
  return { currency, counter: orders.counter[order] === 1, valueMinor: cart.valueMinor(), units: cart.allUnits() };
}

function monthAt(months: readonly MonthStart[], at: number): number {
  let [from, to] = [0, months.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (months[middle]!.at <= at) from = middle;
    else to = middle;
  }
  return months[from]!.month;
}

type Given = {
  readonly order: number;
  readonly buyer: PastBuyer;
  readonly cart: CartColumns;
  readonly on: OfferOnCart;
  readonly gifts: readonly number[];
};

/** Adds up what happened to the orders of each month. */
class Tally {
  otherCurrencies = 0;
  readonly #offer: ReplayedOffer;
  readonly #orders: PackedOrders;
  readonly #months = new Map<number, { -readonly [Name in keyof MonthTotals]: number }>();
  readonly #given: ReplayedExample[] = [];
  readonly #near: ReplayedExample[] = [];

  constructor(offer: ReplayedOffer, orders: PackedOrders) {
    this.#offer = offer;
    this.#orders = orders;
  }

  add(month: number, more: Partial<MonthTotals>): void {
    const totals = this.#months.get(month) ?? { ...NO_TOTALS };
    for (const name of Object.keys(more) as (keyof MonthTotals)[]) totals[name] += more[name]!;
    this.#months.set(month, totals);
  }

  addNear(month: number, { order, buyer, miss }: { order: number; buyer: PastBuyer; miss: NearMiss }): void {
    this.add(month, { orders: 1, near: 1 });
    this.#keep(this.#near, { order, buyer, discountMinor: 0, creditMinor: 0, shipsFree: false, miss });
  }

  addGiven(month: number, given: Given): void {
    const { order, buyer, on } = given;
    const kept = keptOf(this.#orders, given);
    const added = this.#offer.gifts.filter(({ product }) => given.gifts.includes(product));
    const giftMinor = added.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
    const giftCost = added.reduce((sum, { costMinor }) => sum + (costMinor ?? NaN), 0);
    const discountMinor = kept.discountMinor + giftMinor;
    const isCosted = !Number.isNaN(kept.costMinor + giftCost);
    const freeShipping = on.shipsFree ? 1 : 0;
    const { credit } = this.#offer;
    const creditMinor = credit === null ? 0 : earnedMinor(credit, this.#orders, order);
    this.add(month, { orders: 1, given: 1, freeShipping, discountMinor, creditMinor, paidMinor: kept.netMinor });
    if (isCosted) {
      const lostMinor = kept.lostMinor + giftCost + creditMinor;
      const marginMinor = kept.goodsMinor - kept.costMinor;
      this.add(month, { costed: 1, marginMinor, lostMinor, costedFreeShipping: freeShipping });
    }
    this.#keep(this.#given, { order, buyer, discountMinor, creditMinor, shipsFree: on.shipsFree, miss: null });
  }

  totals(): ReplayTotals {
    const { otherCurrencies } = this;
    return { months: this.#months, otherCurrencies, given: latest(this.#given), near: latest(this.#near) };
  }

  #keep(
    examples: ReplayedExample[],
    {
      order,
      buyer,
      ...rest
    }: { order: number; buyer: PastBuyer } & Pick<
      ReplayedExample,
      "discountMinor" | "creditMinor" | "shipsFree" | "miss"
    >,
  ): void {
    const [id, at] = [String(this.#orders.ids[order]!), this.#orders.at[order]!];
    examples.push({ id, at, valueMinor: buyer.valueMinor, ...rest });
    if (examples.length > 100 * MOST_EXAMPLES) examples.splice(0, examples.length, ...latest(examples));
  }
}

/** What an offer takes off the units of an order that were not given back, and what these units brought and cost. */
function keptOf({ firstLine, lines }: PackedOrders, { order, cart, on }: Given) {
  const first = firstLine[order]!;
  const { sold, kept, net, netOfTax, cost, giftCard } = lines;
  let [discountMinor, lostMinor, netMinor, goodsMinor, costMinor] = [0, 0, 0, 0, 0];
  const shareOfOrder = shareOffOrder(cart, on);
  for (let line = 0; line < cart.lines; line++) {
    const at = first + line;
    netMinor += net[at]!;
    if (sold[at] === 0) continue;
    const off = (on.offLines[line] ?? 0) + shareOfOrder(line);
    const keptOff = shareMinor(off, kept[at]!, sold[at]!);
    discountMinor += keptOff;
    if (giftCard[at] === 1) continue;
    lostMinor += Math.round(keptOff * netOfTax[at]!);
    goodsMinor += net[at]!;
    if (kept[at]! > 0) costMinor += cost[at]! * kept[at]!;
  }
  return { discountMinor, lostMinor, netMinor, goodsMinor, costMinor };
}

/** What of a discount on the order falls on each line, in proportion to what it costs after its own; gift cards take none. */
function shareOffOrder(cart: CartColumns, { offLines, offOrderMinor }: OfferOnCart): (line: number) => number {
  if (offOrderMinor === 0) return () => 0;
  const weights = Array.from({ length: cart.lines }, (_, line) =>
    cart.giftCard[line]! ? 0 : cart.quantity[line]! * cart.unitPrice[line]! - offLines[line]!,
  );
  const shares = allocateMinor(offOrderMinor, weights);
  return (line) => shares[line]!;
}

function latest(examples: readonly ReplayedExample[]): ReplayedExample[] {
  return examples.toSorted((a, b) => b.at - a.at || compareIds(b.id, a.id)).slice(0, MOST_EXAMPLES);
}
