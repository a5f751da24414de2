import { expect, test } from "vitest";
import { compileListings, parseListings } from "./published-listings.ts";

test("listings of every offer read back as they were written", () => {
  const history = [
    { code: "bt", number: 3, companion: "12", since: 0, until: null },
    { code: "up", number: 4, companion: "12", since: 1_790_000_000, until: 1_790_100_000 },
    { code: "up", number: null, companion: "13", since: 1_790_000_000, until: null },
  ];
  expect(parseListings(compileListings(history))).toEqual(history);
});

test("listings of earlier releases name no offer, and those of the first to be kept no type", () => {
  const [set, upgrade] = [
    { code: "bt", number: null, companion: "12", since: 5, until: 9 },
    { code: "up", number: null, companion: "12", since: 5, until: null },
  ];
  const text = compileListings([set, upgrade]);
  expect(text).toBe('{"version":1,"listings":[["12",5,9],["12",5,0,"up"]]}');
  expect(parseListings(text)).toEqual([set, upgrade]);
  for (const broken of [["<b>"], ["bt", "1"], ["bt", 0], ["bt", 1.5], ["bt", 2 ** 31], ["bt", {}]]) {
    expect(parseListings({ version: 1, listings: [["12", 5, 9, ...broken]] })).toEqual([]);
  }
});

test("of ended stretches as many are read as are kept, and of what is listed all", () => {
  const ended = Array.from({ length: 210 }, (_, n) => [String(n + 1), 5, n + 9, "bt", 1]);
  const open = Array.from({ length: 230 }, (_, n) => [String(n + 1), 5, 0, "bt", 2]);
  const read = parseListings({ version: 1, listings: [...ended, ...open] });
  expect(read.filter(({ until }) => until === null)).toHaveLength(230);
  expect(read.flatMap(({ until }) => until ?? []).toSorted((a, b) => a - b)[0]).toBe(19);
  expect(read).toHaveLength(430);
});
