import type { BareId } from "../ids.ts";
import { bareNumber } from "../ids.ts";
import { shareMinor } from "../money/allocate.ts";
import { orderAccount } from "../orders/order-account.ts";
import type { Order } from "../orders/order.ts";
import type { CreditTerms } from "./terms.ts";

/** What an offer promised with one product while it was published. Times in milliseconds since 1970. */
export interface CreditPromise {
  readonly offerNumber: number;
  /** The product that carried the offer. */
  readonly product: BareId;
  /** The other products of the whole set. */
  readonly companions: readonly BareId[];
  readonly terms: CreditTerms;
  readonly since: number;
  /** Null while it is published. */
  readonly until: number | null;
}

/** A page that is open, and a checkout under way, may promise what ended a little while ago. */
export const PROMISE_LEEWAY_MS = 3_600_000;

/** Whether whoever ordered at a time can have been promised it. */
export function wasPromised({ since, until }: CreditPromise, at: number): boolean {
  return at >= since && (until === null || at <= until + PROMISE_LEEWAY_MS);
}

/**
 * What is still sold of one whole set: one unit of each of its products, discounts off, in the order's currency. Of several
 * lines of a product the dearest unit counts. 0 where a product is missing or was given back. Test and cancelled orders hold
 * nothing. What the lines say of offers is not looked at: buyers can write it.
 */
export function wholeSetMinor(
  order: Order,
  { product, companions }: Pick<CreditPromise, "product" | "companions">,
): number {
  if (order.test || order.cancelledAt !== null || companions.length === 0) return 0;
  // Refunds decide only which units that are gone were given back.
  const accounts = orderAccount(order.lines, new Map(), order.refundedWithoutLinesMinor ?? 0);
  const units = new Map<BareId, number>();
  for (const [place, line] of order.lines.entries()) {
    const { kept, netMinor } = accounts[place]!;
    if (line.productId === null || line.isGiftCard || kept === 0) continue;
    const number = bareNumber(line.productId);
    units.set(number, Math.max(units.get(number) ?? 0, shareMinor(netMinor, 1, kept)));
  }
  const set = [product, ...companions].map((one) => units.get(one));
  return set.every((unit) => unit !== undefined) ? set.reduce((sum, unit) => sum + unit, 0) : 0;
}

/** One offer's credit for an order. */
export interface EarnedCredit {
  readonly promise: CreditPromise;
  /** What the set costs, in the order's currency. */
  readonly setMinor: number;
}

/** What an order earns: of each offer that promised something by then the set that costs most, and of its promises the latest. */
export function earnedCredits(order: Order, promises: readonly CreditPromise[]): EarnedCredit[] {
  const best = new Map<number, EarnedCredit>();
  for (const promise of promises.toSorted((a, b) => b.since - a.since)) {
    if (!wasPromised(promise, order.processedAt)) continue;
    const setMinor = wholeSetMinor(order, promise);
    if (setMinor > (best.get(promise.offerNumber)?.setMinor ?? 0)) best.set(promise.offerNumber, { promise, setMinor });
  }
  return [...best.values()];
}
