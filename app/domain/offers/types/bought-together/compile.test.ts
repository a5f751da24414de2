import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gid, type ProductId } from "../../../ids.ts";
import type { UnreadEntry } from "../../../publishing/entry.ts";
import { envelopeOf } from "../../../publishing/envelope.ts";
import type { Shopper } from "../../../shoppers/shopper.ts";
import {
  compileProductOffer,
  referencesOf,
  smallerOffer,
  type ProductOfferDraft,
  type SegmentDraft,
} from "./compile.ts";
import { companionsFor, listedProducts, parseProductOffer, type PublishedOffer, readEntry } from "./published.ts";

const product = (number: number): ProductId => gid("Product", number);
const companions = (count: number, from = 100) =>
  Array.from({ length: count }, (_, i) => ({ product: product(from + i), weight: 1 / (i + 2) }));
const SHOPPERS = [null, "EUR", "JPY"].flatMap((currency) =>
  ([null, "new", "returning"] as const).flatMap((customer) =>
    ([null, "A"] as const).map((rank): Shopper => ({ currency, customer, rank, channel: "online" })),
  ),
);

describe("a product's offer", () => {
  test("is read as it was compiled", () => {
    const compiled = compileProductOffer({
      number: 4,
      product: product(7),
      discountBasisPoints: 1000,
      setSize: 2,
      companions: [
        { product: product(11), weight: 0.312_44 },
        { product: product(12), weight: 0.1 },
      ],
    })!;
    expect(referencesOf(compiled)).toEqual({ companions: [product(11), product(12)], segmentCompanions: [] });
    expect(parseProductOffer(envelopeOf([compiled]))).toEqual({
      type: "bought-together",
      id: "bt-4-7",
      discountBasisPoints: 1000,
      set: 2,
      companions: [
        { product: "11", weight: 0.3124 },
        { product: "12", weight: 0.1 },
      ],
    });
  });

  test("never offers a product with itself, nor one companion twice", () => {
    const compiled = compileProductOffer({
      product: product(7),
      discountBasisPoints: 0,
      setSize: 3,
      companions: [...companions(2), { product: product(7), weight: 1 }, ...companions(2)],
    })!;
    expect(listedProducts(compiled)).toEqual(["100", "101"]);
  });

  test("with nothing left to offer is null", () => {
    const draft = { product: product(7), discountBasisPoints: 0, setSize: 3 };
    expect(compileProductOffer({ ...draft, companions: [] })).toBeNull();
    expect(compileProductOffer({ ...draft, companions: [{ product: product(7), weight: 1 }] })).toBeNull();
  });
});

