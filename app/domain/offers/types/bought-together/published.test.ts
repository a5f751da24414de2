import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UnreadEntry } from "../../../publishing/entry.ts";
import { envelopeOf } from "../../../publishing/envelope.ts";
import type { Shopper } from "../../../shoppers/shopper.ts";
import { companionsFor, isFreshToShow, listedProducts, parseProductOffer, readEntry } from "./published.ts";

const OFFER = {
  ...{ type: "bought-together", id: "bt-1-9", discountBasisPoints: 1000, set: 2 },
  companions: [
    { product: "1", weight: 0.5 },
    { product: "2", weight: 0.25 },
  ],
};

/** Reads an entry as it comes out of an envelope. */
const read = (entry: object) => readEntry(entry as UnreadEntry);

test("an offer is read from its envelope as it was written, the first readable one", () => {
  const later = { ...OFFER, id: "bt-2-9" };
  const broken = { ...OFFER, discountBasisPoints: -1 };
  const other = { type: "mystery-gift", id: "mg-1-9" };
  expect(parseProductOffer(envelopeOf([other, broken, OFFER, later]))).toEqual(OFFER);
  expect(parseProductOffer({ version: 2, offers: [{ ...OFFER, hint: 1 }] })).toEqual(OFFER);
});

test("what version 1 published is read as the offer that it was", () => {
  const { type: _, ...fields } = OFFER;
  const version1 = { version: 1, ...fields, id: "bt-9" };
  expect(parseProductOffer(JSON.stringify(version1))).toEqual({ ...OFFER, id: "bt-9" });
});

test.each([
  ["absent", null],
  ["not JSON", "{"],
  ["a list", []],
  ["of a later version", { version: 3, offers: [OFFER] }],
  ["with a discount above the price", { version: 2, offers: [{ ...OFFER, discountBasisPoints: 10_001 }] }],
  ["with no companion that can be read", { version: 2, offers: [{ ...OFFER, companions: [{}, null, 7] }] }],
  ["without an id", { version: 2, offers: [{ ...OFFER, id: "" }] }],
])("what is %s is no offer", (_, value) => expect(parseProductOffer(value)).toBeNull());

test("any JSON at all is read without throwing", () =>
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      parseProductOffer(value);
      for (const version of [1, 2]) parseProductOffer({ ...(value as object), version });
      parseProductOffer({ version: 2, offers: value });
      read({ ...(value as object), type: "bought-together", id: "bt-1-9" });
      read({ ...OFFER, segments: value, ordersUntil: value });
      read({ ...OFFER, segments: [value, { by: "rank", is: "A", companions: value }] });
    }),
  ));

describe("an offer's segments", () => {
  const segment = (by: string, is: string, ...products: string[]) => ({
    by,
    is,
    companions: products.map((number) => ({ product: number, weight: 0.5 })),
  });
  const shopper = (known: Partial<Shopper> = {}): Shopper => ({
    ...{ currency: "USD", customer: null, rank: null, channel: "online" },
    ...known,
  });
  const seenBy = (segments: unknown[], known: Partial<Shopper>) =>
    companionsFor(read({ ...OFFER, segments })!, shopper(known)).map((companion) => companion.product);

  test("give a shopper the list of the first segment the shopper is in, and all others the offer's own", () => {
    const segments = [segment("customer", "returning", "20"), segment("market", "EUR", "21")];
    expect(seenBy(segments, {})).toEqual(["1", "2"]);
    expect(seenBy(segments, { currency: "EUR" })).toEqual(["21"]);
    expect(seenBy(segments, { currency: "EUR", customer: "returning" })).toEqual(["20"]);
    expect(seenBy(segments, { currency: "EUR", customer: "new" })).toEqual(["21"]);
    expect(seenBy([segment("rank", "A", "22")], { rank: "A" })).toEqual(["22"]);
    expect(seenBy([segment("rank", "A", "22")], { rank: null })).toEqual(["1", "2"]);
    expect(seenBy([segment("channel", "pos", "23"), segment("channel", "online", "24")], {})).toEqual(["24"]);
  });

  test("all take part in the discount, whoever the shopper is", () => {
    const segments = [segment("customer", "new", "20", "2"), segment("market", "EUR", "21")];
    expect(listedProducts(read({ ...OFFER, segments })!)).toEqual(["1", "2", "20", "21"]);
  });

  test("that are unknown, broken or too many are left out, and the offer stands", () => {
    const broken = [null, 7, segment("weather", "rain", "20"), segment("market", "", "20"), segment("rank", "A")];
    expect(read({ ...OFFER, segments: broken })).toEqual(OFFER);
    expect(read({ ...OFFER, segments: "all" })).toEqual(OFFER);
    const many = ["EUR", "JPY", "GBP", "CAD", "AUD"].map((currency) => segment("market", currency, "20"));
    expect(read({ ...OFFER, segments: many })!.segments!.map(({ is }) => is)).toEqual(["EUR", "JPY", "GBP", "CAD"]);
    const long = segment("market", "EUR", ...Array.from({ length: 9 }, (_, i) => String(20 + i)));
    expect(read({ ...OFFER, segments: [long] })!.segments![0]!.companions).toHaveLength(8);
  });
});

test("a number of orders below ten, or that is none, is never read", () => {
  const orders = [112, 10, 9, 0, -20, 10.5, "50", null];
  const companions = orders.map((count, i) => ({ product: String(i + 1), weight: 1, orders: count }));
  const offer = read({ ...OFFER, companions, ordersUntil: 1_790_000_000 })!;
  expect(offer.companions.map((companion) => companion.orders ?? null)).toEqual([112, 10, ...Array(6).fill(null)]);
  expect(offer.ordersUntil).toBe(1_790_000_000);
  expect(read({ ...OFFER, ordersUntil: "soon" })).toEqual(OFFER);
});

test("orders are shown for a week, and not where their days end in the future", () => {
  const until = new Date("2026-11-20T10:00:00.500Z");
  const after = (days: number) => isFreshToShow(until, new Date(until.getTime() + days * 86_400_000));
  expect([after(0), after(6.9), after(7.1), after(-0.5), after(-2)]).toEqual([true, true, false, true, false]);
});
