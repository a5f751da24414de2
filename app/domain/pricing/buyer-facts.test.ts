import fc from "fast-check";
import { expect, test } from "vitest";
import { meetsTests, type ShopperFacts, toBuyer, UNKNOWN_BUYER } from "./buyer-facts.ts";
import { numberOfTag } from "./customer-tags.ts";
import { MET, UNKNOWN, UNMET } from "./kernel/buyer.ts";
import { TextReader } from "./kernel/text-reader.ts";

const NOBODY: ShopperFacts = { ...UNKNOWN_BUYER, currency: null, valueMinor: null, units: null };
const GUEST: ShopperFacts = {
  ...{ country: "JP", currency: "JPY", language: "ja", signedIn: false, orders: null, tags: null },
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

test("the number of a tag is its FNV-1a hash, of small letters and without the sign", () => {
  // Of the published test vectors: "a" is e40c292c, "foobar" bf9cf968, and nothing at all 811c9dc5.
  expect(["", "a", "foobar", " FooBar"].map(numberOfTag)).toEqual([
    ...[0x811c9dc5, 0xe40c292c, 0xbf9cf968, 0xbf9cf968].map((hash) => hash & 0x7fffffff),
  ]);
});

test("a tag that Shopify was not asked about decides nothing, and does not matter where another one decides", () => {
  const buyer = toBuyer({ ...GUEST, signedIn: true, orders: 0 });
  buyer.tags.push(numberOfTag("vip"));
  buyer.otherTags.push(numberOfTag("wholesale"));
  buyer.hasAllTags = false;
  const answer = (tests: string) => {
    const bytes = new TextEncoder().encode(tests);
    return buyer.meets(new TextReader(bytes, 0, bytes.length));
  };
  const [vip, wholesale, staff] = ["vip", "wholesale", "staff"].map(numberOfTag);
  expect(answer(`t${wholesale}.${vip}.${staff}`)).toBe(MET);
  expect(answer(`!t${wholesale}.${vip}.${staff}`)).toBe(UNMET);
  expect([answer(`t${staff}.${wholesale}`), answer(`!t${wholesale}.${staff}`)]).toEqual([UNKNOWN, UNKNOWN]);
  expect([answer(`t${wholesale}`), answer(`!t${wholesale}`)]).toEqual([UNMET, MET]);
});

test("nobody who is not logged in has a tag, whatever Shopify was asked about", () => {
  expect([meetsTests("t7", { ...GUEST, tags: null }), meetsTests("!t7", { ...GUEST, tags: null })]).toEqual([
    false,
    true,
  ]);
  expect(meetsTests("!t7", { ...GUEST, signedIn: null, tags: null })).toBeNull();
});

test.each(["z9.x", "!z", "n", "!n", "t", "!t", "tvip", "!t1.x"])(
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
