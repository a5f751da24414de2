import type { OrderId } from "../ids.ts";
import { shareMinor } from "../money/allocate.ts";
import type { RefundLine } from "../orders/fetched-order.ts";
import { type LineAccount, orderAccount } from "../orders/order-account.ts";
import type { Order, OrderLine, UtcMs } from "../orders/order.ts";
import { isTipTitle } from "../orders/service-vocabulary.ts";

/**
 * One day's net sales by Shopify's rules beside ours, and why they differ.
 *
 * Shopify (help.shopify.com, "Sales reports"): net sales = gross sales - discounts - returns, without taxes and shipping.
 * A sale counts on the day of its order, cancelled orders included; a return counts on the day on which it is processed.
 * Test orders, deleted orders, gift cards and tips are left out. Ours: an order counts on its day with what is left of it,
 * whenever something was given back; cancelled orders do not count.
 */

/** Why the two differ. Each amount is what ours has more (or, below zero, less) than Shopify's. */
export const DIFFERENCE_REASONS = [
  /** Orders of the day that were cancelled or never paid: Shopify counts the sale, and takes it off by a return. */
  "cancelled",
  /** Returned on this day from orders of other days: Shopify takes it off this day, we off the day of the order. */
  "returns-of-other-orders",
  /** Returned on other days from orders of this day. */
  "returns-on-other-days",
  /** Units that left orders of this day by edits, or by refunds of which only the sum was read: their day is not known. */
  "undated-changes",
  /** Refunds for goods that name no line. Shopify counts them on their day, if at all; that day is not known. */
  "refunds-without-lines",
  /** Tips that stand among the lines of an order. */
  "tips",
  /** Shopify and we round the shares of units and taxes differently. */
  "rounding",
] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

export interface Difference {
  readonly reason: DifferenceReason;
  readonly minor: number;
  /** Orders that it is about, those with the largest part first. Rounding is about none in particular. */
  readonly orders: readonly DifferingOrder[];
}

/** One order's part of a difference. */
export interface DifferingOrder {
  readonly id: OrderId;
  readonly name: string;
  readonly minor: number;
}

/** What neither figure counts. */
export interface LeftOutOfBoth {
  readonly testOrders: number;
  readonly testMinor: number;
  readonly giftCardMinor: number;
  /** Taxes that are part of the prices of what was sold on the day. */
  readonly taxMinor: number;
  /** Orders of before the shop changed its currency. */
  readonly otherCurrencyOrders: number;
}

export interface Reconciliation {
  /** By Shopify's rules: `grossMinor - discountsMinor - returnsMinor = netMinor`, taxes out. */
  readonly shopify: {
    readonly grossMinor: number;
    readonly discountsMinor: number;
    readonly returnsMinor: number;
    readonly netMinor: number;
  };
  readonly oursMinor: number;
  /** `netMinor` and these add up to `oursMinor`; those of nothing are left out. */
  readonly differences: readonly Difference[];
  readonly leftOut: LeftOutOfBoth;
}

/** An order that was placed or cancelled on the day, or of which something was returned on it. */
export interface ReconciledOrder {
  readonly order: Order;
  /** All of its refunds that name lines. */
  readonly refunds: readonly RefundLine[];
}

interface Day {
  readonly from: UtcMs;
  readonly to: UtcMs;
}

/** What one line sold for and what became of it; taxes out. */
interface LineSale {
  readonly orderedMinor: number;
  readonly grossMinor: number;
  readonly returnedTodayMinor: number;
  readonly returnedOtherwiseMinor: number;
  readonly undatedMinor: number;
  readonly withoutLinesMinor: number;
  readonly leftMinor: number;
}

/**
 * Compares the two for one day. `oursMinor` is the net sales of `readFigures` on that day; what the lines of the orders
 * do not explain of it counts as rounding.
 */
export function reconcileDay(
  orders: readonly ReconciledOrder[],
  { day, currency, oursMinor }: { readonly day: Day; readonly currency: string; readonly oursMinor: number },
): Reconciliation {
  const isToday = ({ order }: ReconciledOrder) => order.processedAt >= day.from && order.processedAt < day.to;
  const own = orders.filter(({ order }) => order.currency === currency);
  const real = own.filter(({ order }) => !order.test);
  const tally = new Tally();
  const shopify = { grossMinor: 0, discountsMinor: 0, returnsMinor: 0 };
  for (const one of real) {
    const { order } = one;
    const tips = new Set(order.lines.filter(isTip));
    for (const [line, sale] of salesOf(one, day)) {
      if (line.isGiftCard) continue;
      const today = isToday(one);
      if (tips.has(line)) {
        if (today && order.cancelledAt === null) tally.add("tips", sale.leftMinor, order);
        continue;
      }
      if (today) {
        shopify.grossMinor += sale.grossMinor;
        shopify.discountsMinor += sale.grossMinor - sale.orderedMinor;
      }
      shopify.returnsMinor += sale.returnedTodayMinor;
      if (order.cancelledAt !== null) {
        tally.add("cancelled", sale.returnedTodayMinor - (today ? sale.orderedMinor : 0), order);
      } else if (!today) tally.add("returns-of-other-orders", sale.returnedTodayMinor, order);
      else {
        tally.add("returns-on-other-days", -sale.returnedOtherwiseMinor, order);
        tally.add("undated-changes", -sale.undatedMinor, order);
        tally.add("refunds-without-lines", -sale.withoutLinesMinor, order);
      }
    }
  }
  const netMinor = shopify.grossMinor - shopify.discountsMinor - shopify.returnsMinor;
  tally.add("rounding", oursMinor - netMinor - tally.total(), null);
  const placed = orders.filter(isToday);
  return {
    shopify: { ...shopify, netMinor },
    oursMinor,
    differences: tally.differences(),
    leftOut: leftOut(placed, currency),
  };
}

