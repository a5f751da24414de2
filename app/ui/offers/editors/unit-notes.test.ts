import { expect, test } from "vitest";
import type { TypedReward } from "./typed-reward.ts";
import { unitNotes } from "./unit-notes.ts";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const product = (title: string, price: number | null, cost: number | null = null) => ({
  ...{ productId: title, title, price: price === null ? null : usd(price), cost: cost === null ? null : usd(cost) },
});
const units = (kind: TypedReward["kind"], value: number, number = 2, fullPrice = 0) => [
  { reward: { kind, value }, units: number, fullPrice },
];

const SOAPS = [product("Rose", 1_200, 500), product("Mint", 900, 300), product("Salt", 1_000)];

test("says nothing of rewards that lower prices and cover costs", () => {
  expect(unitNotes(units("percent", 2_000), SOAPS)).toEqual([]);
  expect(unitNotes(units("amount-off", 300), SOAPS)).toEqual([]);
  expect(unitNotes(units("fixed-price", 800), SOAPS)).toEqual([]);
});

test("says that a price saves nothing with the cheapest product, or with any", () => {
  const note = (title: string, amount: number, code: string) => [{ code, title, amount: usd(amount) }];
  expect(unitNotes(units("fixed-price", 900), SOAPS)).toEqual(note("Mint", 900, "notCheaper"));
  expect(unitNotes(units("fixed-price", 1_200), SOAPS)).toEqual(note("Rose", 1_200, "neverCheaper"));
  const tiers = [...units("fixed-price", 1_200), ...units("fixed-price", 1_100, 4)];
  expect(unitNotes(tiers, SOAPS)).toEqual(note("Mint", 900, "notCheaper"));
});

test("says that an amount off gives the cheapest product away", () => {
  expect(unitNotes(units("amount-off", 900), SOAPS)).toContainEqual({ code: "free", title: "Mint", amount: usd(900) });
  expect(unitNotes(units("amount-off", 899), SOAPS).map(({ code }) => code)).toEqual(["belowCost"]);
});

test("names the product of which the shop loses most, with what is paid and what it costs", () => {
  const loss = { code: "belowCost", title: "Rose", units: 6, paid: usd(2_160), cost: usd(3_000) };
  expect(unitNotes([...units("percent", 6_500, 3), ...units("percent", 7_000, 6)], SOAPS)).toEqual([loss]);
});

test("counts the units that are paid in full towards the cost", () => {
  expect(unitNotes(units("percent", 10_000, 1, 2), SOAPS)).toEqual([]);
  expect(unitNotes(units("percent", 10_000, 1, 1), [product("Tin", 900, 500)])).toEqual([
    { code: "belowCost", title: "Tin", units: 2, paid: usd(900), cost: usd(1_000) },
  ]);
});

test("says nothing where nothing is known of the products, or no reward is typed", () => {
  expect(unitNotes(units("fixed-price", 900), [product("Mint", null)])).toEqual([]);
  expect(unitNotes([], SOAPS)).toEqual([]);
});
