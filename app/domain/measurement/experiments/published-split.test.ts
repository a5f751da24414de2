import { expect, test } from "vitest";
import type { OfferTypeName } from "../../offers/offer-type-name.ts";
import { type HidingSplit, isSplitPublishable, MOST_SPLIT_BYTES, parseSplit, splitText } from "./published-split.ts";
import { SLOTS } from "./slot.ts";

const TYPES = new Map<number, OfferTypeName>([
  [7, "bought-together"],
  [8, "bought-together"],
  [9, "goal"],
]);

function experiment(number: number, hides: readonly (readonly number[])[] = [[], [7]]) {
  const arms = hides.map((hidden, place) => ({ name: `arm ${place}`, weight: 1 + place, hides: hidden }));
  return { id: String(number), layer: "sets", range: { from: 0, to: SLOTS }, arms };
}

const split = (given: Partial<HidingSplit> = {}): HidingSplit => ({
  ...{ shopSalt: "k3_Xa-9", holdoutSlots: 500, experiments: [experiment(3, [[8], [7, 9]])] },
  ...given,
});

test("is published by places, its offers as their ids begin", () => {
  expect(splitText(split(), TYPES)).toBe('[1,"k3_Xa-9",500,[[3,"sets",0,10000,[[1,["bt-8"]],[2,["bt-7","goal-9"]]]]]]');
});

test("is not published where nobody is split, and names no offer that is gone", () => {
  expect(splitText(split({ holdoutSlots: 0, experiments: [] }), TYPES)).toBeNull();
  expect(splitText(split({ experiments: [] }), TYPES)).toBe('[1,"k3_Xa-9",500,[]]');
  expect(splitText(split({ experiments: [experiment(3, [[], [5]])] }), TYPES)).toContain("[[1,[]],[2,[]]]");
});

test("leaves out the latest experiments where all would be too long, and says so beforehand", () => {
  const many = split({ experiments: Array.from({ length: 80 }, (_, n) => experiment(n + 1)) });
  const text = splitText(many, TYPES)!;
  expect(text.length).toBeLessThanOrEqual(MOST_SPLIT_BYTES);
  const numbers = parseSplit(text)![3].map(([number]) => number);
  expect(numbers.length).toBeGreaterThan(20);
  expect(numbers).toEqual(numbers.map((_, place) => place + 1));
  expect([isSplitPublishable(many, TYPES), isSplitPublishable(split(), TYPES)]).toEqual([false, true]);
});

test("refuses texts that could end a script", () => {
  expect(() => splitText(split({ shopSalt: "</script>" }), TYPES)).toThrow("letters");
});

test("is read back as it was, from text or JSON, and nothing else is read", () => {
  const text = splitText(split(), TYPES)!;
  const published = JSON.parse(text) as unknown;
  expect([parseSplit(text), parseSplit(published)]).toEqual([published, published]);
  for (const other of [null, "", "{}", [], [2, "a", 0, []], [1, "<", 0, []], [1, "a", -1, []], "[1,", { is: 1 }]) {
    expect(parseSplit(other)).toBeNull();
  }
  const [, , , [good]] = published as [1, string, number, unknown[]];
  const broken = [
    null,
    [0, "a", 0, 1, []],
    [4, "a", 0, 1, [[1, []]]],
    [
      4,
      "a",
      0,
      1,
      [
        [1, []],
        [0, []],
      ],
    ],
    good,
  ];
  expect(parseSplit([1, "a", 0, broken])).toEqual([1, "a", 0, [good]]);
  expect(
    parseSplit([
      1,
      "a",
      0,
      [
        [
          4,
          "a",
          0,
          1,
          [
            [1, ["bt-7", "<b>", 5]],
            [1, 0],
          ],
        ],
      ],
    ])![3][0]![4],
  ).toEqual([
    [1, ["bt-7"]],
    [1, []],
  ]);
});
