import fc from "fast-check";
import { expect, test } from "vitest";
import { meetsTests, type ShopperFacts, UNKNOWN_BUYER } from "./buyer-facts.ts";

const NOBODY: ShopperFacts = { ...UNKNOWN_BUYER, currency: null, valueMinor: null, units: null };
const GUEST: ShopperFacts = {
  ...{ country: "JP", currency: "JPY", language: "ja", signedIn: false, orders: null },
  ...{ business: false, counter: false, valueMinor: 0, units: 1 },
};

test("what is not known decides nothing, and does not matter where something else decides", () => {
  expect(meetsTests("s", NOBODY)).toBeNull();
  expect(meetsTests("!s", NOBODY)).toBeNull();
  expect(meetsTests("cJP+s", { ...NOBODY, country: "JP" })).toBeNull();
  expect(meetsTests("cUS+s", { ...NOBODY, country: "JP" })).toBe(false);
  expect(meetsTests("cJP|s", { ...NOBODY, country: "JP" })).toBe(true);
  expect(meetsTests("cUS|s", { ...NOBODY, country: "JP" })).toBeNull();
});

test("nobody who is not logged in has a number of orders, not even none", () => {
  expect(meetsTests("o0-0", GUEST)).toBe(false);
  expect(meetsTests("o0", GUEST)).toBe(false);
  expect(meetsTests("o0-0", { ...GUEST, signedIn: true, orders: 0 })).toBe(true);
});

test.each(["z9.x", "!z", "n", "!n"])(
  "%j, which is not understood, is met by nobody and spoils no other group",
  (tests) => {
    expect(meetsTests(tests, GUEST)).toBe(false);
    expect(meetsTests(`${tests}|cJP`, GUEST)).toBe(true);
  },
);

test("no text makes the reader fail", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(GUEST, NOBODY), (text, facts) => {
      expect([true, false, null]).toContain(meetsTests(text, facts));
    }),
  );
});
