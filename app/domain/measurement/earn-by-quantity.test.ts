import { expect, test } from "vitest";
import { gid, type LineId } from "../ids.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { earnByQuantity } from "./earn-by-quantity.ts";

function line(id: number, quantity: number, changes: Partial<OrderLine> = {}): OrderLine {
  return {
    ...{ id: gid("LineItem", id), productId: gid("Product", 7), variantId: null, title: "Tea", groupId: null },
    ...{ quantity, currentQuantity: quantity, isGiftCard: false, unitPriceMinor: 1_000, discountMinor: 0, offer: null },
    ...changes,
  };
}

function earned(
  lines: OrderLine[],
  options: { refunded?: number; discounted?: number[]; number?: number | null } = {},
) {
  const order: Order = {
    ...{ id: gid("Order", 1), name: "#1", createdAt: 0, processedAt: 0, updatedAt: 0, cancelledAt: null, test: false },
    ...{ currency: "JPY", channel: "online", channelSource: "web", customerKey: null, lines },
  };
  const given = options.discounted ?? lines.map(({ id }) => Number(id.slice(id.lastIndexOf("/") + 1)));
  const discounts = given.map((id) => ({
    ...{
      lineId: gid("LineItem", id) as LineId,
      productId: null,
      kind: "quantity-breaks" as const,
      minor: 1,
      keptMinor: 1,
    },
  }));
  const units = options.refunded ?? 0;
  const refunds = new Map(units === 0 ? [] : [[lines[0]!.id as string, { units, minor: units * 1_000 }]]);
  const { number = 4 } = options;
  return earnByQuantity(order, refunds, { discounts, earning: [], number }).map((one) => [
    ...[one.offerId, one.keptUnits, one.revenueMinor, one.refundedMinor],
  ]);
}

test("the units after the first earn, where our discount was given", () => {
  expect(earned([line(1, 3)])).toEqual([["qb-4-7", 2, 2_000, 0]]);
  expect(earned([line(1, 3)], { discounted: [] })).toEqual([]);
  expect(earned([line(1, 1)])).toEqual([]);
});

test("variants of a product that count together have one first unit", () => {
  expect(earned([line(1, 1), line(2, 2)])).toEqual([["qb-4-7", 2, 2_000, 0]]);
});

test("what goes back is taken off the units after the first", () => {
  expect(earned([line(1, 3, { currentQuantity: 1 })], { refunded: 2 })).toEqual([["qb-4-7", 0, 2_000, 2_000]]);
  expect(earned([line(1, 3, { currentQuantity: 0 })], { refunded: 3 })).toEqual([["qb-4-7", 0, 2_000, 2_000]]);
});

test("of several quantity offers nobody knows which it was, and the type earns", () => {
  expect(earned([line(1, 3)], { number: null })).toEqual([["qb", 2, 2_000, 0]]);
});
