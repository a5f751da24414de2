import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CartToPrice, type LineToPrice, priceCart } from "./price-cart.ts";
import { setPriceMinor } from "./price.ts";
import { encodeProductRules, encodeShopRules, type ProductRules, type QuantityTier } from "./rules.ts";

const percent = (basisPoints: number) => ({ kind: "percent", basisPoints }) as const;
const set = (basisPoints: number, ...listed: string[]) =>
  encodeProductRules([{ type: "bought-together", number: 1, priority: 0, reward: percent(basisPoints), listed }]);
const tiers = (together: boolean, ...of: QuantityTier[]) =>
  encodeProductRules([{ type: "quantity-breaks", number: 2, priority: 0, together, tiers: of }]);

const line = (product: string, unitPriceMinor: number, more: Partial<LineToPrice> = {}): LineToPrice => ({
  ...{
    id: `line-${product}`,
    product,
    variant: `${product}0`,
    quantity: 1,
    unitPriceMinor,
    subscription: false,
    rules: null,
  },
  ...more,
});
const cart = (...lines: LineToPrice[]): CartToPrice => ({ currency: "USD", lines, shopRules: null });
const discounts = (of: CartToPrice) =>
  priceCart(of).discounts.map(({ lineId, quantity, amountOffMinor }) => [lineId, quantity, amountOffMinor]);
const saving = (of: CartToPrice) =>
  priceCart(of).discounts.reduce((total, { quantity, amountOffMinor }) => total + quantity * amountOffMinor, 0);

describe("bought together", () => {
  test("takes the discount off the product and its companion alike", () =>
    expect(discounts(cart(line("1", 1999, { rules: set(1000, "2") }), line("2", 505)))).toEqual([
      ["line-1", 1, 200],
      ["line-2", 1, 51],
    ]));

  test("falls away when the companion leaves the cart", () =>
    expect(discounts(cart(line("1", 1999, { rules: set(1000, "2") })))).toEqual([]));

  test("counts one unit for each unit of a partner", () => {
    const trigger = line("1", 1000, { rules: set(1000, "2", "3"), quantity: 5 });
    expect(discounts(cart(trigger, line("2", 500), line("3", 500)))).toEqual([
      ["line-1", 2, 100],
      ["line-2", 1, 50],
      ["line-3", 1, 50],
    ]);
  });

  test("begins with the dearest variant of a product", () => {
    const rules = set(1000, "2");
    const small = line("1", 800, { id: "a-small", variant: "11", rules });
    const large = line("1", 1200, { id: "b-large", variant: "12", rules });
    expect(discounts(cart(small, large, line("2", 500)))[0]).toEqual(["b-large", 1, 120]);
  });

  test("gives of overlapping offers each unit the larger percentage, and never promises it to more units", () => {
    const both = line("1", 1000, { quantity: 5, rules: set(500, "2") });
    const rare = line("3", 100, { rules: set(2000, "1") });
    expect(discounts(cart(both, line("2", 100, { quantity: 3 }), rare))).toEqual([
      ["line-1", 1, 200],
      ["line-1", 3, 50],
      ["line-2", 3, 5],
      ["line-3", 1, 20],
    ]);
  });

  test("leaves subscriptions at their price, which still are what others are bought with", () => {
    const subscription = line("1", 1000, { subscription: true, rules: set(1000, "2") });
    expect(discounts(cart(subscription, line("2", 500)))).toEqual([["line-2", 1, 50]]);
  });

  test("leaves custom items alone", () =>
    expect(discounts(cart(line("1", 1000, { rules: set(1000, "2") }), line("2", 5, { product: null })))).toEqual([]));

  test("makes a set cost in the cart what the widget says", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 0, max: 10_000 }),
        (prices, basisPoints) => {
          const products = prices.map((_, i) => String(i + 1));
          const rules = set(basisPoints, ...products.slice(1));
          const together = cart(...prices.map((price, i) => line(products[i]!, price, i === 0 ? { rules } : {})));
          const total = prices.reduce((a, b) => a + b, 0);
          expect(total - saving(together)).toBe(setPriceMinor(prices, basisPoints));
        },
      ),
    ));

  test("a whole set costs its fixed price to the smallest unit, allocated by largest remainder", () => {
    const reward = { kind: "fixed-price", amounts: { USD: 1000 } } as const;
    const rules = encodeProductRules([{ type: "bought-together", number: 1, priority: 0, reward, listed: ["2", "3"] }]);
    const three = [line("1", 500, { rules }), line("2", 500), line("3", 500)];
    expect(discounts(cart(...three))).toEqual([
      ["line-1", 1, 167],
      ["line-2", 1, 167],
      ["line-3", 1, 166],
    ]);
    expect(saving(cart(...three))).toBe(500);
    expect(discounts(cart(...three.slice(0, 2)))).toEqual([]);
    expect(discounts(cart(...three.map((each) => ({ ...each, unitPriceMinor: 300 }))))).toEqual([]);
    expect(discounts({ ...cart(...three), currency: "EUR" })).toEqual([]);
  });

  test("an amount is taken off each whole set, and never more than it costs", () => {
    const reward = { kind: "amount-off", amounts: { USD: 700 } } as const;
    const rules = encodeProductRules([{ type: "bought-together", number: 1, priority: 0, reward, listed: ["2"] }]);
    expect(saving(cart(line("1", 500, { rules, quantity: 2 }), line("2", 501, { quantity: 3 })))).toBe(1400);
    expect(saving(cart(line("1", 100, { rules }), line("2", 200)))).toBe(300);
  });
});

