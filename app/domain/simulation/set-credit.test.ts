import { expect, test } from "vitest";
import type { PromisedCredit } from "../offers/promised-credits.ts";
import { type CartWithCredits, setCreditOutcomes } from "./set-credit.ts";

const promised = (changes: Partial<PromisedCredit> = {}): PromisedCredit => ({
  ...{ offerNumber: 3, product: "1", companions: ["2", "4"] },
  terms: { kind: "store-credit", basisPoints: 1_000, most: { USD: 250 }, waitDays: 14 },
  ...changes,
});
const line = (product: string, totalMinor: number, quantity = 1) => ({ product, totalMinor, quantity });
const outcome = (lines: CartWithCredits["lines"], sets = [promised()], currency = "USD") =>
  setCreditOutcomes({ currency, lines, promised: sets }).get(3);

test("a whole set earns a share of what one unit of each costs after discounts", () => {
  const lines = [line("1", 900, 3), line("2", 500), line("4", 400)];
  expect(outcome(lines)).toEqual({ code: "earns-credit", creditMinor: 120, waitDays: 14 });
  expect(outcome([line("1", 9_000), line("2", 500), line("4", 400)])).toMatchObject({ creditMinor: 250 });
});

test("what is missing is said of the set that lacks least", () => {
  expect(outcome([line("1", 900)])).toEqual({ code: "products-missing", products: ["2", "4"] });
  const other = promised({ product: "4", companions: ["2"] });
  expect(outcome([line("1", 900), line("4", 100)], [promised(), other])).toMatchObject({ products: ["2"] });
});

test("a currency without a limit or an amount earns nothing", () => {
  expect(outcome([line("1", 1), line("2", 1), line("4", 1)], [promised()], "JPY")).toEqual({ code: "no-credit" });
});
