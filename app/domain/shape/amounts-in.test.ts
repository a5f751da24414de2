import { expect, test } from "vitest";
import { amountsIn } from "./amounts-in.ts";
import { amounts } from "./keyed-values.ts";
import { list, optional } from "./lists.ts";
import { oneOf } from "./one-of.ts";
import { shape } from "./shape.ts";
import { boolean } from "./values.ts";

const price = shape({ amounts: amounts({ max: 100 }) });
const sample = shape({
  shown: boolean({ default: true }),
  goal: amounts({ max: 100 }),
  tiers: list(oneOf("kind", { price, none: shape({}) }, { default: "none" }), { most: 3 }),
  extra: optional(price),
});

test("amounts are found wherever they are declared, and nothing else is taken for one", () => {
  const value = {
    shown: true,
    goal: { USD: 1, JPY: 2 },
    tiers: [{ kind: "none" }, { kind: "price", amounts: { EUR: 3 } }],
  };
  expect(amountsIn(sample.description, { ...value, extra: { amounts: { GBP: 1 } } })).toEqual([
    { path: "goal.USD", currency: "USD" },
    { path: "goal.JPY", currency: "JPY" },
    { path: "tiers.1.amounts.EUR", currency: "EUR" },
    { path: "extra.amounts.GBP", currency: "GBP" },
  ]);
  expect(amountsIn(sample.description, { ...value, goal: {}, tiers: [], extra: null })).toEqual([]);
});
