import fc from "fast-check";
import { expect, test } from "vitest";
import { gid, type LineId, type OfferId } from "../ids.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { type DiscountName, ownDiscounts, shippingGiven, sourceOfDiscount } from "./own-discounts.ts";

const AT = Date.UTC(2026, 10, 21);
const DAY = 86_400_000;
const NAMES: DiscountName[] = [
  { name: "Set price", kind: "bought-together", since: 0, isShared: false },
  { name: "Free shipping", kind: "goal", since: 0, isShared: false },
  { name: "Free gift", kind: "gift", since: 0, isShared: false },
  { name: "Buy more", kind: "quantity-breaks", since: AT - DAY, isShared: false },
  { name: "Savings", kind: null, since: 0, isShared: false },
  { name: "Sale", kind: "bought-together", since: 0, isShared: true },
];

function order(
  taken: OrderLine["automaticDiscounts"],
  changes: Partial<Order> = {},
  line: Partial<OrderLine> = {},
): Order {
  const lines: OrderLine[] = [
    {
      ...{ id: gid("LineItem", 1), productId: gid("Product", 7), variantId: null, title: "Tea", groupId: null },
      ...{ quantity: 3, currentQuantity: 3, isGiftCard: false, unitPriceMinor: 1_000, discountMinor: 500, offer: null },
      ...(taken === undefined ? {} : { automaticDiscounts: taken }),
      ...line,
    },
  ];
  return {
    ...{ id: gid("Order", 1), name: "#1", createdAt: AT, processedAt: AT, updatedAt: AT, cancelledAt: null },
    ...{ test: false, currency: "JPY", channel: "online", channelSource: "web", customerKey: null, lines, ...changes },
  };
}

const took = (taken: OrderLine["automaticDiscounts"], changes: Partial<Order> = {}, line: Partial<OrderLine> = {}) =>
  ownDiscounts(order(taken, changes, line), NAMES).map(({ kind, minor, keptMinor }) => [kind, minor, keptMinor]);

test("only discounts under names of ours count, each for its kind", () => {
  const taken = [
    { title: "Set price", minor: 100 },
    { title: "Free gift", minor: 200 },
    { title: "Savings", minor: 30 },
    { title: "Summer sale", minor: 170 },
  ];
  expect(took(taken)).toEqual([
    ["bought-together", 100, 100],
    ["gift", 200, 200],
    [null, 30, 30],
  ]);
});

test("a name that another discount of the shop has is never ours, nor one that was published later", () => {
  expect(took([{ title: "Sale", minor: 100 }])).toEqual([]);
  const taken = [{ title: "Buy more", minor: 100 }];
  expect(took(taken)).toEqual([["quantity-breaks", 100, 100]]);
  expect(took(taken, { processedAt: AT - 3 * DAY })).toEqual([]);
});

test("a name of two kinds says that it is ours, and not for what", () => {
  const both = [...NAMES, { name: "Set price", kind: "mix-and-match" as const, since: 0, isShared: false }];
  expect(ownDiscounts(order([{ title: "Set price", minor: 9 }]), both)).toMatchObject([{ kind: null, minor: 9 }]);
});

test("the title of the discount itself does not hide the kind that has the same name", () => {
  const titled = [...NAMES, { name: "Buy more", kind: null, since: 0, isShared: false }];
  expect(ownDiscounts(order([{ title: "Buy more", minor: 9 }]), titled)).toMatchObject([{ kind: "quantity-breaks" }]);
});

test("test and cancelled orders cost nothing, and what went back costs nothing either", () => {
  const taken = [{ title: "Set price", minor: 100 }];
  expect(took(taken, { test: true })).toEqual([]);
  expect(took(taken, { cancelledAt: AT })).toEqual([]);
  expect(took(taken, {}, { currentQuantity: 2 })).toEqual([["bought-together", 100, 67]]);
  expect(took(taken, {}, { currentQuantity: 0 })).toEqual([["bought-together", 100, 0]]);
});

