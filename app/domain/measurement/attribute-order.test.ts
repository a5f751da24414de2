import { expect, test } from "vitest";
import { gid, type LineId } from "../ids.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { attributeOrder } from "./attribute-order.ts";

const line = (product: string, offer: string | null): OrderLine => ({
  ...{ id: `gid://shopify/LineItem/${product}` as LineId, productId: gid("Product", product), variantId: null },
  ...{ title: product, sku: null, quantity: 1, currentQuantity: 1, isGiftCard: false, requiresShipping: true },
  ...{ unitPriceMinor: 1000, discountMinor: 0, groupId: null, offer },
});
const order = (...lines: OrderLine[]) => ({ test: false, cancelledAt: null, lines }) as unknown as Order;
const bought = (changes: Partial<OrderLine>) => order({ ...line("13", "bt-12/product"), ...changes });
const listed = () => true;
const attributed = (given: Order) => attributeOrder(given, new Map(), () => true).map(({ title }) => title);

test("what is bought again is its own offer's product and no other", () =>
  expect(attributed(order(line("12", "again-12/checkout"), line("13", "again-12/checkout")))).toEqual(["12"]));

test("a line earns nothing where the offer that it names did not list its product", () => {
  const listsOnly13 = (offer: string, product: string) => offer === "bt-12" && product === gid("Product", "13");
  const given = order(line("13", "bt-12/product"), line("99", "bt-12/product"), line("13", "bt-7/cart"));
  expect(attributeOrder(given, new Map(), listsOnly13)).toMatchObject([{ title: "13", offerId: "bt-12" }]);
});

test("a line that was edited away as a whole is no line of an offer", () =>
  expect(attributeOrder(bought({ quantity: 2, currentQuantity: 0 }), new Map(), listed)).toEqual([]));

test("of two units one refunded and one edited away nothing is earned", () => {
  const refunds = new Map([["gid://shopify/LineItem/13", { units: 1, minor: 1000 }]]);
  expect(attributeOrder(bought({ quantity: 2, currentQuantity: 0 }), refunds, listed)).toMatchObject([
    { keptUnits: 0, revenueMinor: 1000, refundedMinor: 1000 },
  ]);
});

test("a refund without lines takes its share off a line of an offer", () => {
  const given = { ...order(line("13", "bt-12/product"), line("14", null)), refundedWithoutLinesMinor: 501 };
  expect(attributeOrder(given, new Map(), listed)).toMatchObject([{ revenueMinor: 1000, refundedMinor: 251 }]);
});

test("taxes are separated only where prices include them", () => {
  const tax = (taxesIncluded: boolean) =>
    attributeOrder({ ...bought({ taxMinor: 91 }), taxesIncluded }, new Map(), listed)[0]!.netTaxMinor;
  expect([tax(true), tax(false)]).toEqual([91, 0]);
});
