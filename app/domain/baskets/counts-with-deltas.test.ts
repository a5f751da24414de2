import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "./basket-table.ts";
import type { BasketDelta, CountedBasket } from "./basket-delta.ts";
import { companionCounts } from "./companion-counts.ts";
import { countsWithDeltas } from "./counts-with-deltas.ts";
import { KEPT_COMPANIONS, type ProductCounts } from "./product-counts.ts";

type Baskets = ReadonlyMap<string, CountedBasket>;
type Companions = ReadonlyMap<string, ReadonlySet<string>>;

const NO_COMPANIONS: Companions = new Map();

const basket = (at: number, ...products: number[]): CountedBasket => ({ at, products: new Set(products.map(String)) });
const step = fc.record({
  orderId: fc.integer({ min: 1, max: 6 }).map(String),
  after: fc.option(
    fc.record({
      at: fc.integer({ min: 0, max: 5 }).map((second) => second * 1000),
      products: fc.uniqueArray(fc.integer({ min: 8, max: 13 }).map(String), { minLength: 1, maxLength: 4 }),
    }),
    { freq: 3 },
  ),
});

/** Counts all baskets with the companions that are kept. */
function countAll(baskets: Baskets, kept: Companions): Map<string, ProductCounts> {
  const builder = new BasketTableBuilder();
  for (const [order, { at, products }] of baskets) for (const one of products) builder.add(order, null, at, one);
  const table = builder.build();
  const id = (item: number) => table.itemIds[item]!;
  const besides = (item: number) => [...(kept.get(id(item)) ?? [])].map((one) => table.itemIds.indexOf(one));
  const counts = companionCounts(table, { most: KEPT_COMPANIONS, besides });
  return new Map(
    [...counts].map(({ item, baskets, firstAt, lastAt, companions }) => [
      id(item),
      {
        ...{ productId: id(item), baskets, firstAt, lastAt },
        companions: companions.map(({ item, ...count }) => ({ productId: id(item), ...count })),
      },
    ]),
  );
}

/** Orders that are added, changed and deleted, and their deltas. */
function happens(before: Baskets, steps: Iterable<{ orderId: string; after: CountedBasket | null }>) {
  const baskets = new Map(before);
  const deltas: BasketDelta[] = [];
  for (const { orderId, after } of steps) {
    deltas.push({ orderId, before: baskets.get(orderId) ?? null, after });
    if (after === null) baskets.delete(orderId);
    else baskets.set(orderId, after);
  }
  return { baskets, deltas };
}

const steps = fc.array(
  step.map(({ orderId, after }) => ({
    orderId,
    after: after === null ? null : { at: after.at, products: new Set(after.products) },
  })),
  { maxLength: 12 },
);

test("stored counts plus deltas equal counting all baskets from scratch, after any additions, changes and deletions", () => {
  fc.assert(
    fc.property(steps, steps, (earlier, later) => {
      const stored = happens(new Map(), earlier).baskets;
      const { baskets, deltas } = happens(stored, later);
      const asked = ["8", "9", "10", "11", "12", "13"];
      const given = { stored: countAll(stored, NO_COMPANIONS), deltas, listed: NO_COMPANIONS, chosen: NO_COMPANIONS };
      const { counts, stale, stalePairs } = countsWithDeltas(asked, given);
      const recounted = countAll(baskets, NO_COMPANIONS);
      for (const product of asked) {
        if (stale.includes(product)) expect(recounted.has(product)).toBe(true);
        else expect(counts.get(product)).toEqual(recounted.get(product));
      }
      expect(stalePairs).toEqual([]);
    }),
  );
});

test("no product needs a recount while orders only arrive, or change again before they are counted", () => {
  fc.assert(
    fc.property(steps, steps, (earlier, later) => {
      const stored = happens(new Map(), earlier).baskets;
      const { baskets, deltas } = happens(
        stored,
        later.map(({ orderId, after }) => ({ orderId: `new-${orderId}`, after })),
      );
      const recounted = countAll(baskets, NO_COMPANIONS);
      const given = { stored: countAll(stored, NO_COMPANIONS), deltas, listed: NO_COMPANIONS, chosen: NO_COMPANIONS };
      expect(countsWithDeltas(recounted.keys(), given)).toEqual({ counts: recounted, stale: [], stalePairs: [] });
    }),
  );
});

