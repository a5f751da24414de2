import { parseDecimal } from "../../../app/domain/money/money.ts";
import type { DiscountClass } from "../shop/native-discounts.ts";
import type { DevDiscountNode } from "../shop/state.ts";
import { present } from "../storefront/visitor.ts";
import type { CartToDiscount, LineToDiscount } from "./function-input.ts";
import { DELIVERY_GROUP_ID } from "./function-input.ts";
import type {
  DeliveryCandidate,
  DiscountOperation,
  DiscountValue,
  OrderCandidate,
  ProductCandidate,
} from "./function-output.ts";

/** A discount on some units of one line. Amounts in presentment minor units. */
export interface LineAllocation {
  lineId: string;
  quantity: number;
  amountMinor: number;
  title: string;
  discountId: string;
  /** What the shopper entered for it; null for an automatic discount. */
  code: string | null;
  valueType: "percentage" | "fixed_amount";
  /** Percent, or minor units per item (`each`) or in all (`across`). */
  value: number;
  method: "each" | "across";
}

export interface OrderAllocation {
  amountMinor: number;
  /** What of it Shopify allocates to each line, by the line's id. */
  shares: ReadonlyMap<string, number>;
  title: string;
  discountId: string;
  /** What the shopper entered for it; null for an automatic discount. */
  code: string | null;
  valueType: "percentage" | "fixed_amount";
  value: number;
}

export interface DeliveryAllocation {
  handle: string;
  amountMinor: number;
  title: string;
  discountId: string;
  /** What the shopper entered for it; null for an automatic discount. */
  code: string | null;
}

/** What one active discount's Function answered, or what a discount of the merchant's own does. */
export interface DiscountAnswer {
  discountId: string;
  title: string;
  /** What the shopper entered for it; null for an automatic discount. */
  code: string | null;
  classes: readonly DiscountClass[];
  combinesWith: DevDiscountNode["combinesWith"];
  operations: DiscountOperation[];
}

const roundHalfUp = (value: number) => Math.floor(value + 0.5);

function minorOf(amount: string, currency: string): number {
  return parseDecimal(String(amount), currency, "half-up")?.amountMinor ?? 0;
}

/** The discount of `quantity` units of a line, never more than the units cost. */
function amountFor(value: DiscountValue, unitMinor: number, quantity: number, currency: string): number {
  const cost = unitMinor * quantity;
  if (value.percentage) return Math.min(cost, roundHalfUp((cost * Number(value.percentage.value)) / 100));
  const amount = minorOf(value.fixedAmount?.amount ?? "0", currency);
  return Math.min(cost, value.fixedAmount?.appliesToEachItem ? amount * quantity : amount);
}

function describe(value: DiscountValue, currency: string) {
  if (value.percentage) {
    return { valueType: "percentage" as const, value: Number(value.percentage.value), method: "across" as const };
  }
  const amount = minorOf(value.fixedAmount?.amount ?? "0", currency);
  const method = value.fixedAmount?.appliesToEachItem ? ("each" as const) : ("across" as const);
  return { valueType: "fixed_amount" as const, value: amount, method };
}

/** Spreads an amount over parts in proportion to their cost; the sum is exact, the largest remainders come first. */
function spread(amountMinor: number, costs: number[]): number[] {
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  if (total === 0) return costs.map(() => 0);
  const amount = Math.min(amountMinor, total);
  const exact = costs.map((cost) => (amount * cost) / total);
  const shares = exact.map(Math.floor);
  const left = amount - shares.reduce((sum, share) => sum + share, 0);
  const order = exact.map((value, index) => ({ index, rest: value - shares[index]! })).sort((a, b) => b.rest - a.rest);
  for (const { index } of order.slice(0, left)) shares[index]! += 1;
  return shares;
}

