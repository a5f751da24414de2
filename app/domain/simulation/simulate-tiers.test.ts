import { expect, test } from "vitest";
import { encodeShopRules, type GiftRules, type OrderRewardRules } from "../pricing/rules.ts";
import type { SimulatedLine } from "./offer-in-cart.ts";
import type { LinesToSimulate } from "./simulate-lines.ts";
import { simulateTiers } from "./simulate-tiers.ts";

const GIFT = "9";
const tenPercent: OrderRewardRules = {
  ...{ type: "order-reward", number: 2, priority: 0, amounts: { USD: 5_000 } },
  reward: { kind: "percent", basisPoints: 1_000 },
};
const gift: GiftRules = { type: "gift", number: 2, priority: 0, amounts: { USD: 8_000 }, product: GIFT };

const line = (product: string, unitPriceMinor: number, changes: Partial<SimulatedLine> = {}): SimulatedLine => ({
  ...{ id: product, product, variant: `${product}1`, quantity: 1, unitPriceMinor, subscription: false },
  ...{ requiresShipping: true, ...changes },
});

/** What becomes of both tiers in a cart of these lines. */
function tiersOf(lines: SimulatedLine[], { currency = "USD", further = [] as OrderRewardRules[] } = {}) {
  const shopRules = encodeShopRules([tenPercent, gift, ...further]);
  const cart: LinesToSimulate = { currency, lines, rules: new Map(), shopRules, offers: [] };
  const offer = { number: 2, type: "goal", rules: [tenPercent, gift] } as const;
  const delivery = { currency, lines: [], country: "US", method: "shipping" } as never;
  return simulateTiers(cart, [offer], delivery).get(2)!.tiers;
}

test("says how much is missing until each tier, to the smallest unit", () => {
  expect(tiersOf([line("1", 4_999)])).toEqual([
    { reward: "order", code: "amount-missing", missingMinor: 1 },
    { reward: "gift", code: "amount-missing", missingMinor: 3_001 },
  ]);
});

test("says what the order is discounted by, and that a gift which is reached waits", () => {
  expect(tiersOf([line("1", 9_000)])).toEqual([
    { reward: "order", code: "applied", savedMinor: 900 },
    { reward: "gift", code: "not-in-cart" },
  ]);
});

test("says what a gift in the cart saves, and counts it towards no amount", () => {
  const [order, free] = tiersOf([line("1", 8_000), line(GIFT, 700)]);
  expect(order).toEqual({ reward: "order", code: "applied", savedMinor: 800 });
  expect(free).toEqual({ reward: "gift", code: "applied", savedMinor: 700 });
  expect(tiersOf([line("1", 7_500), line(GIFT, 700)])[1]).toEqual({
    ...{ reward: "gift", code: "amount-missing", missingMinor: 500 },
  });
});

test("says that a gift on a selling plan is not given", () => {
  const lines = [line("1", 8_000), line(GIFT, 700, { subscription: true })];
  expect(tiersOf(lines)[1]).toEqual({ reward: "gift", code: "not-given" });
});

test("says that a discount lost to a larger one on the order", () => {
  const larger: OrderRewardRules = { ...tenPercent, number: 3, reward: { kind: "percent", basisPoints: 2_000 } };
  expect(tiersOf([line("1", 6_000)], { further: [larger] })[0]).toEqual({ reward: "order", code: "lost" });
});

test("says that a goal has amounts in other currencies only", () => {
  expect(tiersOf([line("1", 9_000)], { currency: "JPY" })).toEqual([
    { reward: "order", code: "other-currencies" },
    { reward: "gift", code: "other-currencies" },
  ]);
});