function isTip(line: OrderLine): boolean {
  return line.productId === null && isTipTitle(line.title);
}

function leftOut(placed: readonly ReconciledOrder[], currency: string): LeftOutOfBoth {
  const own = placed.map(({ order }) => order).filter((order) => order.currency === currency);
  const tests = own.filter(({ test }) => test);
  const sold = own.filter(({ test }) => !test);
  const sumOf = (orders: readonly Order[], minorOf: (line: OrderLine, order: Order) => number) =>
    orders.reduce((sum, order) => sum + order.lines.reduce((all, line) => all + minorOf(line, order), 0), 0);
  return {
    testOrders: tests.length,
    testMinor: sumOf(tests, orderedMinor),
    giftCardMinor: sumOf(sold, (line) => (line.isGiftCard ? orderedMinor(line) : 0)),
    taxMinor: sumOf(sold, (line, order) => (line.isGiftCard ? 0 : taxWithin(order, line, orderedMinor(line)))),
    otherCurrencyOrders: placed.length - own.length,
  };
}

function salesOf({ order, refunds }: ReconciledOrder, day: Day): [OrderLine, LineSale][] {
  const byLine = Map.groupBy(returnsOf(order, refunds), ({ lineId }) => lineId as string);
  const sums = new Map(
    [...byLine].map(([id, parts]) => [
      id,
      {
        units: parts.reduce((sum, { quantity }) => sum + quantity, 0),
        minor: parts.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0),
      },
    ]),
  );
  const withoutLines = order.refundedWithoutLinesMinor ?? 0;
  const before = orderAccount(order.lines, sums, 0);
  return orderAccount(order.lines, sums, withoutLines).map((account, place) => {
    const line = order.lines[place]!;
    return [line, saleOf(order, line, account, before[place]!, byLine.get(line.id) ?? [], day)];
  });
}

/** A cancelled order of which no refund was read: all of it was taken off when it was cancelled. */
function returnsOf(order: Order, refunds: readonly RefundLine[]): readonly RefundLine[] {
  const { cancelledAt } = order;
  if (cancelledAt === null || refunds.length > 0) return refunds;
  return order.lines.map((line) => ({
    ...{ refundId: "", lineId: line.id, quantity: line.quantity, createdAt: cancelledAt },
    subtotalMinor: orderedMinor(line),
  }));
}

function saleOf(
  order: Order,
  line: OrderLine,
  account: LineAccount,
  before: LineAccount,
  refunds: readonly RefundLine[],
  day: Day,
): LineSale {
  const ordered = orderedMinor(line);
  const untaxed = (minor: number) => minor - taxWithin(order, line, minor);
  const isToday = ({ createdAt }: RefundLine) => createdAt >= day.from && createdAt < day.to;
  const sum = (parts: readonly RefundLine[]) => parts.reduce((all, { subtotalMinor }) => all + subtotalMinor, 0);
  const today = untaxed(Math.min(Math.max(sum(refunds.filter(isToday)), 0), ordered));
  const all = untaxed(Math.min(Math.max(sum(refunds), 0), ordered));
  const left = account.netMinor - (order.taxesIncluded === true ? account.netTaxMinor : 0);
  const leftBefore = before.netMinor - (order.taxesIncluded === true ? before.netTaxMinor : 0);
  return {
    orderedMinor: untaxed(ordered),
    // Shopify takes the taxes out of prices and discounts alike; here all of them are taken out of the price.
    grossMinor: untaxed(ordered) + Math.max(line.unitPriceMinor * Math.max(line.quantity, 0) - ordered, 0),
    returnedTodayMinor: today,
    returnedOtherwiseMinor: all - today,
    undatedMinor: account.edited === 0 ? 0 : untaxed(ordered) - all - leftBefore,
    withoutLinesMinor: leftBefore - left,
    leftMinor: left,
  };
}

function orderedMinor(line: OrderLine): number {
  return Math.max(line.unitPriceMinor * line.quantity - line.discountMinor, 0);
}

/** The taxes within a part of what a line was sold for; 0 where prices do not include them. */
function taxWithin(order: Order, line: OrderLine, minor: number): number {
  const ordered = orderedMinor(line);
  if (order.taxesIncluded !== true || ordered === 0) return 0;
  return shareMinor(Math.max(line.taxMinor ?? 0, 0), Math.min(minor, ordered), ordered);
}

/** Sums differences by reason and order. */
class Tally {
  readonly #byReason = new Map<DifferenceReason, { minor: number; orders: Map<OrderId, DifferingOrder> }>();

  add(reason: DifferenceReason, minor: number, order: Order | null): void {
    if (minor === 0) return;
    const known = this.#byReason.get(reason) ?? { minor: 0, orders: new Map<OrderId, DifferingOrder>() };
    known.minor += minor;
    if (order !== null) {
      const { id, name } = order;
      known.orders.set(id, { id, name, minor: minor + (known.orders.get(id)?.minor ?? 0) });
    }
    this.#byReason.set(reason, known);
  }

  total(): number {
    return [...this.#byReason.values()].reduce((sum, { minor }) => sum + minor, 0);
  }

  differences(): Difference[] {
    return DIFFERENCE_REASONS.flatMap((reason) => {
      const known = this.#byReason.get(reason);
      if (known === undefined || known.minor === 0) return [];
      const orders = [...known.orders.values()].filter(({ minor }) => minor !== 0);
      orders.sort((a, b) => Math.abs(b.minor) - Math.abs(a.minor) || (a.name < b.name ? -1 : 1));
      return [{ reason, minor: known.minor, orders }];
    });
  }
}