function productAllocations(
  candidate: ProductCandidate,
  answer: DiscountAnswer,
  lines: Map<string, LineToDiscount>,
  currency: string,
): LineAllocation[] {
  const met = (candidate.prerequisites ?? []).every(({ cartLine }) => {
    return !cartLine || (lines.get(cartLine.id)?.quantity ?? 0) >= cartLine.quantity;
  });
  if (!met) return [];
  const targets = candidate.targets.flatMap(({ cartLine }) => {
    const line = cartLine && lines.get(cartLine.id);
    return line ? [{ line, quantity: Math.min(line.quantity, cartLine.quantity ?? line.quantity) }] : [];
  });
  const across = candidate.value.fixedAmount && !candidate.value.fixedAmount.appliesToEachItem;
  const costs = targets.map(({ line, quantity }) => line.unitMinor * quantity);
  const shares = across ? spread(minorOf(candidate.value.fixedAmount!.amount, currency), costs) : [];
  return targets
    .map(({ line, quantity }, index) => ({
      lineId: line.id,
      quantity,
      amountMinor: across ? shares[index]! : amountFor(candidate.value, line.unitMinor, quantity, currency),
      title: candidate.message || answer.title,
      discountId: answer.discountId,
      code: answer.code,
      ...describe(candidate.value, currency),
    }))
    .filter((allocation) => allocation.amountMinor > 0);
}

const totalOf = (allocations: { amountMinor: number }[]) =>
  allocations.reduce((sum, each) => sum + each.amountMinor, 0);

function select<T extends { amountMinor: number }>(strategy: "FIRST" | "MAXIMUM" | "ALL", groups: T[][]): T[] {
  const applicable = groups.filter((group) => group.length > 0);
  if (strategy === "ALL") return applicable.flat();
  if (strategy === "FIRST") return applicable[0] ?? [];
  return applicable.reduce<T[]>((best, group) => (totalOf(group) > totalOf(best) ? group : best), []);
}

/** What one discount takes off lines: no unit twice, the higher discount per unit wins, and no line goes below zero. */
function ownAllocations(answer: DiscountAnswer, cart: CartToDiscount): LineAllocation[] {
  const lines = new Map(cart.lines.map((line) => [line.id, line]));
  const wanted = answer.operations
    .flatMap(({ productDiscountsAdd: add }) => {
      if (!add) return [];
      return select(
        add.selectionStrategy,
        add.candidates.map((candidate) => productAllocations(candidate, answer, lines, cart.market.currency)),
      );
    })
    .sort((a, b) => b.amountMinor / b.quantity - a.amountMinor / a.quantity);
  const free = new Map(cart.lines.map((line) => [line.id, line.quantity]));
  const applied: LineAllocation[] = [];
  for (const allocation of wanted) {
    const quantity = Math.min(allocation.quantity, free.get(allocation.lineId) ?? 0);
    if (quantity === 0) continue;
    free.set(allocation.lineId, free.get(allocation.lineId)! - quantity);
    const amountMinor = roundHalfUp((allocation.amountMinor * quantity) / allocation.quantity);
    applied.push({ ...allocation, quantity, amountMinor });
  }
  return applied;
}

/**
 * Product discounts as Shopify applies them: each operation selects among its candidates; then each line has one
 * discount, the one that takes most off it. "By default, only one product discount applies per line":
 * https://shopify.dev/docs/api/admin-graphql/2026-07/objects/DiscountCombinesWith
 */
export function applyProductDiscounts(cart: CartToDiscount, answers: DiscountAnswer[]): LineAllocation[] {
  const byDiscount = answers
    .filter((answer) => answer.classes.includes("PRODUCT"))
    .map((answer) => ownAllocations(answer, cart));
  return cart.lines.flatMap(({ id }) =>
    select(
      "MAXIMUM",
      byDiscount.map((own) => own.filter(({ lineId }) => lineId === id)),
    ),
  );
}

