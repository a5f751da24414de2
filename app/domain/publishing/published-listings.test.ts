import { expect, test } from "vitest";
import { compileListings, parseListings } from "./published-listings.ts";

test("listings of every type read back as they were written", () => {
  const history = [
    { code: "bt", companion: "12", since: 0, until: null },
    { code: "up", companion: "12", since: 1_790_000_000, until: 1_790_100_000 },
  ];
  expect(parseListings(compileListings(history))).toEqual(history);
});

test("listings without a type are of bought together, whose were the first to be kept", () => {
  const text = compileListings([{ code: "bt", companion: "12", since: 5, until: 9 }]);
  expect(text).toBe('{"version":1,"listings":[["12",5,9]]}');
  expect(parseListings(text)).toEqual([{ code: "bt", companion: "12", since: 5, until: 9 }]);
  expect(parseListings({ version: 1, listings: [["12", 5, 9, "<b>"]] })).toEqual([]);
});