describe("lists of segments", () => {
  const draft = (segments: SegmentDraft[], given: Partial<ProductOfferDraft> = {}): ProductOfferDraft => ({
    ...{ product: product(7), discountBasisPoints: 1000, setSize: 3, companions: companions(10), segments },
    ...given,
  });
  const segment = (by: SegmentDraft["by"], is: string, count = 8, from = 200): SegmentDraft => ({
    ...{ by, is, companions: companions(count, from) },
  });
  const published = (segments: SegmentDraft[], given: Partial<ProductOfferDraft> = {}) =>
    compileProductOffer(draft(segments, given))!;
  const segmentsOnly = (offer: PublishedOffer) => referencesOf(offer).segmentCompanions;
  const names = (segments: SegmentDraft[]) => published(segments).segments?.map(({ is }) => is) ?? [];

  test("are read as they were compiled, and their further products are named for Liquid", () => {
    const compiled = compileProductOffer(
      draft([segment("customer", "returning", 2, 109), segment("market", "EUR", 1)]),
    )!;
    expect(compiled.segments).toEqual([
      {
        by: "customer",
        is: "returning",
        companions: [0.5, 0.3333].map((weight, i) => ({ product: `${109 + i}`, weight })),
      },
      { by: "market", is: "EUR", companions: [{ product: "200", weight: 0.5 }] },
    ]);
    expect(segmentsOnly(compiled)).toEqual([109, 110, 200].map(product));
    expect(segmentsOnly(published([segment("market", "EUR", 3, 103)]))).toEqual([]);
    expect(segmentsOnly(published([]))).toEqual([]);
  });

  test("hold no more than eight companions, none twice, never the product itself", () => {
    const own = {
      ...segment("market", "EUR", 9),
      companions: [{ product: product(7), weight: 1 }, ...companions(9), ...companions(9)],
    };
    const [eur] = published([own], { companions: companions(3, 300) }).segments!;
    expect(eur!.companions.map((companion) => companion.product)).toEqual(
      companions(8).map((one) => one.product.split("/").at(-1)),
    );
  });

  test("that equal the default list are left out, unless a later one would take their shoppers", () => {
    const like = (by: SegmentDraft["by"], is: string) => segment(by, is, 10, 100);
    expect(names([like("customer", "new"), segment("customer", "returning")])).toEqual(["returning"]);
    expect(names([like("customer", "new"), segment("market", "EUR")])).toEqual(["new", "EUR"]);
    expect(names([segment("market", "EUR"), like("customer", "new")])).toEqual(["EUR"]);
    expect(names([segment("market", "EUR", 0)])).toEqual([]);
  });

  test("are four at most, the first ones", () => {
    const five = ["EUR", "JPY", "GBP", "CAD", "AUD"].map((is, i) => segment("market", is, 8, 200 + i));
    expect(names(five)).toEqual(["EUR", "JPY", "GBP", "CAD"]);
  });

  test("go one by one as an offer is made smaller, then its companions from the tail, and one always stays", () => {
    const sizes: [number, number][] = [];
    const start = published([segment("market", "EUR"), segment("market", "JPY")], { companions: companions(3) });
    for (let offer: PublishedOffer | null = start; offer !== null; offer = smallerOffer(offer)) {
      sizes.push([offer.segments?.length ?? 0, offer.companions.length]);
      expect(offer.set).toBeLessThanOrEqual(offer.companions.length);
      expect(readEntry(offer as unknown as UnreadEntry)).toEqual(offer);
    }
    expect(sizes).toEqual(
      [2, 1, 0]
        .map((left) => [left, 3])
        .concat([
          [0, 2],
          [0, 1],
        ]),
    );
  });

  test("every shopper's list takes part in the discount, and Liquid can resolve all of it", () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }),
        fc.array(
          fc.record({
            by: fc.constantFrom("customer", "market", "channel", "rank" as const),
            is: fc.constantFrom("new", "returning", "EUR", "JPY", "online", "A"),
            companions: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
          }),
          { maxLength: 6 },
        ),
        (own, segments) => {
          const list = (numbers: number[]) =>
            numbers.map((number) => ({ product: product(number), weight: 1 / number }));
          const compiled = compileProductOffer({
            ...draft(segments.map((one) => ({ ...one, companions: list(one.companions) }) as SegmentDraft)),
            companions: list(own),
          });
          if (compiled === null) return;
          const offer = compiled;
          const resolved = Object.values(referencesOf(offer)).flat();
          expect(resolved.map((id) => id.split("/").at(-1)).sort()).toEqual(listedProducts(offer).sort());
          for (const shopper of SHOPPERS) {
            const seen = companionsFor(offer, shopper)
              .slice(0, 8)
              .map((one) => one.product);
            expect(listedProducts(offer)).toEqual(expect.arrayContaining(seen));
          }
        },
      ),
    ));
});

describe("numbers of orders", () => {
  const until = new Date("2026-11-20T10:00:00.500Z");
  const withOrders = (orders: (number | undefined)[]) =>
    companions(orders.length).map((companion, i) => ({ ...companion, orders: orders[i] }));
  const compiled = (given: Partial<ProductOfferDraft>) =>
    compileProductOffer({
      product: product(7),
      discountBasisPoints: 0,
      setSize: 3,
      companions: withOrders([40]),
      ...given,
    })!;

  test("are published with the end of their days, of what a set can show", () => {
    const offer = compiled({ companions: withOrders(Array(10).fill(40) as number[]), ordersUntil: until });
    expect(offer.companions.map(({ orders }) => orders ?? null)).toEqual([...Array(8).fill(40), null, null]);
    expect(offer.ordersUntil).toBe(Date.parse("2026-11-20T10:00:00Z") / 1000);
  });

  test("are dropped with the last companion that has one", () => {
    const offer = smallerOffer(compiled({ companions: withOrders([undefined, 40]), ordersUntil: until }))!;
    expect(offer).not.toHaveProperty("ordersUntil");
  });

  test("leave no trace where there are none", () =>
    expect(compiled({ companions: withOrders([undefined]), ordersUntil: until })).not.toHaveProperty("ordersUntil"));
});