describe("quantity breaks", () => {
  const fiveThenTen = [
    { least: 2, reward: percent(500) },
    { least: 3, reward: percent(1000) },
  ];

  test("reach a tier over several lines of a product", () => {
    const rules = tiers(true, ...fiveThenTen);
    const one = line("1", 1000, { id: "a", variant: "11", rules });
    const two = line("1", 2000, { id: "b", variant: "12", rules, quantity: 2 });
    expect(discounts(cart(one, two))).toEqual([
      ["a", 1, 100],
      ["b", 2, 200],
    ]);
  });

  test("count each variant by itself where the offer says so, over all its lines", () => {
    const rules = tiers(false, ...fiveThenTen);
    const one = line("1", 1000, { id: "a", variant: "11", rules });
    const two = line("1", 2000, { id: "b", variant: "12", rules });
    const again = line("1", 2000, { id: "c", variant: "12", rules });
    expect(discounts(cart(one, two, again))).toEqual([
      ["b", 1, 100],
      ["c", 1, 100],
    ]);
  });

  test("give each unit the reached tier that saves most, by amount or by price per unit", () => {
    const rules = tiers(
      true,
      { least: 2, reward: { kind: "fixed-price", amounts: { USD: 900, JPY: 80 } } },
      { least: 3, reward: { kind: "amount-off", amounts: { USD: 50 } } },
    );
    expect(discounts(cart(line("1", 1000, { rules, quantity: 3 })))).toEqual([["line-1", 3, 100]]);
    expect(discounts(cart(line("1", 920, { rules, quantity: 3 })))).toEqual([["line-1", 3, 50]]);
    expect(discounts(cart(line("1", 30, { rules, quantity: 3 })))).toEqual([["line-1", 3, 30]]);
    expect(discounts({ ...cart(line("1", 100, { rules, quantity: 2 })), currency: "JPY" })).toEqual([
      ["line-1", 2, 20],
    ]);
  });

  test("share a line with a bought-together offer: each unit gets what saves more", () => {
    const rules = encodeProductRules([
      { type: "bought-together", number: 1, priority: 0, reward: percent(2000), listed: ["2"] },
      { type: "quantity-breaks", number: 2, priority: 0, together: true, tiers: fiveThenTen },
    ]);
    expect(priceCart(cart(line("1", 1000, { rules, quantity: 3 }), line("2", 100))).discounts).toEqual([
      { lineId: "line-1", quantity: 1, amountOffMinor: 200, type: "bought-together" },
      { lineId: "line-1", quantity: 2, amountOffMinor: 100, type: "quantity-breaks" },
      { lineId: "line-2", quantity: 1, amountOffMinor: 20, type: "bought-together" },
    ]);
  });
});

test("what the shop has stopped takes nothing off, whatever the product carries", () => {
  const given = cart(line("1", 1000, { rules: set(1000, "2") }), line("2", 1000));
  expect(saving(given)).toBe(200);
  const stopped = encodeShopRules([], [{ type: "bought-together", number: null }]);
  expect(saving({ ...given, shopRules: stopped })).toBe(0);
});

test("the trace names the offer, what it would have saved and to which offer it lost", () => {
  const rules = encodeProductRules([
    { type: "quantity-breaks", number: 2, priority: 0, together: true, tiers: [{ least: 2, reward: percent(500) }] },
    { type: "quantity-breaks", number: 3, priority: 0, together: true, tiers: [{ least: 2, reward: percent(900) }] },
  ]);
  expect(priceCart(cart(line("77", 1000, { rules, quantity: 2 }))).trace).toMatchObject([
    { benefit: { offer: "qb-2-77" }, outcome: "lost", proposedMinor: 100, lostTo: ["qb-3-77"] },
    { benefit: { offer: "qb-3-77" }, outcome: "taken", savedMinor: 180 },
  ]);
});

