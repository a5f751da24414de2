import fc from "fast-check";
import { expect, test } from "vitest";
import { measuredSize, timesLarger } from "./measured-size.ts";

test("reads sizes from English and Japanese titles", () => {
  expect(measuredSize("Rose water 500ml")).toEqual({ volume: 500 });
  expect(measuredSize("Olive oil 1.5 L")).toEqual({ volume: 1500 });
  expect(measuredSize("コーヒー豆 ２００ｇ")).toEqual({ mass: 200 });
  expect(measuredSize("お茶 12袋入り 500g")).toEqual({ count: 12, mass: 500 });
  expect(measuredSize("60日分")).toEqual({ duration: 60 });
  expect(measuredSize("SET OF 6 SPICE TINS")).toEqual({ count: 6 });
  expect(measuredSize("6 packs of tea")).toEqual({ count: 6 });
  expect(measuredSize("soap 200 g × 6")).toEqual({ mass: 200, count: 6 });
  expect(measuredSize("1,000 sheets")).toEqual({ count: 1000 });
  expect(measuredSize("phone 1TB")).toEqual({ storage: 1000 });
});

test("guesses no size from bare numbers, letter sizes and sides of a frame", () => {
  expect(measuredSize("Shirt L")).toEqual({});
  expect(measuredSize("Model 500")).toEqual({});
  expect(measuredSize("2 in 1 box 5")).toEqual({});
  expect(measuredSize("frame 10 x 15 cm")).toEqual({ length: 15 });
  expect(measuredSize("")).toEqual({});
});

test("says how many times larger, and nothing where one measure grows and another shrinks", () => {
  expect(timesLarger({ volume: 500 }, { volume: 1000 })).toEqual({ measure: "volume", times: 2 });
  expect(timesLarger({ volume: 500 }, { mass: 1000 })).toBeNull();
  expect(timesLarger({ volume: 500 }, { volume: 500 })).toBeNull();
  expect(timesLarger({ mass: 200, count: 6 }, { mass: 400, count: 2 })).toBeNull();
});

test("gives only positive sizes for any text, in bounded time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      for (const amount of Object.values(measuredSize(text))) expect(amount).toBeGreaterThan(0);
    }),
  );
  expect(measuredSize("0 ml 0個")).toEqual({});
  expect(measuredSize(`${"9 ".repeat(50_000)}ml`)).toEqual({});
});
