import fc from "fast-check";
import { expect, test } from "vitest";
import { priceCart } from "../pricing/price-cart.ts";
import { encodeProductRules, encodeShopRules, type ProductRules } from "../pricing/rules.ts";
import type { LineOffer, SimulatedLine } from "./offer-in-cart.ts";
import { type LinesToSimulate, simulateLines } from "./simulate-lines.ts";

const line = (id: string, changes: Partial<SimulatedLine> = {}): SimulatedLine => ({
  ...{ id, product: id, variant: `${id}1`, quantity: 1, unitPriceMinor: 1_000, subscription: false },
  ...{ requiresShipping: true, ...changes },
});
const offer = (rules: Record<string, ProductRules>, adds: LineOffer["adds"] = []): LineOffer => {
  const [first] = Object.values(rules);
  return { number: first!.number, type: first!.type, rules: new Map(Object.entries(rules)), adds };
};
const breaks = (number: number, tiers: [number, number][], priority = 0): ProductRules => ({
  ...{ type: "quantity-breaks", number, priority, together: true },
  tiers: tiers.map(([least, basisPoints]) => ({ least, reward: { kind: "percent", basisPoints } })),
});
const together = (number: number, listed: string[], basisPoints: number): ProductRules => ({
  ...{ type: "bought-together", number, priority: 0, listed, reward: { kind: "percent", basisPoints } },
});

/** A cart whose products carry these offers. */
function cartOf(lines: SimulatedLine[], offers: LineOffer[], changes: Partial<LinesToSimulate> = {}): LinesToSimulate {
  const products = new Set(offers.flatMap(({ rules }) => [...rules.keys()]));
  const texts = [...products].map((product): [string, string] => [
    product,
    encodeProductRules(offers.flatMap(({ rules }) => rules.get(product) ?? []))!,
  ]);
  return { currency: "USD", lines, rules: new Map(texts), shopRules: encodeShopRules([]), offers, ...changes };
}
const outcome = (cart: LinesToSimulate, number = 1) => simulateLines(cart).outcomes.get(number);

test("says which offer takes how much off which units", () => {
  const cart = cartOf(
    [line("1", { quantity: 3 }), line("2")],
    [offer({ "1": breaks(1, [[3, 1_000]]) }), offer({ "1": together(2, ["2"], 2_000) })],
  );
  const { lines, savedMinor, outcomes } = simulateLines(cart);
  // The pair covers one unit of each product; the tier covers the two that are left.
  expect(savedMinor).toBe(lines.reduce((sum, { discountMinor }) => sum + discountMinor, 0));
  expect(lines[1]).toEqual({
    ...{ id: "2", fullMinor: 1_000, discountMinor: 200 },
    discounts: [{ offer: 2, quantity: 1, amountOffMinor: 200 }],
  });
  expect(outcomes.get(2)).toMatchObject({ code: "applied" });
});

test("says to which offer another lost, and how much more the cart saves for it", () => {
  const cart = cartOf(
    [line("1", { quantity: 2 })],
    [offer({ "1": breaks(1, [[2, 1_000]]) }), offer({ "1": breaks(2, [[2, 2_000]]) })],
  );
  expect(outcome(cart, 2)).toEqual({ code: "applied", savedMinor: 400 });
  expect(outcome(cart)).toEqual({ code: "lost", savedMinor: 0, aloneMinor: 200, lostTo: [2], moreMinor: 200 });
});

test("says that an offer of the same saving lost by priority", () => {
  const cart = cartOf(
    [line("1", { quantity: 2 })],
    [offer({ "1": breaks(1, [[2, 1_000]]) }), offer({ "1": breaks(2, [[2, 1_000]], 5) })],
  );
  expect(outcome(cart)).toMatchObject({ code: "lost", lostTo: [2], moreMinor: 0 });
});

test("says how many more units are missing, of the line that needs the fewest", () => {
  const cart = cartOf(
    [line("1", { quantity: 2 }), line("2", { quantity: 4 })],
    [offer({ "1": breaks(1, [[5, 1_000]]), "2": breaks(1, [[5, 1_000]]) })],
  );
  expect(outcome(cart)).toEqual({ code: "more-units", line: "2", units: 1 });
});

test("says what a group of several products lacks: units, or a price above the offer's", () => {
  const group: ProductRules = {
    ...{ type: "mix-and-match", number: 1, priority: 0, choose: 4 },
    reward: { kind: "fixed-price", amounts: { USD: 3_000 } },
  };
  const cart = cartOf([line("1"), line("2", { quantity: 2 })], [offer({ "1": group, "2": group })]);
  expect(outcome(cart)).toEqual({ code: "more-units", line: "1", units: 1 });
  const dearer = { ...group, reward: { kind: "fixed-price", amounts: { USD: 5_000 } } } as const;
  const enough = cartOf([line("1"), line("2", { quantity: 3 })], [offer({ "1": dearer, "2": dearer })]);
  expect(outcome(enough)).toEqual({ code: "price-not-lower" });
});

