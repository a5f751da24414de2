import { expect, test } from "vitest";
import { type ShopperFacts, UNKNOWN_BUYER } from "../pricing/buyer-facts.ts";
import { entriesInForce, shopEntriesInForce } from "./entries-in-force.ts";

const JAPAN: ShopperFacts = { ...UNKNOWN_BUYER, country: "JP", currency: "JPY", valueMinor: null, units: null };
const entry = (id: string, tests?: string) => ({ type: "quantity-breaks", id, ...(tests && { tests }) });
const shown = (...entries: ReturnType<typeof entry>[]) => entriesInForce(entries, JAPAN).map(({ id }) => id);

test("the first entry of a type whose tests are met is shown, and nothing behind it", () => {
  expect(shown(entry("us", "cUS"), entry("jp", "cJP"), entry("all"))).toEqual(["jp"]);
  expect(shown(entry("us", "cUS"), entry("all"))).toEqual(["all"]);
  expect(shown(entry("all"), entry("other"))).toEqual(["all", "other"]);
});

test("where it is not known who is met, nothing behind is shown either", () => {
  expect(shown(entry("members", "s"), entry("all"))).toEqual([]);
  expect(shown(entry("us", "cUS+s"), entry("all"))).toEqual(["all"]);
});

test("tests of one type say nothing of another", () => {
  const add = { type: "add-on", id: "ao-1-2" };
  expect(entriesInForce([entry("members", "s"), add, entry("all")], JAPAN)).toEqual([add]);
});

test("of the shop's own offers all are shown whose tests are surely met", () => {
  const offers = [entry("jp", "cJP"), entry("members", "s"), entry("us", "cUS"), entry("all")];
  expect(shopEntriesInForce(offers, JAPAN).map(({ id }) => id)).toEqual(["jp", "all"]);
});
