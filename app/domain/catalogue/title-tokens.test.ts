import fc from "fast-check";
import { expect, test } from "vitest";
import { titleTokens } from "./title-tokens.ts";

test("splits an English title into words, one for singular and plural", () => {
  expect(titleTokens("Jumbo Bag, RED retrospot")).toEqual(["jumbo", "bag", "red", "retrospot"]);
  expect(titleTokens("Candles & glass")).toEqual(["candle", "glass"]);
});

test("splits a Japanese title into pairs of characters", () => {
  expect(titleTokens("有機コーヒー豆")).toEqual(["有機", "機コ", "コー", "ーヒ", "ヒー", "ー豆"]);
  expect(titleTokens("紅茶200g入り")).toEqual(["紅茶", "入り"]);
  expect(titleTokens("茶 200g")).toEqual(["茶"]);
});

test("leaves out sizes", () => {
  expect(titleTokens("Tea pot 0.8 L, 200g, XL2000")).toEqual(["tea", "pot", "xl2000"]);
});

test("treats half-width and full-width letters as the same", () => {
  expect(titleTokens("ｺｰﾋｰ　５００ｇ")).toEqual(titleTokens("コーヒー ５００g"));
  expect(titleTokens("ＴＥＡ")).toEqual(["tea"]);
});

test("gives no tokens for a title without letters or digits", () => {
  expect(titleTokens("")).toEqual([]);
  expect(titleTokens("★ — !")).toEqual([]);
});

test("gives distinct, bounded tokens that do not depend on case", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 600 }), (title) => {
      const tokens = titleTokens(title);
      expect(new Set(tokens).size).toBe(tokens.length);
      expect(tokens.length).toBeLessThanOrEqual(title.normalize("NFKC").length);
    }),
  );
  expect(titleTokens("TEA POT")).toEqual(titleTokens("tea pot"));
});
