import fc from "fast-check";
import { expect, test } from "vitest";
import { entriesOfType, envelopeOf, readEnvelope } from "./envelope.ts";
import { parseListings } from "./published-listings.ts";
import { checkoutText, parseCheckout, parseStorefront, storefrontText } from "./shop-envelopes.ts";

const ENTRIES = [
  { type: "bought-together", id: "bt-1-9", set: 2 },
  { type: "mystery-gift", id: "mg-2-9" },
];

test("an envelope is read as it was written, entries of unknown types included", () => {
  expect(readEnvelope(envelopeOf(ENTRIES))).toEqual(ENTRIES);
  expect(readEnvelope(JSON.parse(envelopeOf(ENTRIES)))).toEqual(ENTRIES);
});

test("an entry that cannot be read is skipped, never the envelope", () => {
  const broken = [
    null,
    7,
    [],
    "bt-1-9",
    { type: "goal" },
    { id: "bt-1-9" },
    { type: "goal", id: "" },
    { type: 1, id: "a" },
  ];
  expect(readEnvelope({ version: 2, offers: [...broken, ...ENTRIES] })).toEqual(ENTRIES);
});

test("of one type only the entries that it understands are read", () => {
  const read = (entry: { id: string }) => (entry.id === "bt-1-9" ? entry.id : null);
  const others = [...ENTRIES, { type: "bought-together", id: "bt-2-9" }];
  expect(entriesOfType(readEnvelope({ version: 2, offers: others }), "bought-together", read)).toEqual(["bt-1-9"]);
});

test.each([
  [null],
  [""],
  ["{"],
  [[]],
  [{}],
  [{ version: 3, offers: ENTRIES }],
  [{ version: 2 }],
  [{ version: 2, offers: {} }],
])("%j is an empty envelope", (value) => expect(readEnvelope(value)).toEqual([]));

test("the single offer of version 1 is an envelope that holds it", () => {
  const version1 = {
    version: 1,
    id: "bt-9",
    discountBasisPoints: 500,
    set: 1,
    companions: [{ product: "1", weight: 1 }],
  };
  const { version: _, ...fields } = version1;
  expect(readEnvelope(version1)).toEqual([{ type: "bought-together", ...fields }]);
  expect(readEnvelope({ version: 1, companions: [] })).toEqual([]);
});

/** How the release before this one decided whether a metafield holds anything for it. */
const isReadByVersion1 = (text: string) => (JSON.parse(text) as { version?: unknown }).version === 1;

test("the release before this one finds nothing that it could misread in what this one publishes", () => {
  const texts = [
    ...[envelopeOf(ENTRIES), storefrontText({ enabled: true, offers: ENTRIES })],
    checkoutText({ offers: ENTRIES, history: true }),
  ];
  expect(texts.map(isReadByVersion1)).toEqual([false, false, false]);
});

test("what the shop's surfaces read is read as it was written, and without what they do not need", () => {
  expect(parseStorefront(storefrontText({ enabled: true, offers: ENTRIES }))).toEqual({
    enabled: true,
    offers: ENTRIES,
  });
  expect(parseStorefront(storefrontText({ enabled: false, offers: [] }))).toEqual({ enabled: false, offers: [] });
  expect(parseCheckout(checkoutText({ offers: ENTRIES, history: true }))).toEqual({ offers: ENTRIES, history: true });
  expect(checkoutText({ offers: [], history: false })).toBe('{"version":2,"offers":[]}');
  expect([parseStorefront("{"), parseCheckout({ version: 3, offers: [] })]).toEqual([null, null]);
});

test("any JSON at all is read without throwing", () =>
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const version of [1, 2]) {
        for (const read of [readEnvelope, parseStorefront, parseCheckout, parseListings]) {
          read(value);
          read({ ...(value as object), version });
          read({ version, offers: value, goal: value, goalMinor: value, listings: value });
        }
      }
    }),
  ));