test("says which product is missing, and names no more than needed", () => {
  const adds = [
    { product: "2", unitPriceMinor: 500 },
    { product: "3", unitPriceMinor: 700 },
  ];
  const pair = offer({ "1": together(1, ["2", "3"], 1_000) }, adds);
  expect(outcome(cartOf([line("1")], [pair]))).toEqual({ code: "products-missing", products: ["2"] });
  const whole: ProductRules = {
    ...{ type: "bought-together", number: 1, priority: 0, listed: ["2", "3"] },
    reward: { kind: "amount-off", amounts: { USD: 300 } },
  };
  expect(outcome(cartOf([line("1")], [offer({ "1": whole }, adds)]))).toEqual({
    ...{ code: "products-missing", products: ["2", "3"] },
  });
});

test("says in which currencies an offer has amounts, that subscriptions get none, and that a price is not lower", () => {
  const priced: ProductRules = {
    ...{ type: "quantity-breaks", number: 1, priority: 0, together: true },
    tiers: [{ least: 1, reward: { kind: "fixed-price", amounts: { JPY: 900, KWD: 1_500 } } }],
  };
  expect(outcome(cartOf([line("1")], [offer({ "1": priced })]))).toEqual({
    ...{ code: "other-currencies", currencies: ["JPY", "KWD"] },
  });
  const yen = cartOf([line("1", { unitPriceMinor: 880 })], [offer({ "1": priced })], { currency: "JPY" });
  expect(outcome(yen)).toEqual({ code: "price-not-lower" });
  const subscribed = cartOf([line("1", { quantity: 2, subscription: true })], [offer({ "1": breaks(1, [[2, 500]]) })]);
  expect(outcome(subscribed)).toEqual({ code: "subscriptions-only" });
});

test("says that the shop has stopped an offer which would save something", () => {
  const shopRules = encodeShopRules([], [{ type: "quantity-breaks", number: null }]);
  const cart = cartOf([line("1", { quantity: 2 })], [offer({ "1": breaks(1, [[2, 500]]) })], { shopRules });
  expect(outcome(cart)).toEqual({ code: "stopped" });
  expect(simulateLines(cart).savedMinor).toBe(0);
});

test("charges to the smallest unit what the Function's own code takes off, in currencies of 0, 2 and 3 decimals", () => {
  const arbitrary = fc.record({
    currency: fc.constantFrom("JPY", "USD", "KWD"),
    lines: fc.array(
      fc.record({
        product: fc.constantFrom("1", "2", "3"),
        quantity: fc.integer({ min: 1, max: 6 }),
        unitPriceMinor: fc.integer({ min: 0, max: 9_999 }),
        subscription: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    least: fc.integer({ min: 1, max: 8 }),
    percent: fc.integer({ min: 1, max: 10_000 }),
    set: fc.integer({ min: 1, max: 10_000 }),
  });
  fc.assert(
    fc.property(arbitrary, ({ currency, lines, least, percent, set }) => {
      const given = lines.map((one, place) => line(String(place), { ...one, variant: `${one.product}1` }));
      const offers = [
        offer({ "1": breaks(1, [[least, percent]]), "2": breaks(1, [[least, percent]]) }),
        offer({ "1": together(2, ["2", "3"], set) }, [
          { product: "2", unitPriceMinor: 100 },
          { product: "3", unitPriceMinor: 100 },
        ]),
      ];
      const cart = cartOf(given, offers, { currency });
      const { lines: priced, outcomes } = simulateLines(cart);
      const direct = priceCart({
        currency,
        shopRules: cart.shopRules,
        lines: given.map((one) => ({ ...one, rules: cart.rules.get(one.product!) ?? null })),
      });
      for (const { id, discountMinor, fullMinor } of priced) {
        const off = direct.discounts.filter(({ lineId }) => lineId === id);
        expect(discountMinor).toBe(off.reduce((sum, one) => sum + one.quantity * one.amountOffMinor, 0));
        expect(discountMinor).toBeLessThanOrEqual(fullMinor);
      }
      for (const [number, one] of outcomes) checkMiss(cart, number, one);
    }),
    { numRuns: 300 },
  );
});

/** What is said to be missing suffices, and one unit less does not. */
function checkMiss(cart: LinesToSimulate, number: number, one: ReturnType<typeof outcome>): void {
  const alone = { ...cart, offers: cart.offers.filter((other) => other.number === number) };
  const saves = (lines: readonly SimulatedLine[]) => {
    const only = cartOf([...lines], alone.offers, { currency: cart.currency });
    return simulateLines(only).savedMinor > 0;
  };
  const more = (id: string, units: number) =>
    cart.lines.map((each) => (each.id === id ? { ...each, quantity: each.quantity + units } : each));
  if (one?.code === "more-units") {
    expect(saves(more(one.line, one.units))).toBe(true);
    expect(saves(more(one.line, one.units - 1))).toBe(false);
  }
  if (one?.code === "products-missing") {
    expect(saves([...cart.lines, ...one.products.map((product) => line(`new ${product}`, { product }))])).toBe(true);
    expect(saves(cart.lines)).toBe(false);
  }
  if (one?.code === "lost" || one?.code === "partly-applied") expect(one.moreMinor).toBeGreaterThanOrEqual(0);
}
