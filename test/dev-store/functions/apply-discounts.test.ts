import fc from "fast-check";
import { expect, test } from "vitest";
import { buildProduct, buildShop } from "../storefront/sample-shop.ts";
import {
  applyDeliveryDiscounts,
  applyOrderDiscounts,
  applyProductDiscounts,
  type DiscountAnswer,
} from "./apply-discounts.ts";
import { type CartToDiscount, DELIVERY_GROUP_ID, type LineToDiscount } from "./function-input.ts";
import type { DiscountOperation, ProductCandidate } from "./function-output.ts";

function buildLine(id: string, quantity: number, unitMinor: number): LineToDiscount {
  const product = buildProduct(1, "Tea", unitMinor);
  const variant = product.variants[0]!;
  const totalMinor = unitMinor * quantity;
  return {
    id,
    quantity,
    product,
    variant,
    unitMinor,
    compareAtMinor: null,
    totalMinor,
    properties: {},
    sellingPlan: null,
  };
}

function buildCart(lines: LineToDiscount[], given: Partial<CartToDiscount> = {}): CartToDiscount {
  const shop = buildShop();
  const base = { shop, market: shop.markets[0]!, country: "US", customer: null, locale: "en", now: 0, attributes: {} };
  return { ...base, lines, deliveryOptions: [], ...given };
}

function buildAnswer(operations: DiscountOperation[], given: Partial<DiscountAnswer> = {}): DiscountAnswer {
  const combinesWith = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
  const classes: DiscountAnswer["classes"] = ["PRODUCT", "ORDER", "SHIPPING"];
  return { discountId: "1", title: "Node title", code: null, classes, combinesWith, operations, ...given };
}

const percentOff = (value: string, id: string, quantity?: number): ProductCandidate => ({
  targets: [{ cartLine: { id, ...(quantity === undefined ? {} : { quantity }) } }],
  value: { percentage: { value } },
});
const eachOff = (amount: string, id: string, quantity?: number): ProductCandidate => ({
  targets: [{ cartLine: { id, ...(quantity === undefined ? {} : { quantity }) } }],
  value: { fixedAmount: { amount, appliesToEachItem: true } },
});

test("discounts only as many units of a line as the candidate names", () => {
  const cart = buildCart([buildLine("a", 3, 1000)]);
  const add = { selectionStrategy: "ALL" as const, candidates: [eachOff("1.50", "a", 2)] };
  expect(applyProductDiscounts(cart, [buildAnswer([{ productDiscountsAdd: add }])])).toMatchObject([
    { lineId: "a", quantity: 2, amountMinor: 300, title: "Node title" },
  ]);
});

test("gives a unit the larger of one discount's two candidates and never both", () => {
  const cart = buildCart([buildLine("a", 3, 1000)]);
  const candidates = [eachOff("1", "a"), eachOff("4", "a", 1)];
  const applied = applyProductDiscounts(cart, [
    buildAnswer([{ productDiscountsAdd: { selectionStrategy: "ALL", candidates } }]),
  ]);
  expect(applied.map(({ quantity, amountMinor }) => [quantity, amountMinor])).toEqual([
    [1, 400],
    [2, 200],
  ]);
});

test("gives a line one discount of two, the one that takes more off it", () => {
  const cart = buildCart([buildLine("a", 3, 1000), buildLine("b", 5, 1000)]);
  const add = (...candidates: ProductCandidate[]) => ({
    productDiscountsAdd: { selectionStrategy: "ALL" as const, candidates },
  });
  const answers = [
    buildAnswer([add(eachOff("1", "a"), eachOff("1", "b"))]),
    buildAnswer([add(eachOff("4", "a", 1), eachOff("4", "b", 1))], { discountId: "2" }),
  ];
  const applied = applyProductDiscounts(cart, answers);
  expect(applied.map(({ lineId, discountId, amountMinor }) => [lineId, discountId, amountMinor])).toEqual([
    ["a", "2", 400],
    ["b", "1", 500],
  ]);
});

