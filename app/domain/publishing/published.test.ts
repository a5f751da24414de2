import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gid, type ProductId } from "../ids.ts";
import {
  compileCheckout,
  compilePolicy,
  compileProductOffer,
  compileStorefront,
  type ProductOfferDraft,
  type SegmentDraft,
} from "../offers/types/bought-together/compile.ts";
import { companionsFor, isFreshToTell, listedProducts, type PublishedOffer } from "./published.ts";
import type { Shopper } from "../shoppers/shopper.ts";
import { parseCheckout, parseCustomer, parsePolicy, parseProductOffer, parseStorefront } from "./read-published.ts";

const product = (number: number): ProductId => gid("Product", number);
const companions = (count: number, from = 100) =>
  Array.from({ length: count }, (_, i) => ({ product: product(from + i), weight: 1 / (i + 2) }));
const SHOPPERS = [null, "EUR", "JPY"].flatMap((currency) =>
  ([null, "new", "returning"] as const).flatMap((customer) =>
    ([null, "A"] as const).map((rank): Shopper => ({ currency, customer, rank, channel: "online" })),
  ),
);

const OFFER = {
  ...{ version: 1, id: "bt-9", discountBasisPoints: 1000, set: 2 },
  companions: [
    { product: "1", weight: 0.5 },
    { product: "2", weight: 0.25 },
  ],
};