test("units that go one after the other take off no more and no less than the whole discount", () => {
  const amounts = fc.record({ minor: fc.nat(1e9), quantity: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(amounts, ({ minor, quantity }) => {
      const keptOf = (currentQuantity: number) =>
        took([{ title: "Set price", minor }], {}, { quantity, currentQuantity })[0]![2] as number;
      const kept = Array.from({ length: quantity + 1 }, (_, units) => keptOf(units));
      expect(kept[0]).toBe(0);
      expect(kept[quantity]).toBe(minor);
      for (let units = 1; units <= quantity; units++) {
        expect(Math.abs(kept[units]! - kept[units - 1]! - minor / quantity)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

const discount = (line: number, kind: "bought-together" | "gift" | null) => ({
  ...{ lineId: gid("LineItem", line), productId: null, kind, minor: 1, keptMinor: 1 },
});
const through = (line: number, offerId: string) => ({
  ...{ lineId: gid("LineItem", line) as LineId, offerId: offerId as OfferId, surface: "cart" as const },
});

test("a discount belongs to the offer of its line, then of the order, then to the only one of its type", () => {
  const attributed = [through(1, "bt-3-7"), through(2, "up-5-7")];
  const offers = [
    { type: "bought-together", number: 3 },
    { type: "bought-together", number: 4 },
    { type: "goal", number: 6 },
  ];
  expect(sourceOfDiscount(discount(1, "bought-together"), attributed, offers)).toEqual({
    offerKey: "bt-3",
    surface: "cart",
  });
  expect(sourceOfDiscount(discount(2, "bought-together"), attributed, offers)).toEqual({
    offerKey: "bt-3",
    surface: null,
  });
  expect(sourceOfDiscount(discount(9, "bought-together"), [], offers)).toEqual({ offerKey: "bt", surface: null });
  expect(sourceOfDiscount(discount(9, "gift"), attributed, offers)).toEqual({ offerKey: "goal-6", surface: null });
  expect(sourceOfDiscount(discount(1, null), attributed, offers)).toEqual({ offerKey: "bt-3", surface: "cart" });
  expect(sourceOfDiscount(discount(9, null), attributed, offers)).toEqual({ offerKey: null, surface: null });
});

const OFFERS = [{ type: "goal" }, { type: "bought-together" }];
const gave = (taken: Order["shippingDiscounts"], changes: Partial<Order> = {}, offers = OFFERS) =>
  shippingGiven(order([], { ...(taken && { shippingDiscounts: taken }), ...changes }), NAMES, offers).map(
    ({ kind, minor }) => [kind, minor],
  );

test("off shipping only what a goal or a set gives is ours, by the names that these have", () => {
  const taken = [
    { title: "Free shipping", minor: 500 },
    { title: "Set price", minor: 200 },
    { title: "Savings", minor: 30 },
    { title: "Free gift", minor: 7 },
    { title: "Sale", minor: 11 },
    { title: "Summer post", minor: 13 },
  ];
  expect(gave(taken)).toEqual([
    ["goal", 500],
    ["bought-together", 200],
    [null, 30],
  ]);
  expect(gave(undefined)).toEqual([]);
  expect(gave(taken, { test: true })).toEqual([]);
  expect(gave(taken, { cancelledAt: AT })).toEqual([]);
});

test("shipping that was free before the shop had such an offer is the merchant's own, whatever it is called", () => {
  const taken = [
    { title: "Free shipping", minor: 500 },
    { title: "Savings", minor: 30 },
  ];
  expect(gave(taken, {}, [{ type: "add-on" }])).toEqual([]);
  expect(gave(taken, {}, [{ type: "bought-together" }])).toEqual([[null, 30]]);
  expect(gave(taken, {}, [{ type: "goal" }])).toEqual([
    ["goal", 500],
    [null, 30],
  ]);
});

test("a name of goal and set says that shipping is ours, and one shared with a kind that ships nothing hides no kind", () => {
  const names = [
    ...NAMES,
    { name: "Free shipping", kind: "bought-together" as const, since: 0, isShared: false },
    { name: "Set price", kind: "quantity-breaks" as const, since: 0, isShared: false },
  ];
  const made = order([], { shippingDiscounts: [{ title: "Free shipping", minor: 5 }] });
  expect(shippingGiven(made, names, OFFERS)).toEqual([{ kind: null, minor: 5 }]);
  const ofSet = order([], { shippingDiscounts: [{ title: "Set price", minor: 5 }] });
  expect(shippingGiven(ofSet, names, OFFERS)).toEqual([{ kind: "bought-together", minor: 5 }]);
});

test("free shipping belongs to the only offer of its type that the order's lines came through, then that the shop had", () => {
  const attributed = [through(1, "bt-3-7")];
  const offers = [
    { type: "bought-together", number: 3 },
    { type: "bought-together", number: 4 },
    { type: "goal", number: 6 },
  ];
  const sourceOf = (kind: "goal" | "bought-together" | null, of = attributed) =>
    sourceOfDiscount({ lineId: null, kind }, of, offers);
  expect(sourceOf("bought-together")).toEqual({ offerKey: "bt-3", surface: null });
  expect(sourceOf("bought-together", [])).toEqual({ offerKey: "bt", surface: null });
  expect(sourceOf("goal")).toEqual({ offerKey: "goal-6", surface: null });
  expect(sourceOf(null)).toEqual({ offerKey: null, surface: null });
});