test.each([
  ["FIRST", 100],
  ["MAXIMUM", 500],
  ["ALL", 600],
] as const)("selects candidates by the strategy %s", (selectionStrategy, expected) => {
  const cart = buildCart([buildLine("a", 1, 1000), buildLine("b", 1, 1000)]);
  const candidates = [eachOff("1", "a"), percentOff("50", "b")];
  const applied = applyProductDiscounts(cart, [
    buildAnswer([{ productDiscountsAdd: { selectionStrategy, candidates } }]),
  ]);
  expect(applied.reduce((sum, each) => sum + each.amountMinor, 0)).toBe(expected);
});

test("ignores an operation whose class the discount does not have", () => {
  const cart = buildCart([buildLine("a", 1, 1000)]);
  const add = { selectionStrategy: "ALL" as const, candidates: [percentOff("10", "a")] };
  expect(applyProductDiscounts(cart, [buildAnswer([{ productDiscountsAdd: add }], { classes: ["SHIPPING"] })])).toEqual(
    [],
  );
});

test("holds a candidate back until the cart has what it requires", () => {
  const candidate = { ...percentOff("10", "a"), prerequisites: [{ cartLine: { id: "b", quantity: 2 } }] };
  const answer = buildAnswer([{ productDiscountsAdd: { selectionStrategy: "ALL", candidates: [candidate] } }]);
  const lines = (quantity: number) => [buildLine("a", 1, 1000), buildLine("b", quantity, 500)];
  expect(applyProductDiscounts(buildCart(lines(1)), [answer])).toEqual([]);
  expect(applyProductDiscounts(buildCart(lines(2)), [answer])).toMatchObject([{ amountMinor: 100 }]);
});

test("spreads one amount over lines so that the parts sum to it", () => {
  const cart = buildCart([buildLine("a", 1, 1000), buildLine("b", 1, 1000), buildLine("c", 1, 1000)]);
  const targets = ["a", "b", "c"].map((id) => ({ cartLine: { id } }));
  const candidates = [{ targets, value: { fixedAmount: { amount: "10.00" } } }];
  const applied = applyProductDiscounts(cart, [
    buildAnswer([{ productDiscountsAdd: { selectionStrategy: "ALL", candidates } }]),
  ]);
  expect(applied.reduce((sum, each) => sum + each.amountMinor, 0)).toBe(1000);
});