test("the result does not depend on the order in which different orders' deltas arrive", () => {
  fc.assert(
    fc.property(steps, steps, fc.array(fc.nat(100), { minLength: 12, maxLength: 12 }), (earlier, later, random) => {
      const stored = happens(new Map(), earlier).baskets;
      const { deltas } = happens(stored, later);
      // Those of one order keep their own order.
      const places = new Map(deltas.map(({ orderId }, n) => [orderId, random[n]!]));
      const shuffled = deltas.toSorted((a, b) => places.get(a.orderId)! - places.get(b.orderId)!);
      const given = { stored: countAll(stored, NO_COMPANIONS), listed: NO_COMPANIONS, chosen: NO_COMPANIONS };
      const asked = ["8", "9", "10", "11", "12", "13"];
      expect(countsWithDeltas(asked, { ...given, deltas: shuffled })).toEqual(
        countsWithDeltas(asked, { ...given, deltas }),
      );
    }),
  );
});

test("an order that is added and deleted again leaves the stored counts unchanged", () => {
  const stored = countAll(new Map([["1", basket(1000, 8, 9)]]), NO_COMPANIONS);
  const { deltas } = happens(new Map(), [
    { orderId: "2", after: basket(9000, 8, 10) },
    { orderId: "2", after: null },
  ]);
  const given = { stored, deltas, listed: NO_COMPANIONS, chosen: NO_COMPANIONS };
  expect(countsWithDeltas(["8", "9", "10"], given)).toEqual({ counts: stored, stale: [], stalePairs: [] });
});

/** Product 1 with many companions; those with lower numbers are more frequent. */
const crowded: Baskets = new Map(
  Array.from({ length: 160 }, (_, n) => [`old-${n}`, basket(n * 1000, 1, ...others(2 + (n % 3), 162 - n))]),
);

function others(from: number, many: number): number[] {
  return Array.from({ length: many }, (_, step) => from + step);
}

test("known counts are exact, and listed and chosen pairs known, for a product with more companions than are kept", () => {
  const some = fc.uniqueArray(fc.integer({ min: 2, max: 170 }), { minLength: 1, maxLength: 30 });
  const names = fc.uniqueArray(fc.integer({ min: 2, max: 170 }).map(String), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.option(some, { freq: 4 })), { maxLength: 8 }),
      ...([names, names] as const),
      (changes, listedNames, chosenNames) => {
        const listed = new Map([["1", new Set(listedNames)]]);
        const chosen = new Map([["1", new Set(chosenNames)]]);
        const stored = countAll(crowded, listed);
        expect(stored.get("1")!.companions.length).toBeGreaterThanOrEqual(KEPT_COMPANIONS);
        const after = changes.map(([order, products]) => ({
          orderId: `old-${order}`,
          after: products === null ? null : basket(order * 1000, 1, ...products),
        }));
        const { baskets, deltas } = happens(crowded, after);
        const { counts, stale, stalePairs } = countsWithDeltas(["1"], { stored, deltas, listed, chosen });
        const allPairs = new Map([["1", new Set(others(2, 170).map(String))]]);
        const exact = countAll(baskets, allPairs).get("1")!;
        if (stale.length > 0) return;
        const counted = counts.get("1")!;
        const exactOf = new Map(exact.companions.map((one) => [one.productId, one]));
        for (const one of counted.companions) expect(one).toEqual(exactOf.get(one.productId));
        const known = new Set(counted.companions.map(({ productId }) => productId));
        const pairs = stalePairs.map(({ companion }) => companion);
        for (const wanted of [...listedNames, ...chosenNames]) {
          if (exactOf.has(wanted)) expect([...known, ...pairs]).toContain(wanted);
        }
        for (const pair of pairs) expect(known.has(pair)).toBe(false);
      },
    ),
    { numRuns: 30 },
  );
});

test("an order of thousands of products changes only companions that are kept, not every pair", () => {
  const stored = countAll(new Map([["1", basket(1000, 1, 2)]]), NO_COMPANIONS);
  const huge = basket(2000, ...others(1, 10_000));
  const asked = others(1, 100).map(String);
  const listed = new Map([["1", new Set(["7", "20000"])]]);
  const chosen = new Map([["1", new Set(["9"])]]);
  const deltas: BasketDelta[] = [{ orderId: "2", before: null, after: huge }];
  const { counts, stale, stalePairs } = countsWithDeltas(asked, { stored, deltas, listed, chosen });
  expect(counts.get("1")!.companions.map(({ productId, together }) => [productId, together])).toEqual([
    ["2", 2],
    ["7", 1],
    ["9", 1],
  ]);
  expect(counts.get("50")).toEqual({ productId: "50", baskets: 1, firstAt: 2000, lastAt: 2000, companions: [] });
  expect([stale, stalePairs]).toEqual([[], []]);
});
