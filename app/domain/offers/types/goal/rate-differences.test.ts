import { expect, test } from "vitest";
import type { FreeRate } from "../../free-rate.ts";
import { goal } from "./config.ts";
import { rateDifferences, type RateDifference } from "./rate-differences.ts";

const goalOf = (amounts: Record<string, number>, countries: readonly string[] | null = null) => ({
  number: 2,
  name: "",
  config: { ...goal.config.default, amounts, countries },
});
const rate = (amountMinor: number, countries: readonly string[] | null = null, currency = "USD"): FreeRate => ({
  ...{ currency, amountMinor, countries },
});
const found = (
  goals: ReturnType<typeof goalOf>[],
  rates: FreeRate[],
  before: FreeRate[] = rates,
  known: RateDifference[] = [],
) =>
  rateDifferences(goals, rates, before, known).map(({ currency, goalMinor, ratesMinor }) => [
    currency,
    goalMinor,
    ratesMinor,
  ]);

test("finds a goal that asks for more than the shop's own rates do", () => {
  expect(found([goalOf({ USD: 7500 })], [rate(5000)])).toEqual([["USD", 7500, 5000]]);
  expect(found([goalOf({ USD: 5000 })], [rate(5000)])).toEqual([]);
  expect(found([goalOf({ USD: 7500 })], [])).toEqual([]);
  expect(found([goalOf({ EUR: 7500 })], [rate(5000)])).toEqual([]);
});

test("leaves a goal alone that was set below the rates on purpose", () => {
  expect(found([goalOf({ USD: 5000 })], [rate(9000)])).toEqual([]);
});

test("finds a goal that matched until the rates were raised, until it is changed or they match again", () => {
  const left = rateDifferences([goalOf({ USD: 5000 })], [rate(8000)], [rate(5000)], []);
  expect(left).toMatchObject([{ offer: 2, goalMinor: 5000, ratesMinor: 8000 }]);
  expect(found([goalOf({ USD: 5000 })], [rate(8000)], [rate(8000)], left)).toHaveLength(1);
  expect(found([goalOf({ USD: 6000 })], [rate(8000)], [rate(8000)], left)).toEqual([]);
  expect(found([goalOf({ USD: 5000 })], [rate(5000)], [rate(8000)], left)).toEqual([]);
});

test("goes by the countries of the goal: the dearest of them counts, and one without a free rate says nothing", () => {
  const rates = [rate(5000, ["US"]), rate(6000, ["CA"])];
  expect(found([goalOf({ USD: 7500 }, ["US", "CA"])], rates)).toEqual([["USD", 7500, 6000]]);
  expect(found([goalOf({ USD: 7500 }, ["US", "MX"])], rates)).toEqual([]);
  expect(found([goalOf({ USD: 7500 })], rates)).toEqual([]);
  expect(found([goalOf({ USD: 7500 }, ["MX"])], [rate(5000)])).toEqual([["USD", 7500, 5000]]);
});
