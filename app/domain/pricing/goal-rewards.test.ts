import fc from "fast-check";
import { expect, test } from "vitest";
import { type CartToPrice, type LineToPrice, priceCart } from "./price-cart.ts";
import { encodeProductRules, encodeShopRules, type ProductRules, type ShopRules } from "./rules.ts";

const GIFT = "9";
const percent = (basisPoints: number) => ({ kind: "percent", basisPoints }) as const;
const head = { number: 2, priority: 0 };
const product = fc.constantFrom("1", "2", GIFT);
const rules: fc.Arbitrary<ProductRules> = fc.oneof(
  fc.record({
    ...{ type: fc.constant("bought-together" as const), number: fc.constant(2), priority: fc.nat(1) },
    reward: fc.constantFrom(percent(2_000), { kind: "fixed-price" as const, amounts: { USD: 2_500 } }),
    listed: fc.uniqueArray(product, { minLength: 1, maxLength: 2 }),
  }),
  fc.constant({
    ...head,
    type: "quantity-breaks" as const,
    together: true,
    tiers: [{ least: 2, reward: percent(1_500) }],
  }),
  fc.constant({
    ...{ ...head, number: 3, type: "buy-x-get-y" as const, buy: 2, get: 1, most: null, listed: null },
    reward: percent(5_000),
  }),
);
const carts = fc
  .record({
    lines: fc.array(
      fc.record({
        product,
        quantity: fc.integer({ min: 1, max: 3 }),
        unitPriceMinor: fc.integer({ min: 0, max: 3_000 }),
        subscription: fc.boolean(),
        giftCard: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    carried: fc.dictionary(product, fc.array(rules, { maxLength: 2 })),
    amount: fc.integer({ min: 1, max: 8_000 }),
  })
  .map(({ lines, carried, amount }) => ({
    amount,
    lines: lines.map((line, at): LineToPrice => {
      const own = carried[line.product];
      const isGoods = { giftCard: line.giftCard && line.product !== GIFT, variant: null };
      return { ...line, ...isGoods, id: `line ${at}`, rules: own === undefined ? null : encodeProductRules(own) };
    }),
  }));

const giftFrom = (amount: number): ShopRules => ({ type: "gift", ...head, amounts: { USD: amount }, product: GIFT });
const orderFrom = (amount: number): ShopRules => ({
  ...{ type: "order-reward", ...head, amounts: { USD: amount }, reward: percent(1_000) },
});
const cartOf = (lines: readonly LineToPrice[], shop: readonly ShopRules[]): CartToPrice => ({
  ...{ currency: "USD", lines, shopRules: encodeShopRules(shop) },
});
const saved = (lines: readonly LineToPrice[], shop: readonly ShopRules[]) =>
  priceCart(cartOf(lines, shop)).discounts.reduce(
    (sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor,
    0,
  );
/** What lines cost after discounts, without gift cards. */
function costWithoutGiftCards(lines: readonly LineToPrice[]): number {
  const off = priceCart(cartOf(lines, [])).discounts;
  return lines
    .filter(({ giftCard }) => giftCard !== true)
    .reduce((sum, { id, quantity, unitPriceMinor }) => {
      const own = off.filter(({ lineId }) => lineId === id);
      return sum + quantity * unitPriceMinor - own.reduce((all, one) => all + one.quantity * one.amountOffMinor, 0);
    }, 0);
}

test("a gift is given where the cart without it, after discounts and without gift cards, reaches the amount", () => {
  fc.assert(
    fc.property(carts, ({ lines, amount }) => {
      const reached = costWithoutGiftCards(lines.filter((line) => line.product !== GIFT)) >= amount;
      const { trace } = priceCart(cartOf(lines, [giftFrom(amount)]));
      const hasGift = lines.some((line) => line.product === GIFT && !line.subscription && line.unitPriceMinor > 0);
      expect(trace.some(({ benefit }) => benefit.offer === `goal-2-${GIFT}`)).toBe(reached && hasGift);
    }),
    { numRuns: 2_000 },
  );
});

test("a gift never makes the rest of the cart dearer, and takes at most its dearest unit off more", () => {
  fc.assert(
    fc.property(carts, ({ lines, amount }) => {
      const dearest = Math.max(0, ...lines.flatMap((line) => (line.product === GIFT ? line.unitPriceMinor : [])));
      const more = saved(lines, [giftFrom(amount)]) - saved(lines, []);
      expect(more).toBeGreaterThanOrEqual(0);
      expect(more).toBeLessThanOrEqual(dearest);
    }),
    { numRuns: 2_000 },
  );
});

test("a discount on the order is reached by what lines cost after discounts, without gift cards", () => {
  fc.assert(
    fc.property(carts, ({ lines, amount }) => {
      const { order } = priceCart(cartOf(lines, [orderFrom(amount)]));
      expect(order.length === 1).toBe(costWithoutGiftCards(lines) >= amount);
      for (const { leftOut, notCounted } of order) {
        const cards = lines.filter(({ giftCard }) => giftCard === true).map(({ id }) => id);
        expect(notCounted).toEqual(cards);
        expect(leftOut).toEqual(expect.arrayContaining(cards));
      }
    }),
    { numRuns: 1_000 },
  );
});

test("in a cart of more than 100 lines a gift comes on top of what other offers give", () => {
  const line = (at: number, product: string, rules: readonly ProductRules[] = []): LineToPrice => ({
    ...{ id: `line ${at}`, product, variant: null, quantity: 2, unitPriceMinor: 1_000, subscription: false },
    rules: encodeProductRules(rules),
  });
  const breaks: ProductRules = {
    ...{ ...head, type: "quantity-breaks", together: true, tiers: [{ least: 2, reward: percent(1_000) }] },
  };
  const lines = Array.from({ length: 120 }, (_, at) => line(at, at === 0 ? GIFT : String(100 + at), [breaks]));
  // 119 lines of two units at 900.
  expect(saved(lines, [giftFrom(214_200)]) - saved(lines, [])).toBe(900);
  expect(saved(lines, [giftFrom(214_201)]) - saved(lines, [])).toBe(0);
});