describe("a product's offer", () => {
  test("is read as it was compiled", () => {
    const compiled = compileProductOffer({
      product: product(7),
      discountBasisPoints: 1000,
      setSize: 2,
      companions: [
        { product: product(11), weight: 0.312_44 },
        { product: product(12), weight: 0.1 },
      ],
    })!;
    expect(compiled.companions).toBe('["gid://shopify/Product/11","gid://shopify/Product/12"]');
    expect(parseProductOffer(compiled.offer)).toEqual({
      version: 1,
      id: "bt-7",
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
    expect(listedProducts(parseProductOffer(compiled.offer)!)).toEqual(["100", "101"]);
  });

  test("with nothing left to offer is null", () => {
    const draft = { product: product(7), discountBasisPoints: 0, setSize: 3 };
    expect(compileProductOffer({ ...draft, companions: [] })).toBeNull();
    expect(compileProductOffer({ ...draft, companions: [{ product: product(7), weight: 1 }] })).toBeNull();
  });

  test("stays under Shopify's limit for Functions whatever the length of the ids, dropping from the tail", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.bigInt({ min: 1n, max: 10n ** 20n - 200n }), (count, from) => {
        const many = Array.from({ length: count }, (_, i) => ({
          product: gid("Product", from + BigInt(i + 1)),
          weight: (i + 1) / 997,
        }));
        const compiled = compileProductOffer({
          product: gid("Product", from),
          discountBasisPoints: 10_000,
          setSize: 3,
          companions: many,
        })!;
        expect(Buffer.byteLength(compiled.offer)).toBeLessThan(10_000);
        const offer = parseProductOffer(compiled.offer)!;
        expect(offer.companions.length + compiled.dropped).toBe(count);
        expect(offer.companions.map((c) => c.product)).toEqual(
          many.slice(0, offer.companions.length).map((c) => c.product.split("/").at(-1)),
        );
        expect(JSON.parse(compiled.companions)).toEqual(many.slice(0, 8).map((c) => c.product));
      }),
    ));

  test.each([
    ["absent", null],
    ["not JSON", "{"],
    ["a list", []],
    [
      "of another version",
      { version: 2, id: "bt-1", discountBasisPoints: 0, companions: [{ product: "1", weight: 1 }] },
    ],
    [
      "with a discount above the price",
      { version: 1, id: "a", discountBasisPoints: 10_001, companions: [{ product: "1" }] },
    ],
    ["with no companion that can be read", { version: 1, id: "a", discountBasisPoints: 0, companions: [{}, null, 7] }],
  ])("that is %s is no offer", (_, value) => expect(parseProductOffer(value)).toBeNull());

  test("any JSON at all is read without throwing", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseProductOffer(value);
        parseProductOffer({ ...(value as object), version: 1 });
        parseProductOffer({ ...OFFER, segments: value, ordersUntil: value });
        parseProductOffer({ ...OFFER, segments: [value, { by: "rank", is: "A", companions: value }] });
        parseCustomer({ ...(value as object), version: 1 });
        parseCustomer({ version: 1, owned: value, adds: value });
        parsePolicy({ ...(value as object), version: 1 });
        parseStorefront({ ...(value as object), version: 1 });
        parseCheckout({ ...(value as object), version: 1 });
      }),
    ));
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
    parseProductOffer(compileProductOffer(draft(segments, given))!.offer)!;
  const names = (segments: SegmentDraft[]) => published(segments).segments?.map(({ is }) => is) ?? [];

  test("are read as they were compiled, and their further products are named for Liquid", () => {
    const compiled = compileProductOffer(
      draft([segment("customer", "returning", 2, 109), segment("market", "EUR", 1)]),
    )!;
    expect(parseProductOffer(compiled.offer)!.segments).toEqual([
      {
        by: "customer",
        is: "returning",
        companions: [0.5, 0.3333].map((weight, i) => ({ product: `${109 + i}`, weight })),
      },
      { by: "market", is: "EUR", companions: [{ product: "200", weight: 0.5 }] },
    ]);
    expect(JSON.parse(compiled.segmentCompanions!)).toEqual([109, 110, 200].map(product));
    expect(compileProductOffer(draft([segment("market", "EUR", 3, 103)]))!.segmentCompanions).toBeNull();
    expect(compileProductOffer(draft([]))!.segmentCompanions).toBeNull();
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

  test("that are like everybody's are left out, unless a later one would take their shoppers", () => {
    const like = (by: SegmentDraft["by"], is: string) => segment(by, is, 10, 100);
    expect(names([like("customer", "new"), segment("customer", "returning")])).toEqual(["returning"]);
    expect(names([like("customer", "new"), segment("market", "EUR")])).toEqual(["new", "EUR"]);
    expect(names([segment("market", "EUR"), like("customer", "new")])).toEqual(["EUR"]);
    expect(names([segment("market", "EUR", 0)])).toEqual([]);
  });

  test("go from the last where there are more than four, or the offer would be too long for a Function's input", () => {
    const five = ["EUR", "JPY", "GBP", "CAD", "AUD"].map((is, i) => segment("market", is, 8, 200 + i));
    expect(names(five)).toEqual(["EUR", "JPY", "GBP", "CAD"]);
    const long = (from: number) =>
      companions(24, from).map((one, i) => ({ ...one, product: gid("Product", 10n ** 19n + BigInt(from + i)) }));
    const compiled = compileProductOffer(
      draft(
        five.map((one, i) => ({ ...one, companions: long(100 * i) })),
        { companions: long(1000) },
      ),
    )!;
    const offer = parseProductOffer(compiled.offer)!;
    expect(compiled.offer.length).toBeLessThanOrEqual(2_400);
    expect(offer.segments!.map(({ is }) => is)).toEqual(["EUR", "JPY"]);
    expect([offer.companions.length, compiled.dropped]).toEqual([24, 0]);
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
          const offer = parseProductOffer(compiled.offer)!;
          const resolved = [compiled.companions, compiled.segmentCompanions ?? "[]"].flatMap(
            (ids) => JSON.parse(ids) as string[],
          );
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
  const told = (orders: (number | undefined)[]) =>
    companions(orders.length).map((companion, i) => ({ ...companion, orders: orders[i] }));
  const compiled = (given: Partial<ProductOfferDraft>) =>
    JSON.parse(
      compileProductOffer({
        product: product(7),
        discountBasisPoints: 0,
        setSize: 3,
        companions: told([40]),
        ...given,
      })!.offer,
    ) as PublishedOffer;

  test("are told with the end of their days, of what a set can show", () => {
    const offer = compiled({ companions: told(Array(10).fill(40) as number[]), ordersUntil: until });
    expect(offer.companions.map(({ orders }) => orders ?? null)).toEqual([...Array(8).fill(40), null, null]);
    expect(offer.ordersUntil).toBe(Date.parse("2026-11-20T10:00:00Z") / 1000);
  });

  test("leave no trace where there are none", () =>
    expect(compiled({ companions: told([undefined]), ordersUntil: until })).not.toHaveProperty("ordersUntil"));

  test("can be told for a week, and not where their days end in the future", () => {
    const after = (days: number) => isFreshToTell(until, new Date(until.getTime() + days * 86_400_000));
    expect([after(0), after(6.9), after(7.1), after(-0.5), after(-2)]).toEqual([true, true, false, true, false]);
  });
});

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
    companionsFor(parseProductOffer({ ...OFFER, segments })!, shopper(known)).map((companion) => companion.product);

  test("give a shopper the list of the first segment the shopper is in, and everybody else the offer's own", () => {
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
    expect(listedProducts(parseProductOffer({ ...OFFER, segments })!)).toEqual(["1", "2", "20", "21"]);
  });

  test("that are unknown, broken or too many are left out, and the offer stands", () => {
    const broken = [null, 7, segment("weather", "rain", "20"), segment("market", "", "20"), segment("rank", "A")];
    expect(parseProductOffer({ ...OFFER, segments: broken })).toEqual(OFFER);
    expect(parseProductOffer({ ...OFFER, segments: "all" })).toEqual(OFFER);
    const many = ["EUR", "JPY", "GBP", "CAD", "AUD"].map((currency) => segment("market", currency, "20"));
    expect(parseProductOffer({ ...OFFER, segments: many })!.segments!.map(({ is }) => is)).toEqual([
      "EUR",
      "JPY",
      "GBP",
      "CAD",
    ]);
    const long = segment("market", "EUR", ...Array.from({ length: 9 }, (_, i) => String(20 + i)));
    expect(parseProductOffer({ ...OFFER, segments: [long] })!.segments![0]!.companions).toHaveLength(8);
  });
});