const PRODUCTS = 5;
const numbers = fc.integer({ min: 1, max: PRODUCTS }).map(String);
const rewards = fc.oneof(
  fc.constantFrom(500, 1000, 3333, 10_000).map(percent),
  fc.integer({ min: 0, max: 900 }).map((USD) => ({ kind: "amount-off" as const, amounts: { USD } })),
  fc.integer({ min: 0, max: 1500 }).map((USD) => ({ kind: "fixed-price" as const, amounts: { USD } })),
);
const offersOf = (rewardOfSet: typeof rewards): fc.Arbitrary<ProductRules> =>
  fc.oneof(
    fc.record({
      type: fc.constant("bought-together" as const),
      number: fc.integer({ min: 1, max: 3 }),
      priority: fc.integer({ min: 0, max: 1 }),
      reward: rewardOfSet,
      listed: fc.uniqueArray(numbers, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant("quantity-breaks" as const),
      number: fc.integer({ min: 4, max: 5 }),
      priority: fc.integer({ min: 0, max: 1 }),
      together: fc.boolean(),
      tiers: fc.array(fc.record({ least: fc.integer({ min: 1, max: 6 }), reward: rewards }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  );
const lines = fc
  .array(
    fc.record({
      product: numbers,
      variant: fc.constantFrom("1", "2"),
      quantity: fc.integer({ min: 1, max: 4 }),
      unitPriceMinor: fc.integer({ min: 0, max: 2000 }),
      subscription: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map((each, i) => ({ ...each, variant: `${each.product}${each.variant}`, id: `line-${i}` })));
const cartsWith = (offer: fc.Arbitrary<ProductRules>) =>
  fc
    .tuple(lines, lines, fc.array(fc.array(offer, { maxLength: 2 }), { minLength: PRODUCTS, maxLength: PRODUCTS }))
    .map(([some, more, offers]) => {
      const rules = (product: string) => encodeProductRules(offers[Number(product) - 1]!);
      return {
        given: cart(...some.map((each) => ({ ...each, rules: rules(each.product) }))),
        added: more.map((each) => ({ ...each, id: `new-${each.id}`, rules: rules(each.product) })),
      };
    });

test("no discount exceeds a price, no unit is discounted twice, no subscription is discounted", () =>
  fc.assert(
    fc.property(cartsWith(offersOf(rewards)), ({ given }) => {
      const found = priceCart(given).discounts;
      for (const each of given.lines) {
        const own = found.filter(({ lineId }) => lineId === each.id);
        const units = own.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(units).toBeLessThanOrEqual(each.subscription ? 0 : each.quantity);
        for (const { amountOffMinor } of own) {
          expect(amountOffMinor).toBeGreaterThan(0);
          expect(amountOffMinor).toBeLessThanOrEqual(each.unitPriceMinor);
          expect(Number.isSafeInteger(amountOffMinor)).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 },
  ));

test("the order of lines does not matter", () =>
  fc.assert(
    fc.property(cartsWith(offersOf(rewards)), fc.infiniteStream(fc.nat()), ({ given }, keys) => {
      const shuffled = given.lines
        .map((each) => ({ each, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ each }) => each);
      expect(priceCart({ ...given, lines: shuffled }).discounts).toEqual(priceCart(given).discounts);
    }),
    { numRuns: 500 },
  ));

test("nor does it where a product has many lines, each for an engraving of its own", () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("1", "2"), fc.constantFrom(500, 700, 900), fc.constantFrom("a", "b", "c")), {
        minLength: 20,
        maxLength: 60,
      }),
      fc.infiniteStream(fc.nat()),
      (drawn, keys) => {
        const lines = drawn.map(([product, price, engraving], i) =>
          line(product, price, { id: `line-${engraving}${i}`, rules: product === "1" ? set(1000, "2") : null }),
        );
        const shuffled = lines
          .map((each) => ({ each, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(discounts(cart(...shuffled))).toEqual(discounts(cart(...lines)));
      },
    ),
  ));

test.each([
  ["of the same price", 100, false],
  ["that can take none", 5_000, true],
])("further lines %s of a set's products never lose a discount", (_, price, subscription) => {
  const amounts = { USD: 1_000 };
  const rules = encodeProductRules([
    {
      ...{ type: "bought-together", number: 1, priority: 0, listed: ["1", "5"] },
      reward: { kind: "amount-off", amounts },
    },
  ]);
  const engraved = (id: string, product: string, minor: number, more: Partial<LineToPrice> = {}) =>
    line(product, minor, { id, rules: product === "4" ? rules : null, ...more });
  const third = tiers(false, { least: 1, reward: percent(3333) });
  const given = cart(
    engraved("a", "1", 100, { rules: third }),
    engraved("b", "1", 2_000, { rules: third }),
    engraved("c", "5", 100),
    engraved("d", "4", 1_000),
    engraved("e", "4", 100),
  );
  const more = ["1", "5", "1"].map((product, n) => engraved(`new-${n}`, product, price, { subscription }));
  expect(saving(given)).toBe(1_667);
  expect(saving({ ...given, lines: [...given.lines, ...more] })).toBeGreaterThanOrEqual(1_667);
});

test("adding items never loses a discount", () =>
  fc.assert(
    fc.property(cartsWith(offersOf(rewards)), ({ given, added }) => {
      expect(saving({ ...given, lines: [...given.lines, ...added] })).toBeGreaterThanOrEqual(saving(given));
    }),
    { numRuns: 2_000 },
  ));
