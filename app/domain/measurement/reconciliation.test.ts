import fc from "fast-check";
import { expect, test } from "vitest";
import { attributedOrders } from "../../../test/fixtures/attributed-orders.ts";
import { gid } from "../ids.ts";
import type { RefundLine } from "../orders/fetched-order.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { type ReconciledOrder, reconcileDay } from "./reconciliation.ts";

const DAY = { from: Date.UTC(2026, 10, 21), to: Date.UTC(2026, 10, 22) };
const NOON = DAY.from + 43_200_000;
const NEXT_DAY = DAY.to + 1;

function line(changes: Partial<OrderLine> = {}): OrderLine {
  return {
    ...{ id: gid("LineItem", 10), productId: gid("Product", 1), variantId: null, title: "Tea", isGiftCard: false },
    ...{ quantity: 2, currentQuantity: 2, unitPriceMinor: 1_100, discountMinor: 200, taxMinor: 182, groupId: null },
    ...{ offer: null, ...changes },
  };
}

function order(changes: Partial<Order> = {}, refunds: readonly Partial<RefundLine>[] = []): ReconciledOrder {
  const id = changes.id ?? gid("Order", 1);
  return {
    order: {
      ...{ id, name: "#1", createdAt: NOON, processedAt: NOON, updatedAt: NOON, cancelledAt: null, test: false },
      ...{ currency: "JPY", channel: "online", channelSource: "web", customerKey: null, taxesIncluded: true },
      ...{ lines: [line()], ...changes },
    },
    refunds: refunds.map((refund) => ({
      ...{ refundId: "5", lineId: gid("LineItem", 10), quantity: 1, subtotalMinor: 1_000, createdAt: NOON, ...refund },
    })),
  };
}

const reconciled = (orders: readonly ReconciledOrder[], oursMinor: number) =>
  reconcileDay(orders, { day: DAY, currency: "JPY", oursMinor });

test("a day on which nothing went back is the same in both, taxes out", () => {
  const { shopify, differences, leftOut } = reconciled([order()], 1_818);
  expect(shopify).toEqual({ grossMinor: 2_018, discountsMinor: 200, returnsMinor: 0, netMinor: 1_818 });
  expect(differences).toEqual([]);
  expect(leftOut.taxMinor).toBe(182);
});

test("a return counts on its own day at Shopify, and on the day of its order here", () => {
  const returned = [line({ currentQuantity: 1 })];
  const later = reconciled([order({ lines: returned }, [{ createdAt: NEXT_DAY }])], 909);
  expect(later.shopify.netMinor).toBe(1_818);
  expect(later.differences).toEqual([
    { reason: "returns-on-other-days", minor: -909, orders: [expect.objectContaining({ minor: -909 })] },
  ]);
  const earlier = reconciled([order({ lines: returned, processedAt: DAY.from - 1 }, [{}])], 0);
  expect(earlier.shopify).toMatchObject({ returnsMinor: 909, netMinor: -909 });
  expect(earlier.differences).toEqual([
    { reason: "returns-of-other-orders", minor: 909, orders: [expect.objectContaining({ minor: 909 })] },
  ]);
  const sameDay = reconciled([order({ lines: returned }, [{}])], 909);
  expect(sameDay.shopify.netMinor).toBe(909);
  expect(sameDay.differences).toEqual([]);
});

test("a cancelled order is a sale and a return at Shopify, and nothing here", () => {
  const gone = [line({ currentQuantity: 0 })];
  const sameDay = reconciled([order({ lines: gone, cancelledAt: NOON })], 0);
  expect(sameDay.shopify).toMatchObject({ returnsMinor: 1_818, netMinor: 0 });
  expect(sameDay.differences).toEqual([]);
  const later = reconciled([order({ lines: gone, cancelledAt: NEXT_DAY })], 0);
  expect(later.shopify.netMinor).toBe(1_818);
  expect(later.differences).toEqual([
    { reason: "cancelled", minor: -1_818, orders: [expect.objectContaining({ minor: -1_818 })] },
  ]);
  const placedBefore = reconciled([order({ lines: gone, processedAt: 0, cancelledAt: NOON })], 0);
  expect(placedBefore.differences).toEqual([
    { reason: "cancelled", minor: 1_818, orders: [expect.objectContaining({ minor: 1_818 })] },
  ]);
});

