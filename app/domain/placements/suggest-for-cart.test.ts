import fc from "fast-check";
import { expect, test } from "vitest";
import type { PublishedAddition } from "../publishing/published-customer.ts";
import { parseProductOffer, type PublishedOffer } from "../offers/types/bought-together/published.ts";
import { boughtTogetherRules } from "../offers/types/bought-together/rules.ts";
import { priceCart } from "../pricing/price-cart.ts";
import { discountedPriceMinor } from "../pricing/price.ts";
import { encodeProductRules } from "../pricing/rules.ts";
import { rankForCart, withinAddOnCap } from "./suggest-for-cart.ts";

const offer = (product: string, discountBasisPoints: number, companions: Record<string, number>): PublishedOffer => ({
  type: "bought-together",
  id: `bt-${product}`,
  discountBasisPoints,
  set: 3,
  companions: Object.entries(companions)
    .map(([companion, weight]) => ({ product: companion, weight }))
    .sort((a, b) => b.weight - a.weight),
});

test("what goes with the whole cart outranks what goes well with one product", () => {
  const ranked = rankForCart(
    new Map([
      ["1", offer("1", 1000, { "10": 0.5, "11": 0.4 })],
      ["2", offer("2", 500, { "11": 0.3 })],
    ]),
  );
  expect(ranked.map((suggestion) => suggestion.product)).toEqual(["11", "10"]);
  expect(ranked[0]).toMatchObject({ offerId: "bt-1", discountBasisPoints: 1000 });
  expect(ranked[0]!.weight).toBeCloseTo(0.7);
});

test("equal sums stand in the order of their products, whatever they were added up from", () => {
  // As floating-point numbers the second sum is 1.1440000000000001.
  const offers = [offer("1", 0, { "10": 0.71, "11": 0.351 }), offer("2", 0, { "10": 0.434, "11": 0.793 })];
  const ranked = rankForCart(new Map(offers.map((one, place) => [String(place + 1), one])));
  expect(ranked).toMatchObject([
    { product: "10", weight: 1.144 },
    { product: "11", weight: 1.144 },
  ]);
});

test("what is in the cart already is not suggested, with an offer of its own or without", () =>
  expect(
    rankForCart(
      new Map([
        ["1", offer("1", 0, { "2": 0.9, "3": 0.8 })],
        ["2", offer("2", 0, { "1": 0.9 })],
        ["3", null],
      ]),
    ),
  ).toEqual([]));

test("a companion beyond the listed eight gets no discount", () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(i + 10), 1 - i / 10]));
  const ranked = rankForCart(new Map([["1", offer("1", 1000, many)]]));
  expect(ranked.map((suggestion) => suggestion.discountBasisPoints)).toEqual([...Array<number>(8).fill(1000), 0]);
});

test("an add-on costs at most its share of the cart", () => {
  expect(withinAddOnCap(1000, 4000, 2500)).toBe(true);
  expect(withinAddOnCap(1001, 4000, 2500)).toBe(false);
});

const RETURNING = { currency: "USD", customer: "returning", rank: "A", channel: "online" } as const;
const history = (adds: readonly PublishedAddition[], owned: readonly string[] = []) => ({
  shopper: RETURNING,
  customer: { owned, adds },
});

test("what a customer's own history adds moves what goes with the cart", () => {
  const offers = new Map([["1", offer("1", 1000, { "10": 0.5, "11": 0.4 })]]);
  const ranked = rankForCart(offers, history([{ product: "11", weight: 0.2 }]));
  expect(ranked).toMatchObject([
    { product: "11", offerId: "bt-1", discountBasisPoints: 1000, again: false },
    { product: "10", offerId: "bt-1", again: false },
  ]);
  expect(ranked[0]!.weight).toBeCloseTo(0.6);
});

test("a history alone brings up what is bought again and again, under an offer of its own and at its full price", () => {
  const offers = new Map([["1", offer("1", 1000, { "10": 0.5 })]]);
  const ranked = rankForCart(
    offers,
    history([
      { product: "20", weight: 0.6, again: true },
      { product: "21", weight: 0.9 },
      { product: "10", weight: 0.01, again: true },
    ]),
  );
  expect(ranked).toMatchObject([
    { product: "20", offerId: "again-20", discountBasisPoints: 0, again: true },
    { product: "10", offerId: "bt-1", discountBasisPoints: 1000, again: true },
  ]);
});

