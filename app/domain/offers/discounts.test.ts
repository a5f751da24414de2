import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PublishedOffer } from "./types/bought-together/published.ts";

import { discountMessages } from "../publishing/policy.ts";
import { discountedPriceMinor, setPriceMinor } from "../pricing/price.ts";
import { setDiscounts, type DiscountCart, type DiscountLine } from "./types/bought-together/set-discounts.ts";
import { shippingDiscounts, shippingGoal } from "./types/goal/shipping-discounts.ts";

const offer = (product: string, discountBasisPoints: number, ...companions: string[]): PublishedOffer => ({
  type: "bought-together",
  id: `bt-${product}`,
  discountBasisPoints,
  set: 3,
  companions: companions.map((companion) => ({ product: companion, weight: 0.5 })),
});

const line = (product: string, unitPriceMinor: number, rest: Partial<DiscountLine> = {}): DiscountLine => ({
  id: `line-${product}`,
  product,
  offer: null,
  quantity: 1,
  unitPriceMinor,
  subscription: false,
  ...rest,
});

const cart = (...lines: DiscountLine[]): DiscountCart => ({ currency: "USD", lines });

const savings = (of: DiscountCart) =>
  setDiscounts(of).reduce((total, discount) => total + discount.quantity * discount.amountOffMinor, 0);

const linesOf = (maxProducts: number) =>
  fc
    .array(
      fc.record({
        product: fc.integer({ min: 1, max: maxProducts }).map(String),
        quantity: fc.integer({ min: 1, max: 5 }),
        unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
        subscription: fc.boolean(),
      }),
      { maxLength: 8 },
    )
    .map((lines) => lines.map((each, i) => ({ ...each, id: `line-${i}` })));

const offersOf = (maxProducts: number) =>
  fc
    .array(
      fc.record({
        discount: fc.constantFrom(0, 500, 1000, 3333, 10_000),
        companions: fc.uniqueArray(fc.integer({ min: 1, max: maxProducts }).map(String), { maxLength: 10 }),
      }),
      { minLength: maxProducts, maxLength: maxProducts },
    )
    .map(
      (all) => new Map(all.map((each, i) => [String(i + 1), offer(String(i + 1), each.discount, ...each.companions)])),
    );

const carts = fc.tuple(linesOf(6), offersOf(6)).map(([lines, offers]) => ({
  cart: cart(...lines.map((each) => ({ ...each, offer: offers.get(each.product)! }))),
  offers,
}));

describe("bought-together discounts", () => {
  test("take the discount off the product and its companion alike", () => {
    expect(setDiscounts(cart(line("1", 1999, { offer: offer("1", 1000, "2") }), line("2", 505)))).toEqual([
      { lineId: "line-1", quantity: 1, amountOffMinor: 200 },
      { lineId: "line-2", quantity: 1, amountOffMinor: 51 },
    ]);
  });

  test("fall away when the companion leaves the cart", () =>
    expect(setDiscounts(cart(line("1", 1999, { offer: offer("1", 1000, "2") })))).toEqual([]));

  test("count one unit for each unit of a partner", () => {
    const trigger = line("1", 1000, { offer: offer("1", 1000, "2", "3"), quantity: 5 });
    expect(setDiscounts(cart(trigger, line("2", 500), line("3", 500)))).toEqual([
      { lineId: "line-1", quantity: 2, amountOffMinor: 100 },
      { lineId: "line-2", quantity: 1, amountOffMinor: 50 },
      { lineId: "line-3", quantity: 1, amountOffMinor: 50 },
    ]);
  });

  test("begin with the dearest variant of a product", () => {
    const small = line("1", 800, { id: "a-small", offer: offer("1", 1000, "2") });
    const large = line("1", 1200, { id: "b-large", offer: offer("1", 1000, "2") });
    expect(setDiscounts(cart(small, large, line("2", 500)))[0]).toEqual({
      lineId: "b-large",
      quantity: 1,
      amountOffMinor: 120,
    });
  });

  test("choose what saves the shopper most among overlapping offers, and never promise a rate to more units", () => {
    const both = line("1", 1000, { quantity: 5, offer: offer("1", 500, "2") });
    const rare = line("3", 100, { offer: offer("3", 2000, "1") });
    expect(setDiscounts(cart(both, line("2", 100, { quantity: 4 }), rare))).toContainEqual({
      lineId: "line-1",
      quantity: 5,
      amountOffMinor: 50,
    });
    expect(setDiscounts(cart(both, line("2", 100), rare))).toContainEqual({
      lineId: "line-1",
      quantity: 1,
      amountOffMinor: 200,
    });
  });

  test("leave subscriptions at their price, which still are what others are bought with", () => {
    const subscription = line("1", 1000, { subscription: true, offer: offer("1", 1000, "2") });
    expect(setDiscounts(cart(subscription, line("2", 500)))).toEqual([
      { lineId: "line-2", quantity: 1, amountOffMinor: 50 },
    ]);
  });

  test("end with the eighth companion", () => {
    const nine = offer("1", 1000, "11", "12", "13", "14", "15", "16", "17", "18", "19");
    expect(setDiscounts(cart(line("1", 1000, { offer: nine }), line("19", 500)))).toEqual([]);
    expect(setDiscounts(cart(line("1", 1000, { offer: nine }), line("18", 500)))).toHaveLength(2);
  });

  test("leave custom items alone", () =>
    expect(
      setDiscounts(cart(line("1", 1000, { offer: offer("1", 1000, "2") }), line("2", 5, { product: null }))),
    ).toEqual([]));

  test("never exceed the price, nor a line's units, and touch each line once", () =>
    fc.assert(
      fc.property(carts, ({ cart: given }) => {
        const discounts = setDiscounts(given);
        expect(new Set(discounts.map((discount) => discount.lineId)).size).toBe(discounts.length);
        for (const discount of discounts) {
          const of = given.lines.find((each) => each.id === discount.lineId)!;
          expect(discount.amountOffMinor).toBeLessThanOrEqual(of.unitPriceMinor);
          expect(discount.amountOffMinor).toBeGreaterThan(0);
          expect(discount.quantity).toBeLessThanOrEqual(of.quantity);
          expect(of.subscription).toBe(false);
        }
      }),
    ));

  test("do not depend on the order of lines", () =>
    fc.assert(
      fc.property(carts, fc.infiniteStream(fc.nat()), ({ cart: given }, keys) => {
        const shuffled = given.lines
          .map((each) => ({ each, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(setDiscounts({ ...given, lines: shuffled })).toEqual(setDiscounts(given));
      }),
    ));

  test("are never lost by adding an item", () =>
    fc.assert(
      fc.property(carts, linesOf(6), ({ cart: given, offers }, more) => {
        const added = more.map((each) => ({ ...each, id: `new-${each.id}`, offer: offers.get(each.product)! }));
        expect(savings({ ...given, lines: [...given.lines, ...added] })).toBeGreaterThanOrEqual(savings(given));
      }),
    ));

  test("make a set cost in the cart what the widget says", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 0, max: 10_000 }),
        (prices, basisPoints) => {
          const products = prices.map((_, i) => String(i + 1));
          const published = offer("1", basisPoints, ...products.slice(1));
          const set = cart(...prices.map((p, i) => line(products[i]!, p, i === 0 ? { offer: published } : {})));
          const total = prices.reduce((a, b) => a + b, 0);
          expect(total - savings(set)).toBe(setPriceMinor(prices, basisPoints));
        },
      ),
    ));
});

