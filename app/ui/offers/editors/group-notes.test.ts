import { expect, test } from "vitest";
import { groupNotes } from "./group-notes.ts";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const product = (title: string, price: number | null, cost: number | null = null) => ({
  ...{ productId: title, title, price: price === null ? null : usd(price), cost: cost === null ? null : usd(cost) },
});
const price = (value: number) => ({ kind: "fixed-price", value }) as const;
const codes = (...args: Parameters<typeof groupNotes>) => groupNotes(...args).map(({ code }) => code);

const SOAPS = [product("Mint", 900), product("Rose", 1_200), product("Salt", 1_000)];

test("says what the cheapest choice costs apart", () => {
  expect(groupNotes(3, price(2_500), SOAPS)).toEqual([{ code: "apart", title: "Mint", amount: usd(2_700) }]);
  expect(codes(3, null, SOAPS)).toEqual(["apart"]);
});

test("says that a price saves nothing with the cheapest products, or with any", () => {
  expect(groupNotes(3, price(2_700), SOAPS)).toEqual([{ code: "notCheaper", title: "Mint", amount: usd(2_700) }]);
  expect(groupNotes(3, price(3_600), SOAPS)).toEqual([{ code: "neverCheaper", title: "Rose", amount: usd(3_600) }]);
});

test("says of a price or a percentage that a product would be sold below its cost", () => {
  const dear = [product("Mint", 900, 300), product("Rose", 1_200, 1_000)];
  expect(groupNotes(2, price(1_700), dear)).toContainEqual({ code: "belowCost", title: "Rose", cost: usd(1_000) });
  expect(codes(2, price(1_799), [product("Mint", 900, 300)])).toEqual(["apart", "repeated"]);
  const percent = (value: number) => ({ kind: "percent", value }) as const;
  expect(codes(2, percent(2_000), dear)).toEqual(["apart", "belowCost"]);
  expect(codes(2, percent(1_000), dear)).toEqual(["apart"]);
});

test("says that shoppers have to repeat a choice where there are fewer products than units", () => {
  expect(codes(4, price(2_500), SOAPS)).toContain("repeated");
  expect(codes(3, price(2_500), SOAPS)).not.toContain("repeated");
});

test("says nothing where nothing is known of the products", () => {
  expect(codes(3, price(2_500), [])).toEqual([]);
  expect(codes(1, price(2_500), [product("Mint", null)])).toEqual([]);
});
