import fc from "fast-check";
import { expect, test } from "vitest";
import { numberOfTag } from "../../../app/domain/pricing/customer-tags.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import {
  encodeProductRules,
  encodeShopRules,
  type ProductRules,
  type ShopRules,
} from "../../../app/domain/pricing/rules.ts";
import {
  cartToPrice,
  expectedDiscounts,
  expectedOrderDiscounts,
  type GoldenCart,
} from "../../../test/golden-carts/golden-cart.ts";
import { run, TARGETS } from "./compiled-function.ts";

// The module is compiled without checks of array bounds; the same code in JavaScript would give something else.
const numbers = fc.integer({ min: 1, max: 6 }).map(String);
const reward = fc.oneof(
  fc.constantFrom(500, 1_000, 3_333).map((basisPoints) => ({ kind: "percent" as const, basisPoints })),
  fc.nat(900).map((USD) => ({ kind: "amount-off" as const, amounts: { USD } })),
  fc.nat(1_500).map((USD) => ({ kind: "fixed-price" as const, amounts: { JPY: 100, USD } })),
);
const head = { number: fc.integer({ min: 1, max: 9 }), priority: fc.nat(2) };
const offer: fc.Arbitrary<ProductRules> = fc.oneof(
  fc.record({
    ...{ type: fc.constant("bought-together" as const), ...head, reward },
    listed: fc.uniqueArray(numbers, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    ...{ type: fc.constant("mix-and-match" as const), ...head, choose: fc.integer({ min: 2, max: 4 }) },
    reward: reward.filter((one) => one.kind !== "amount-off"),
  }) as fc.Arbitrary<ProductRules>,
  fc.record({
    ...{ type: fc.constant("quantity-breaks" as const), ...head, together: fc.boolean() },
    tiers: fc.array(fc.record({ least: fc.integer({ min: 1, max: 6 }), reward }), { minLength: 1, maxLength: 3 }),
  }),
);
const shopOffer: fc.Arbitrary<ShopRules> = fc.oneof(
  fc.record({
    ...{ type: fc.constant("gift" as const), ...head, product: numbers },
    amounts: fc.integer({ min: 1, max: 9_000 }).map((USD) => ({ JPY: 1, USD })),
  }),
  fc.record({
    ...{ type: fc.constant("order-reward" as const), ...head },
    amounts: fc.integer({ min: 1, max: 9_000 }).map((USD) => ({ USD })),
    reward: fc.constantFrom(
      { kind: "percent" as const, basisPoints: 1_250 },
      { kind: "amount-off" as const, amounts: { JPY: 100, USD: 333 } },
    ),
  }),
);
const tested = fc.record({
  type: fc.constantFrom("bought-together" as const, "quantity-breaks" as const),
  number: head.number,
  tests: fc.constantFrom(
    "cUS",
    "cJP|s",
    "!b+!p",
    "o2",
    "o0-0",
    "len+vUSD2500",
    "!vUSD2500.JPY1",
    "n4",
    "!n4|lja",
    "vJPY1",
    ...[`t${numberOfTag("vip")}`, `!t${numberOfTag("wholesale")}.${numberOfTag("vip")}`],
    "e3.1",
    "!e3.1+!e3.2",
    "cUS+e4.0|e3.2",
  ),
});
const ASKED = ["vip", "Wholesale"];
const buyer = fc.record({
  tags: fc.subarray(["VIP", "wholesale", "vip2"]),
  orders: fc.integer({ min: 0, max: 3 }),
  signedIn: fc.boolean(),
  business: fc.boolean(),
  counter: fc.boolean(),
});
const carts = fc
  .tuple(
    fc.array(
      fc.record({
        product: fc.option(numbers),
        variant: fc.constantFrom("1", "2"),
        quantity: fc.integer({ min: 1, max: 5 }),
        price: fc.nat(3_000).map((minor) => (minor / 100).toFixed(2)),
        subscription: fc.boolean(),
      }),
      { maxLength: 9 },
    ),
    fc.array(fc.array(offer, { maxLength: 3 }), { minLength: 6, maxLength: 6 }),
    fc.array(shopOffer, { maxLength: 4 }),
    fc.subarray(["1", "2", "3"], { maxLength: 2 }),
    fc.uniqueArray(tested, { maxLength: 6, selector: ({ type, number }) => `${type}${number}` }),
    fc.option(buyer, { nil: undefined }),
    fc.constantFrom(undefined, "0.1-3.1", "3.2-4.0", "3.1-3.2", "4.0-3.", "e3.1"),
  )
  .map(([lines, offers, ofShop, giftCards, forWhom, by, arms]): GoldenCart => ({
    ...{ name: "", about: "", currency: "USD", language: "EN", discountClasses: ["PRODUCT", "ORDER"] },
    ...(by && { buyer: by }),
    asked: ASKED,
    ...(arms !== undefined && { arms }),
    policy: { version: 2, rules: encodeShopRules(ofShop, [], forWhom), messages: {} },
    products: Object.fromEntries(
      offers.map((all, i) => {
        const product = String(i + 1);
        return [product, { rules: encodeProductRules(all) ?? undefined, giftCard: giftCards.includes(product) }];
      }),
    ),
    lines: lines.map((line, i) => ({
      ...line,
      variant: `${line.product}${line.variant}`,
      id: `gid://shopify/CartLine/${i}`,
    })),
    lineOperations: [],
    deliveryOperations: [],
  }));

test("random carts cost the same by the domain and by the compiled Function", () =>
  fc.assert(
    fc.asyncProperty(carts, async (cart) => {
      const { operations } = JSON.parse((await run(cart, TARGETS[0])).output);
      const { discounts, order } = priceCart(cartToPrice(cart));
      const byDomain = discounts.map(({ lineId, quantity, amountOffMinor }) => ({
        ...{ lineId, quantity, amountOffMinor },
      }));
      expect(expectedOrderDiscounts({ ...cart, lineOperations: operations })).toEqual(
        order.map(({ offer: _, amountOffMinor: _off, ...one }) => one),
      );
      const byAmount = (
        a: { lineId: string; amountOffMinor: number },
        b: { lineId: string; amountOffMinor: number },
      ) => (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : b.amountOffMinor - a.amountOffMinor);
      expect(expectedDiscounts({ ...cart, lineOperations: operations }).sort(byAmount)).toEqual(
        byDomain.sort(byAmount),
      );
    }),
    { numRuns: 500 },
  ));
