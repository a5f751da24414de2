import { expect, test } from "vitest";
import { gid, type LineId } from "../ids.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { attributeOrder, boughtAgain, parseClaim, triggerOfOffer } from "./attribute-order.ts";

const line = (product: string, offer: string | null): OrderLine => ({
  ...{ id: `gid://shopify/LineItem/${product}` as LineId, productId: gid("Product", product), variantId: null },
  ...{ title: product, sku: null, quantity: 1, currentQuantity: 1, isGiftCard: false, requiresShipping: true },
  ...{ unitPriceMinor: 1000, discountMinor: 0, groupId: null, offer },
});
const order = (...lines: OrderLine[]) => ({ test: false, cancelledAt: null, lines }) as unknown as Order;
const attributed = (given: Order) => attributeOrder(given, new Map(), () => true).map(({ title }) => title);

test("an offer id names its product and what kind of offer it is", () => {
  expect([triggerOfOffer("bt-12"), boughtAgain("bt-12")]).toEqual([gid("Product", "12"), null]);
  expect([triggerOfOffer("again-12"), boughtAgain("again-12")]).toEqual([null, gid("Product", "12")]);
  expect([triggerOfOffer("up-12"), boughtAgain("again-x")]).toEqual([null, null]);
  expect(parseClaim("again-12/checkout")).toEqual({ offerId: "again-12", surface: "checkout" });
  expect(parseClaim("again-12/somewhere")).toBeNull();
});

test("what is bought again is its own offer's product and no other", () =>
  expect(attributed(order(line("12", "again-12/checkout"), line("13", "again-12/checkout")))).toEqual(["12"]));

test("a companion is never its own offer's product", () =>
  expect(attributed(order(line("12", "bt-12/cart"), line("13", "bt-12/cart"), line("14", null)))).toEqual(["13"]));

test("a claim to an offer that the shop never had counts for nothing", () =>
  expect(attributeOrder(order(line("12", "again-12/checkout")), new Map(), () => false)).toEqual([]));