test("edits, refunds that name no line, and tips are each named", () => {
  const edited = reconciled([order({ lines: [line({ currentQuantity: 1 })] })], 909);
  expect(edited.differences).toEqual([
    { reason: "undated-changes", minor: -909, orders: [expect.objectContaining({ minor: -909 })] },
  ]);
  const withoutLines = reconciled([order({ refundedWithoutLinesMinor: 1_000 })], 909);
  expect(withoutLines.differences).toEqual([
    { reason: "refunds-without-lines", minor: -909, orders: [expect.objectContaining({ minor: -909 })] },
  ]);
  const tip = line({ id: gid("LineItem", 11), productId: null, title: "Tip", quantity: 1, currentQuantity: 1 });
  const tipped = reconciled([order({ lines: [line(), { ...tip, discountMinor: 0, taxMinor: 0 }] })], 2_918);
  expect(tipped.differences).toEqual([
    { reason: "tips", minor: 1_100, orders: [expect.objectContaining({ minor: 1_100 })] },
  ]);
});

test("test orders, gift cards and orders in another currency are in neither figure, and named", () => {
  const card = line({ id: gid("LineItem", 11), isGiftCard: true, taxMinor: 0 });
  const { shopify, differences, leftOut } = reconciled(
    [
      order({ lines: [line(), card] }),
      order({ id: gid("Order", 2), test: true }),
      order({ id: gid("Order", 3), currency: "USD" }),
    ],
    1_818,
  );
  expect(shopify.netMinor).toBe(1_818);
  expect(differences).toEqual([]);
  expect(leftOut).toEqual({
    ...{ testOrders: 1, testMinor: 2_000, giftCardMinor: 2_000, taxMinor: 182, otherCurrencyOrders: 1 },
  });
});

test("what the reasons do not explain is no more than rounding, whatever happened to the orders", () => {
  const anyDay = fc.array(fc.integer({ min: DAY.from - 86_400_000, max: DAY.to + 86_400_000 }), {
    minLength: 4,
    maxLength: 4,
  });
  fc.assert(
    fc.property(attributedOrders(DAY.from - 259_200_000, 12), anyDay, (fetched, times) => {
      const orders = fetched.map(({ order, lines, refunds }) => ({
        order: { ...order, lines },
        refunds: refunds.map((refund, place) => ({ ...refund, createdAt: times[place % 4]! })),
      }));
      const today = orders.filter(({ order }) => order.processedAt >= DAY.from && order.processedAt < DAY.to);
      const counted = today.filter(
        ({ order }) => order.currency === "JPY" && !order.test && order.cancelledAt === null,
      );
      // Without gift cards and taxes the order says itself what is left of it.
      const plain = counted.filter(({ order }) => !order.taxesIncluded && order.lines.every((one) => !one.isGiftCard));
      const oursMinor = plain.reduce((sum, { order }) => sum + order.netMinor, 0);
      const others = orders.filter((one) => !today.includes(one));
      const { differences, shopify } = reconciled([...others, ...plain], oursMinor);
      const sum = differences.reduce((all, { minor }) => all + minor, 0);
      expect(shopify.netMinor + sum).toBe(oursMinor);
      const rounding = differences.find(({ reason }) => reason === "rounding")?.minor ?? 0;
      expect(Math.abs(rounding)).toBeLessThanOrEqual(2 * plain.reduce((all, { order }) => all + order.lines.length, 0));
    }),
  );
});