test("never suggests one-time purchases that the customer made, nor what is in the cart", () => {
  const offers = new Map([["1", offer("1", 0, { "10": 0.5, "11": 0.4 })]]);
  const adds = ["1", "10", "12"].map((product) => ({ product, weight: 1, again: true as const }));
  expect(rankForCart(offers, history(adds, ["10", "12"])).map(({ product }) => product)).toEqual(["11"]);
});

test("the list of the shopper's own segment is ranked, and its discount holds", () => {
  const segment = { by: "rank", is: "A", companions: [{ product: "30", weight: 0.2 }] } as const;
  const offers = new Map([["1", { ...offer("1", 500, { "10": 0.5 }), segments: [segment] }]]);
  expect(rankForCart(offers, history([]))).toMatchObject([{ product: "30", discountBasisPoints: 500 }]);
  expect(rankForCart(offers)).toMatchObject([{ product: "10" }]);
});

test("nothing that is known of a customer changes what anybody else sees", () =>
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom("1", "2"),
        fc.dictionary(fc.constantFrom("3", "4", "5"), fc.double({ min: 0.01, max: 1, noNaN: true })),
      ),
      (lists) => {
        const offers = new Map(Object.entries(lists).map(([product, of]) => [product, offer(product, 0, of)]));
        expect(rankForCart(offers, { shopper: RETURNING, customer: { owned: [], adds: [] } })).toEqual(
          rankForCart(offers),
        );
      },
    ),
  ));

const PRODUCTS = ["1", "2", "3", "4", "5"] as const;

/** What a product carries: nothing, a set with a percentage off, or one with a reward as a whole. */
const published = (product: string) =>
  fc.option(
    fc.record({
      reward: fc.constantFrom(
        ...[0, 500, 1_000, 3_333].map((discountBasisPoints) => ({ discountBasisPoints })),
        { discountBasisPoints: 0, setReward: { kind: "amount-off", amounts: { USD: 300 } } },
        { discountBasisPoints: 0, setReward: { kind: "fixed-price", amounts: { USD: 900 } } },
      ),
      listed: fc.subarray(
        PRODUCTS.filter((other) => other !== product),
        { minLength: 1 },
      ),
    }),
  );
const cartLine = fc.record({
  ...{ product: fc.constantFrom(...PRODUCTS), quantity: fc.integer({ min: 1, max: 3 }) },
  ...{ unitPriceMinor: fc.integer({ min: 1, max: 2_000 }), subscription: fc.boolean() },
});

test("what is suggested costs at most what is shown, whatever the cart holds", () =>
  fc.assert(
    fc.property(
      fc.tuple(...PRODUCTS.map(published)),
      fc.array(cartLine, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 2_000 }),
      (carried, cart, unitPriceMinor) => {
        const offers = new Map(
          PRODUCTS.map((product, place) => {
            const { reward, listed } = carried[place] ?? {};
            const companions = listed?.map((other) => ({ product: other, weight: 0.5 }));
            const entry = { type: "bought-together", id: `bt-1-${product}`, set: 2, ...reward, companions };
            return [product, listed === undefined ? null : parseProductOffer({ version: 2, offers: [entry] })] as const;
          }),
        );
        const costs = (lines: typeof cart) => {
          const priced = lines.map((line, place) => {
            const offer = offers.get(line.product) ?? null;
            const rules = offer && encodeProductRules([boughtTogetherRules(offer)]);
            return { id: String(place), variant: null, rules, ...line };
          });
          const { discounts } = priceCart({ currency: "USD", shopRules: null, lines: priced });
          const full = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
          return discounts.reduce((sum, { quantity, amountOffMinor }) => sum - quantity * amountOffMinor, full);
        };
        for (const { product, discountBasisPoints } of rankForCart(
          new Map(cart.map((line) => [line.product, offers.get(line.product)!])),
        )) {
          const added = {
            product: product as (typeof PRODUCTS)[number],
            quantity: 1,
            unitPriceMinor,
            subscription: false,
          };
          const paid = costs([...cart, added]) - costs(cart);
          expect(paid).toBeLessThanOrEqual(discountedPriceMinor(unitPriceMinor, discountBasisPoints));
        }
      },
    ),
    { numRuns: 500 },
  ));