test("never takes more off a line than it costs, nor discounts more units than it has", () => {
  const candidate = fc.record({
    line: fc.constantFrom("a", "b"),
    quantity: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    value: fc.oneof(
      fc.integer({ min: 0, max: 100 }).map((percent) => ({ percentage: { value: String(percent) } })),
      fc
        .record({
          amount: fc.integer({ min: 0, max: 5000 }).map((minor) => (minor / 100).toFixed(2)),
          appliesToEachItem: fc.boolean(),
        })
        .map((fixedAmount) => ({ fixedAmount })),
    ),
  });
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 8 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 3000 }),
      (candidates, quantity, unitMinor) => {
        const cart = buildCart([buildLine("a", quantity, unitMinor), buildLine("b", 2, 700)]);
        const add = {
          selectionStrategy: "ALL" as const,
          candidates: candidates.map(({ line, quantity: some, value }) => ({
            targets: [{ cartLine: { id: line, ...(some === undefined ? {} : { quantity: some }) } }],
            value,
          })),
        };
        const applied = applyProductDiscounts(cart, [buildAnswer([{ productDiscountsAdd: add }])]);
        for (const line of cart.lines) {
          const own = applied.filter((each) => each.lineId === line.id);
          expect(own.reduce((sum, each) => sum + each.quantity, 0)).toBeLessThanOrEqual(line.quantity);
          expect(own.reduce((sum, each) => sum + each.amountMinor, 0)).toBeLessThanOrEqual(
            line.unitMinor * line.quantity,
          );
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("takes an order discount off what is left after product discounts, above its minimum only", () => {
  const cart = buildCart([buildLine("a", 1, 1000)]);
  const candidates = [
    {
      targets: [{ orderSubtotal: { excludedCartLineIds: [] } }],
      conditions: [{ orderMinimumSubtotal: { excludedCartLineIds: [], minimumAmount: "8.00" } }],
      value: { percentage: { value: "10" } },
    },
  ];
  const answers = [buildAnswer([{ orderDiscountsAdd: { selectionStrategy: "FIRST", candidates } }])];
  expect(applyOrderDiscounts(cart, answers, new Map([["a", 900]]))).toMatchObject([{ amountMinor: 90 }]);
  expect(applyOrderDiscounts(cart, answers, new Map([["a", 799]]))).toEqual([]);
  // The minimum is in the shop's currency, whatever the cart's is: here 150 yen are a dollar.
  const abroad = { ...cart, market: cart.shop.markets.find(({ currency }) => currency === "JPY")! };
  expect(applyOrderDiscounts(abroad, answers, new Map([["a", 1_200]]))).toMatchObject([{ amountMinor: 120 }]);
  expect(applyOrderDiscounts(abroad, answers, new Map([["a", 1_199]]))).toEqual([]);
});

test("allocates an order discount to the lines that it is on, by what they cost, to the smallest unit", () => {
  const cart = buildCart([buildLine("a", 1, 1000), buildLine("b", 1, 500), buildLine("c", 1, 700)]);
  const targets = [{ orderSubtotal: { excludedCartLineIds: ["c"] } }];
  const candidates = [{ targets, value: { fixedAmount: { amount: "1.00" } } }];
  const answers = [buildAnswer([{ orderDiscountsAdd: { selectionStrategy: "FIRST", candidates } }])];
  const totals = new Map(Object.entries({ a: 1000, b: 500, c: 700 }));
  const shares = new Map(Object.entries({ a: 67, b: 33 }));
  expect(applyOrderDiscounts(cart, answers, totals)).toMatchObject([{ amountMinor: 100, shares }]);
});

test("works out each of several order discounts from the same subtotal, and takes no more than there is", () => {
  const cart = buildCart([buildLine("a", 1, 1000), buildLine("b", 1, 500)]);
  const off = (value: string, discountId: string) =>
    buildAnswer(
      [
        {
          orderDiscountsAdd: {
            selectionStrategy: "FIRST",
            candidates: [
              { targets: [{ orderSubtotal: { excludedCartLineIds: [] } }], value: { percentage: { value } } },
            ],
          },
        },
      ],
      { discountId },
    );
  const totals = new Map(Object.entries({ a: 1000, b: 500 }));
  const amounts = (answers: DiscountAnswer[]) => applyOrderDiscounts(cart, answers, totals);
  expect(amounts([off("10", "1"), off("15", "2")]).map(({ amountMinor }) => amountMinor)).toEqual([150, 225]);
  const most = amounts([off("80", "1"), off("40", "2"), off("10", "3")]);
  expect(most.map(({ amountMinor }) => amountMinor)).toEqual([1200, 300]);
  expect(most.map(({ shares }) => Object.fromEntries(shares))).toEqual([
    { a: 800, b: 400 },
    { a: 200, b: 100 },
  ]);
});

test("makes every option of the delivery group free, and no cheaper than free", () => {
  const deliveryOptions = [
    { handle: "standard", title: "Standard", method: "SHIPPING" as const, costMinor: 600 },
    { handle: "express", title: "Express", method: "SHIPPING" as const, costMinor: 1200 },
  ];
  const candidates = [
    {
      targets: [{ deliveryGroup: { id: DELIVERY_GROUP_ID } }],
      value: { percentage: { value: "100" } },
      message: "Free shipping",
    },
  ];
  const answers = [buildAnswer([{ deliveryDiscountsAdd: { selectionStrategy: "ALL", candidates } }])];
  expect(applyDeliveryDiscounts(buildCart([buildLine("a", 1, 100)], { deliveryOptions }), answers)).toMatchObject([
    { handle: "standard", amountMinor: 600, title: "Free shipping" },
    { handle: "express", amountMinor: 1200 },
  ]);
});
