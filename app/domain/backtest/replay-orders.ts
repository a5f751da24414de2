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
    if (outcome === null) tally.addOther(month);
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

type MutableTotals = { -readonly [Name in keyof MonthTotals]: number };

/** An example by the place of its order: its number becomes a text only where it is kept to the end. */
interface PlacedExample extends Omit<ReplayedExample, "id" | "at"> {
  readonly order: number;
}

/** Adds up what happened to the orders of each month. */
class Tally {
  otherCurrencies = 0;
  readonly #offer: ReplayedOffer;
  readonly #orders: PackedOrders;
  readonly #months = new Map<number, MutableTotals>();
  readonly #given: PlacedExample[] = [];
  readonly #near: PlacedExample[] = [];

  constructor(offer: ReplayedOffer, orders: PackedOrders) {
    this.#offer = offer;
    this.#orders = orders;
  }

  /** Adds an order for which the offer would have done nothing. */
  addOther(month: number): void {
    this.#totalsOf(month).orders++;
  }

  addNear(month: number, { order, buyer, miss }: { order: number; buyer: PastBuyer; miss: NearMiss }): void {
    const totals = this.#totalsOf(month);
    totals.orders++;
    totals.near++;
    const { valueMinor } = buyer;
    this.#keep(this.#near, { order, valueMinor, discountMinor: 0, creditMinor: 0, shipsFree: false, miss });
  }

  addGiven(month: number, given: Given): void {
    const { order, buyer, on } = given;
    const { credit } = this.#offer;
    const kept = keptOf(this.#orders, given);
    const gifts = this.#giftsOf(given);
    const discountMinor = kept.discountMinor + gifts.priceMinor;
    const creditMinor = credit === null ? 0 : earnedMinor(credit, this.#orders, order);
    const totals = this.#totalsOf(month);
    totals.orders++;
    totals.given++;
    if (on.shipsFree) totals.freeShipping++;
    totals.discountMinor += discountMinor;
    totals.creditMinor += creditMinor;
    totals.paidMinor += kept.netMinor;
    if (!Number.isNaN(kept.costMinor + gifts.costMinor)) {
      totals.costed++;
      totals.marginMinor += kept.goodsMinor - kept.costMinor;
      totals.lostMinor += kept.lostMinor + gifts.costMinor + creditMinor;
      if (on.shipsFree) totals.costedFreeShipping++;
    }
    const { valueMinor } = buyer;
    this.#keep(this.#given, { order, valueMinor, discountMinor, creditMinor, shipsFree: on.shipsFree, miss: null });
  }

  totals(): ReplayTotals {
    const { otherCurrencies } = this;
    const [given, near] = [latest(this.#given.map(this.#named)), latest(this.#near.map(this.#named))];
    return { months: this.#months, otherCurrencies, given, near };
  }

  #totalsOf(month: number): MutableTotals {
    let totals = this.#months.get(month);
    if (totals === undefined) this.#months.set(month, (totals = { ...NO_TOTALS }));
    return totals;
  }

  /** Price and cost of the gifts that a shopper would have added; a cost of NaN where nobody knows it. */
  #giftsOf({ gifts }: Given): { priceMinor: number; costMinor: number } {
    const sum = { priceMinor: 0, costMinor: 0 };
    if (gifts.length === 0) return sum;
    for (const { product, priceMinor, costMinor } of this.#offer.gifts) {
      if (!gifts.includes(product)) continue;
      sum.priceMinor += priceMinor;
      sum.costMinor += costMinor ?? NaN;
    }
    return sum;
  }

  #keep(examples: PlacedExample[], example: PlacedExample): void {
    examples.push(example);
    if (examples.length <= 100 * MOST_EXAMPLES) return;
    const { ids, at } = this.#orders;
    examples.sort((a, b) => at[b.order]! - at[a.order]! || (ids[b.order]! > ids[a.order]! ? 1 : -1));
    examples.length = MOST_EXAMPLES;
  }

  readonly #named = ({ order, ...rest }: PlacedExample): ReplayedExample => {
    return { id: String(this.#orders.ids[order]!), at: this.#orders.at[order]!, ...rest };
  };
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
