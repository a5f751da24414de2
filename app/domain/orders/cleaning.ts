import { notGoods } from "./service-vocabulary.ts";

/** What of an order decides whether its lines are evidence. `Order` has it; order files fill it in. */
export interface CleaningOrder {
  readonly cancelledAt: number | null;
  readonly test: boolean;
}

/** What of a line decides whether it is evidence. `OrderLine` has it; order files fill it in. */
export interface CleaningLine {
  /** Null for a custom line or a deleted product. */
  readonly productId: string | null;
  readonly title: string;
  readonly sku?: string | null;
  readonly quantity: number;
  readonly currentQuantity: number;
  readonly isGiftCard: boolean;
  readonly requiresShipping?: boolean;
  /** In the same unit as the discount; only whether something was charged matters. Null where there are no prices. */
  readonly unitPriceMinor: number | null;
  readonly discountMinor: number;
}

/**
 * Why a line is no evidence of what is bought together, in the order in which the reasons are looked at: a line has
 * one reason, the first that holds.
 */
export const LEFT_OUT_REASONS = [
  "test-order",
  "cancelled-order",
  "return",
  "fully-refunded",
  "no-product",
  "gift-card",
  "service",
  "negative-price",
  "free-line",
  "giant-order",
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/**
 * Why this line is left out of baskets, or null for a sale of goods. The same function serves order files, bulk
 * imports and webhooks, so that a shop is cleaned alike whichever way its orders came.
 *
 * `judge` tells services by their words; give `rememberedNotGoods()` for many lines.
 *
 * - `return`: a quantity of zero or less.
 * - `fully-refunded`: nothing of it is sold any more.
 * - `no-product`: a custom line, unless its words say what it is (a tip, a fee).
 * - `service`: by its words; more words count for what is known not to ship.
 * - `giant-order`: never given here, but by who sees the whole order: more products than any shopping basket holds.
 * - `free-line`: nothing was charged for it, so nobody chose it at its price.
 */
export function leftOutReason(
  order: CleaningOrder,
  line: CleaningLine,
  judge: typeof notGoods = notGoods,
): LeftOutReason | null {
  if (order.test) return "test-order";
  if (order.cancelledAt !== null) return "cancelled-order";
  if (!(line.quantity > 0)) return "return";
  if (!(line.currentQuantity > 0)) return "fully-refunded";
  if (line.isGiftCard) return "gift-card";
  const words = judge(line.title, line.sku ?? line.productId ?? "", line.requiresShipping);
  if (words !== null) return words;
  if (line.productId === null) return "no-product";
  if (line.unitPriceMinor !== null) {
    if (line.unitPriceMinor < 0) return "negative-price";
    if (line.unitPriceMinor * line.quantity - line.discountMinor <= 0) return "free-line";
  }
  return null;
}

/** How much was left out, and why, so that a merchant can check it against their own books. */
export interface LeftOutTally {
  readonly linesKept: number;
  readonly linesLeftOut: number;
  /** Orders with at least one line left out for the reason; an order may count under several reasons. */
  readonly byReason: readonly { readonly reason: LeftOutReason; readonly lines: number; readonly orders: number }[];
}

/** Counts lines kept and left out, line by line, orders by their ids. */
export class LeftOutCounter {
  readonly #lines = new Map<LeftOutReason, number>();
  readonly #orders = new Map<LeftOutReason, Set<string>>();
  #kept = 0;

  add(orderId: string, reason: LeftOutReason | null): void {
    if (reason === null) this.#kept++;
    else this.#leaveOut(orderId, reason, 1);
  }

  /** Counts lines of an order as left out that were counted as kept before. */
  leaveOutAfterAll(orderId: string, reason: LeftOutReason, lines: number): void {
    this.#kept -= lines;
    this.#leaveOut(orderId, reason, lines);
  }

  #leaveOut(orderId: string, reason: LeftOutReason, lines: number): void {
    this.#lines.set(reason, (this.#lines.get(reason) ?? 0) + lines);
    const orders = this.#orders.get(reason) ?? new Set();
    this.#orders.set(reason, orders.add(orderId));
  }

  /** The tally so far, reasons in the order of {@link LEFT_OUT_REASONS}, those that never held left away. */
  tally(): LeftOutTally {
    const byReason = LEFT_OUT_REASONS.filter((reason) => this.#lines.has(reason)).map((reason) => ({
      reason,
      lines: this.#lines.get(reason)!,
      orders: this.#orders.get(reason)!.size,
    }));
    return { linesKept: this.#kept, linesLeftOut: byReason.reduce((sum, { lines }) => sum + lines, 0), byReason };
  }
}