test("a discounted price rounds the discount half up", () => {
  expect(discountedPriceMinor(505, 1000)).toBe(454);
  expect(discountedPriceMinor(504, 1000)).toBe(454);
  expect(discountedPriceMinor(500, 10_000)).toBe(0);
});

describe("free shipping", () => {
  const ships = (totalMinor: number) => ({ totalMinor, ships: true });
  const stays = (totalMinor: number) => ({ totalMinor, ships: false });
  const way = (handle: string, costMinor: number, isShipped = true) => ({ handle, costMinor, ships: isShipped });

  test.each([
    ["begins at the goal", [ships(5000), ships(2500)], true],
    ["is one unit short of it below", [ships(7499)], false],
    ["does not count gift cards and services", [ships(2500), stays(10_000)], false],
    ["is nothing for a cart that does not ship", [stays(10_000)], false],
    ["is nothing for an empty cart", [], false],
  ])("%s", (_, lines, free) => {
    const groups = [[way("standard", 695)]];
    const expected = free ? ["standard"] : [];
    expect(shippingDiscounts({ currency: "USD", lines, groups }, { USD: 7500 })).toEqual(expected);
  });

  test("is by the cheapest way to ship of each parcel, not by courier, and not for collecting it", () => {
    const groups = [
      [way("express", 1390), way("standard", 695), way("economy", 695), way("collect", 0, false)],
      [way("freight", 9000)],
      [way("post", 0), way("courier", 500)],
    ];
    const cart = { currency: "USD", lines: [ships(7500)], groups };
    expect(shippingDiscounts(cart, { USD: 7500 })).toEqual(["standard", "economy", "freight"]);
  });

  test("never converts a goal to a currency that has none", () => {
    expect(shippingGoal({ currency: "EUR", lines: [ships(1_000_000)] }, { USD: 7500 })).toBeNull();
    expect(shippingGoal({ currency: "USD", lines: [ships(1_000_000)] }, null)).toBeNull();
  });

  test("says how much is missing, and never that it is reached when it is not", () =>
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (total, goal) => {
        const state = shippingGoal({ currency: "JPY", lines: [ships(total)] }, { JPY: goal })!;
        expect(state.code).toBe(total >= goal ? "reached" : "progress");
        if (state.code !== "progress") return;
        expect(state.remaining.amountMinor).toBe(goal - total);
        expect(state.basisPoints).toBeLessThan(10_000);
      }),
    ));
});

describe("messages", () => {
  const policy = {
    version: 1 as const,
    sets: true,
    goal: null,
    messages: { en: { set: "Bought together", shipping: "Free shipping" }, ja: { set: "割引", shipping: "送料無料" } },
  };
  test.each([
    ["JA", "割引"],
    ["ja-JP", "割引"],
    ["EN", "Bought together"],
    ["PT_BR", "Bought together"],
    ["constructor", "Bought together"],
  ])("%s reads %s", (language, text) => expect(discountMessages(policy, language)!.set).toBe(text));

  test("a policy without words gives no message", () =>
    expect(discountMessages({ ...policy, messages: {} }, "EN")).toBeNull());
});
