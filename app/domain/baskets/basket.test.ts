import { expect, test } from "vitest";
import { gid, type LineGroupId } from "../ids.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { countedOrder } from "./basket-of-order.ts";
import { basketOf, LARGEST_BASKET } from "./basket.ts";

const product = (number: number) => gid("Product", number);
let lines = 0;

const buildLine = (productNumber: number | null, line: Partial<OrderLine> = {}): OrderLine => ({
  id: gid("LineItem", ++lines),
  productId: productNumber === null ? null : product(productNumber),
  variantId: null,
  title: `Product ${productNumber}`,
  quantity: 1,
  currentQuantity: 1,
  isGiftCard: false,
  unitPriceMinor: 1000,
  discountMinor: 0,
  groupId: null,
  offer: null,
  ...line,
});

const buildOrder = (orderLines: readonly OrderLine[], order: Partial<Order> = {}) =>
  ({
    id: gid("Order", 1),
    name: "#1001",
    createdAt: 2000,
    processedAt: 1000,
    updatedAt: 3000,
    cancelledAt: null,
    test: false,
    currency: "JPY",
    channel: "pos",
    channelSource: "pos",
    customerKey: null,
    lines: orderLines,
    ...order,
  }) as Order;

test("makes a basket of the distinct products of an order, at the time of the sale", () => {
  const { basket, leftOut } = basketOf(buildOrder([buildLine(2), buildLine(1), buildLine(2)]));
  expect(basket).toEqual({
    orderId: gid("Order", 1),
    at: 1000,
    customerKey: null,
    channel: "pos",
    products: [product(1), product(2)],
    bundle: [0, 0],
    prompted: [],
  });
  expect(leftOut).toEqual([]);
});

test("leaves lines out and says why", () => {
  const { basket, leftOut } = basketOf(
    buildOrder([buildLine(1), buildLine(2, { currentQuantity: 0 }), buildLine(3, { isGiftCard: true })]),
  );
  expect(basket!.products).toEqual([product(1)]);
  expect(leftOut.map(({ reason }) => reason)).toEqual(["fully-refunded", "gift-card"]);
});

test("gives no basket for an order of which nothing is left", () => {
  expect(basketOf(buildOrder([])).basket).toBeNull();
  expect(basketOf(buildOrder([buildLine(1)], { test: true })).basket).toBeNull();
  expect(basketOf(buildOrder([buildLine(1)], { cancelledAt: 5 })).leftOut[0]!.reason).toBe("cancelled-order");
});

test("counts nothing of a bundle: the buyer chose it whole, and nobody knows for which part", () => {
  const groupId = gid("LineItemGroup", 7) as LineGroupId;
  const { products, leftOut } = countedOrder(
    buildOrder([buildLine(1, { groupId }), buildLine(2, { groupId }), buildLine(3)]),
  );
  expect(products).toEqual([product(3)]);
  expect(leftOut).toEqual(["bundle-component", "bundle-component"]);
});

test("counts a component that was also bought on its own, and what stands alone in its bundle", () => {
  const [groupA, groupB] = [gid("LineItemGroup", 1), gid("LineItemGroup", 2)];
  const twice = countedOrder(
    buildOrder([buildLine(1, { groupId: groupA }), buildLine(2, { groupId: groupA }), buildLine(2)]),
  );
  expect(twice.products).toEqual([product(1), product(2)]);
  const across = countedOrder(buildOrder([buildLine(1, { groupId: groupA }), buildLine(2, { groupId: groupB })]));
  expect(across.products).toEqual([product(1), product(2)]);
});

test("counts a bundle that a renewal or an import keeps as one line, and not its parts at no charge", () => {
  const free = { unitPriceMinor: 0 };
  const { products, leftOut } = countedOrder(
    buildOrder([buildLine(9), buildLine(1, free), buildLine(2, free), buildLine(3)]),
  );
  expect(products).toEqual([product(3), product(9)]);
  expect(leftOut).toEqual(["free-line", "free-line"]);
});

test("counts no ungrouped parent at no charge beside the parts that carry the price", () => {
  const groupId = gid("LineItemGroup", 7) as LineGroupId;
  const { products, leftOut } = countedOrder(
    buildOrder([
      buildLine(9, { unitPriceMinor: 0 }),
      buildLine(1, { groupId }),
      buildLine(2, { groupId }),
      buildLine(3),
    ]),
  );
  expect(products).toEqual([product(3)]);
  expect(leftOut).toEqual(["free-line", "bundle-component", "bundle-component"]);
});

test("does not count products that only our own offers added", () => {
  const { basket } = basketOf(
    buildOrder([buildLine(1), buildLine(2, { offer: "o1" }), buildLine(3, { offer: "o1" }), buildLine(3)]),
  );
  expect(basket!.products).toEqual([product(1), product(3)]);
  expect(basket!.prompted).toEqual([product(2)]);
});

test("leaves out an order that is too large to be a shopping basket, and says so", () => {
  const giant = Array.from({ length: LARGEST_BASKET + 1 }, (_, number) => buildLine(number + 1));
  const { basket, leftOut } = basketOf(buildOrder(giant));
  expect(basket).toBeNull();
  expect(leftOut.length).toBe(giant.length);
  expect(leftOut[0]!.reason).toBe("giant-order");
  expect(basketOf(buildOrder(giant.slice(1))).basket!.products.length).toBe(LARGEST_BASKET);
});