test("a number of orders below ten, or that is none, is never read", () => {
  const orders = [112, 10, 9, 0, -20, 10.5, "50", null];
  const companions = orders.map((count, i) => ({ product: String(i + 1), weight: 1, orders: count }));
  const offer = parseProductOffer({ ...OFFER, companions, ordersUntil: 1_790_000_000 })!;
  expect(offer.companions.map((companion) => companion.orders ?? null)).toEqual([112, 10, ...Array(6).fill(null)]);
  expect(offer.ordersUntil).toBe(1_790_000_000);
  expect(parseProductOffer({ ...OFFER, ordersUntil: "soon" })).toEqual(OFFER);
});

describe("what is published of a customer", () => {
  test("is read as it was written, unknown fields left out", () => {
    const adds = [
      { product: "6", weight: 0.25 },
      { product: "7", weight: 0.2, again: true },
    ];
    const customer = { version: 1, rank: "B", returning: true, owned: ["5"], adds };
    expect(parseCustomer({ ...customer, email: "x" })).toEqual(customer);
    expect(parseCustomer(JSON.stringify(customer))).toEqual(customer);
  });

  test("says nothing where it is broken, and no more than it may", () => {
    const nothing = { version: 1, rank: null, returning: false, owned: [], adds: [] };
    expect(parseCustomer({ version: 1, rank: "E", returning: "yes", owned: 5, adds: [null] })).toEqual(nothing);
    expect(parseCustomer({ version: 2 })).toBeNull();
    const numbers = Array.from({ length: 60 }, (_, i) => String(i + 1));
    const full = parseCustomer({ version: 1, owned: numbers, adds: numbers.map((number) => ({ product: number })) })!;
    expect([full.owned.length, full.adds.length]).toEqual([50, 24]);
  });
});

describe("the shop's settings", () => {
  test("reach Liquid in hundredths and everything else in minor units", () => {
    const goal = { USD: 7500, JPY: 8000, KWD: 25_500 };
    expect(parseStorefront(compileStorefront({ enabled: true, goal }))).toEqual({
      version: 1,
      enabled: true,
      goal: { USD: 7500, JPY: 800_000, KWD: 2550 },
      goalMinor: goal,
    });
    expect(parseCheckout(compileCheckout({ goal }))).toEqual({ version: 1, goal });
    expect(parseCheckout(compileCheckout({ goal, history: true }))).toEqual({ version: 1, goal, history: true });
    expect(parsePolicy(compilePolicy({ sets: true, goal }))!.goal).toEqual(goal);
  });

  test("without a goal are read as without one", () => {
    expect(parsePolicy(compilePolicy({ sets: false, goal: {} }))!.goal).toBeNull();
    expect(parseStorefront(compileStorefront({ enabled: true, goal: null }))!.goal).toBeNull();
  });

  test("refuse an amount that is no positive integer", () => {
    expect(() => compilePolicy({ sets: true, goal: { USD: 0 } })).toThrow("Not a goal amount");
    expect(() => compileCheckout({ goal: { USD: 10.5 } })).toThrow("Not an integer amount");
  });

  test("compile to the same text whatever the order of currencies", () =>
    expect(compileCheckout({ goal: { USD: 1, EUR: 2 } })).toBe(compileCheckout({ goal: { EUR: 2, USD: 1 } })));
});