function orderAllocation(
  candidate: OrderCandidate,
  answer: DiscountAnswer,
  totals: Map<string, number>,
  { shop, market }: CartToDiscount,
): OrderAllocation[] {
  const { currency } = market;
  const without = (excluded: string[]) => [...totals].filter(([id]) => !excluded.includes(id));
  const subtotal = (excluded: string[]) => without(excluded).reduce((sum, [, total]) => sum + total, 0);
  const met = (candidate.conditions ?? []).every(({ orderMinimumSubtotal: minimum }) => {
    if (!minimum) return true;
    // Unlike amounts off, the schema says of this one that it is in the shop's currency.
    const least = present(minorOf(minimum.minimumAmount, shop.currency), shop, market);
    return subtotal(minimum.excludedCartLineIds) >= least;
  });
  const targets = without(candidate.targets[0]?.orderSubtotal?.excludedCartLineIds ?? []);
  const costs = targets.map(([, total]) => total);
  const base = costs.reduce((sum, total) => sum + total, 0);
  const amountMinor = met ? amountFor(candidate.value, base, 1, currency) : 0;
  if (amountMinor <= 0) return [];
  const { valueType, value } = describe(candidate.value, currency);
  const title = candidate.message || answer.title;
  const parts = spread(amountMinor, costs);
  const shares = new Map(targets.map(([id], index) => [id, parts[index]!]));
  return [{ amountMinor, shares, title, discountId: answer.discountId, code: answer.code, valueType, value }];
}

/**
 * Order discounts on what is left after product discounts. Several are each worked out from that subtotal, not one after
 * the other (Shopify's example of 10 % and 15 % off an order:
 * https://docs.shopify.com/docs/apps/selling-strategies/discounts/discount-function-examples), and never take more than
 * there is.
 */
export function applyOrderDiscounts(
  cart: CartToDiscount,
  answers: DiscountAnswer[],
  totals: Map<string, number>,
): OrderAllocation[] {
  const wanted = answers
    .filter((answer) => answer.classes.includes("ORDER"))
    .flatMap((answer) =>
      answer.operations.flatMap(({ orderDiscountsAdd: add }) => {
        if (!add) return [];
        return select(
          add.selectionStrategy,
          add.candidates.map((candidate) => orderAllocation(candidate, answer, totals, cart)),
        );
      }),
    );
  const left = new Map(totals);
  return wanted.flatMap((allocation) => {
    const ids = [...allocation.shares.keys()];
    const costs = ids.map((id) => left.get(id)!);
    const isFirst = ids.every((id) => left.get(id) === totals.get(id));
    const amountMinor = Math.min(allocation.amountMinor, totalOf(costs.map((amountMinor) => ({ amountMinor }))));
    const parts = isFirst ? [...allocation.shares.values()] : spread(amountMinor, costs);
    ids.forEach((id, index) => left.set(id, left.get(id)! - parts[index]!));
    const shares = new Map(ids.map((id, index) => [id, parts[index]!]));
    return amountMinor === 0 ? [] : [{ ...allocation, amountMinor, shares }];
  });
}

function deliveryAllocations(candidate: DeliveryCandidate, answer: DiscountAnswer, cart: CartToDiscount) {
  return cart.deliveryOptions
    .filter((option) =>
      candidate.targets.some(
        (target) => target.deliveryGroup?.id === DELIVERY_GROUP_ID || target.deliveryOption?.handle === option.handle,
      ),
    )
    .map((option) => ({
      handle: option.handle,
      amountMinor: amountFor(candidate.value, option.costMinor, 1, cart.market.currency),
      title: candidate.message || answer.title,
      discountId: answer.discountId,
      code: answer.code,
    }));
}

/** Delivery discounts: for each delivery option the largest, never more than it costs. */
export function applyDeliveryDiscounts(cart: CartToDiscount, answers: DiscountAnswer[]): DeliveryAllocation[] {
  const best = new Map<string, DeliveryAllocation>();
  for (const answer of answers) {
    if (!answer.classes.includes("SHIPPING")) continue;
    for (const { deliveryDiscountsAdd: add } of answer.operations) {
      for (const allocation of add?.candidates.flatMap((each) => deliveryAllocations(each, answer, cart)) ?? []) {
        if (allocation.amountMinor > (best.get(allocation.handle)?.amountMinor ?? 0)) {
          best.set(allocation.handle, allocation);
        }
      }
    }
  }
  return [...best.values()];
}
