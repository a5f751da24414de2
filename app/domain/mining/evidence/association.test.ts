import fc from "fast-check";
import { expect, test } from "vitest";
import { associate, GradedPair, liftInterval, trendOf, wilsonInterval, type PairEvidence } from "./association.ts";
import { evidenceLimits, limitsOf } from "./evidence-limits.ts";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { countPairs } from "./pair-counts.ts";

const buildPair = (pair: Partial<PairEvidence> = {}): PairEvidence => ({
  together: 40,
  ordersA: 100,
  ordersB: 80,
  orders: 2000,
  firstAt: 0,
  lastAt: 86_400_000,
  ...pair,
});
/** Baskets that are all alike: two products meet by chance in a b / N orders. */
const EQUAL_BASKETS = { expected: (ordersA: number, ordersB: number) => (ordersA * ordersB) / 2000 };
const STANDARD = { strong: 1e-6, fair: 1e-4, chance: EQUAL_BASKETS };

/** Uniform numbers in [0, 1), the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const anyPair = fc
  .record({
    both: fc.integer({ min: 0, max: 60 }),
    onlyA: fc.integer({ min: 0, max: 60 }),
    onlyB: fc.integer({ min: 0, max: 60 }),
    neither: fc.integer({ min: 0, max: 200 }),
  })
  .filter(({ both, onlyA, onlyB }) => both + onlyA > 0 && both + onlyB > 0)
  .map(({ both, onlyA, onlyB, neither }) =>
    buildPair({ together: both, ordersA: both + onlyA, ordersB: both + onlyB, orders: both + onlyA + onlyB + neither }),
  );

test("a pair is graded as when all its figures are worked out", () => {
  const limits = fc.constantFrom(STANDARD, { ...STANDARD, strong: 0.01, fair: 0.5 });
  fc.assert(
    fc.property(anyPair, limits, (pair, standard) => {
      const graded = new GradedPair(pair, standard);
      expect(graded.grade).toBe(associate(pair, standard).grade);
      expect(graded.associate()).toEqual(associate(pair, standard));
    }),
    { numRuns: 1_000 },
  );
});

test("gives support, confidence both ways and lift", () => {
  const { support, confidenceAB, confidenceBA, lift } = associate(buildPair(), STANDARD);
  expect([support, confidenceAB.value, confidenceBA.value, lift.value]).toEqual([0.02, 0.4, 0.5, 10]);
});

test("agrees with published Wilson intervals", () => {
  const { low, high } = wilsonInterval(81, 263);
  expect([low, high].map((bound) => bound.toFixed(4))).toEqual(["0.2553", "0.3662"]);
  expect(wilsonInterval(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
});

test("keeps every estimate within its own interval", () => {
  fc.assert(
    fc.property(anyPair, (pair) => {
      for (const { value, low, high } of [
        wilsonInterval(pair.together, pair.ordersA),
        liftInterval(pair, (pair.ordersA * pair.ordersB) / pair.orders),
      ]) {
        expect(low).toBeLessThanOrEqual(value * (1 + 1e-12));
        expect(high).toBeGreaterThanOrEqual(value * (1 - 1e-12));
        expect(low).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("covers the true share and the true lift in about 95 of 100 samples", () => {
  const random = seeded(7);
  const share = { both: 0.06, onlyA: 0.14, onlyB: 0.24 };
  const trueLift = share.both / ((share.both + share.onlyA) * (share.both + share.onlyB));
  let shareCovered = 0;
  let liftCovered = 0;
  for (let sample = 0; sample < 1000; sample++) {
    const counts = { together: 0, ordersA: 0, ordersB: 0, orders: 400 };
    for (let order = 0; order < counts.orders; order++) {
      const u = random();
      const a = u < share.both + share.onlyA;
      const b = u < share.both || (u >= share.both + share.onlyA && u < share.both + share.onlyA + share.onlyB);
      counts.together += a && b ? 1 : 0;
      counts.ordersA += a ? 1 : 0;
      counts.ordersB += b ? 1 : 0;
    }
    const confidence = wilsonInterval(counts.together, counts.ordersA);
    const lift = liftInterval(counts, (counts.ordersA * counts.ordersB) / counts.orders);
    if (confidence.low <= 0.3 && 0.3 <= confidence.high) shareCovered++;
    if (lift.low <= trueLift && trueLift <= lift.high) liftCovered++;
  }
  expect(shareCovered).toBeGreaterThan(930);
  expect(shareCovered).toBeLessThan(970);
  expect(liftCovered).toBeGreaterThan(930);
  expect(liftCovered).toBeLessThan(970);
});

test("calls a pair strong, fair or thin, and says why", () => {
  expect(associate(buildPair(), STANDARD).grade).toBe("strong");
  expect(associate(buildPair({ together: 9, ordersA: 30, ordersB: 30 }), STANDARD).grade).toBe("fair");
  const rare = associate(buildPair({ together: 4, ordersA: 4, ordersB: 4 }), STANDARD);
  expect([rare.grade, rare.why[0]]).toEqual(["thin", { code: "too-few-orders", together: 4, needed: 5 }]);
  const chance = associate(buildPair({ together: 40, ordersA: 1000, ordersB: 80 }), STANDARD);
  expect([chance.grade, chance.why[0]!.code]).toEqual(["thin", "no-more-often-than-chance"]);
  const doubtful = associate(buildPair({ together: 8, ordersA: 60, ordersB: 80, orders: 2000 }), STANDARD);
  expect([doubtful.grade, doubtful.why[0]!.code]).toEqual(["thin", "may-be-chance"]);
});

test("takes a product that is in every order for no companion of any other", () => {
  expect(
    associate(buildPair({ together: 100, ordersA: 100, ordersB: 2000 }), { strong: 1, fair: 1, chance: EQUAL_BASKETS })
      .grade,
  ).toBe("thin");
});

test("tells a trend only where the latest orders differ beyond chance", () => {
  expect(trendOf(buildPair({ recent: { together: 35, ordersA: 50 } }))).toBe("rising");
  expect(trendOf(buildPair({ recent: { together: 5, ordersA: 50 } }))).toBe("falling");
  expect(trendOf(buildPair({ recent: { together: 21, ordersA: 50 } }))).toBe("steady");
  expect(trendOf(buildPair())).toBeNull();
});

test("tells no trend, not even a steady one, where so few orders could show no change", () => {
  expect(trendOf(buildPair({ together: 20, recent: { together: 20, ordersA: 99 } }))).toBeNull();
  expect(trendOf(buildPair({ together: 20, recent: { together: 19, ordersA: 99 } }))).toBeNull();
  expect(trendOf(buildPair({ together: 5, ordersA: 9, recent: { together: 2, ordersA: 4 } }))).toBeNull();
});

test("tells no fall where a rise could not have been shown", () => {
  // Both of two earlier orders, and 3 of 50: a fall by the test, but none of two and 5 of 50 would be no rise.
  expect(trendOf(buildPair({ together: 5, ordersA: 52, recent: { together: 3, ordersA: 50 } }))).toBeNull();
});

test.each([
  [1, 50],
  [2, 50],
  [5, 50],
  [10, 50],
  [20, 50],
  [50, 50],
  [200, 50],
  [20, 200],
])(
  "tells of a change in at most 5 of 100 pairs that have a trend and did not change, %i earlier orders and %i recent",
  (earlier, recent) => {
    const random = seeded(earlier * 1000 + recent);
    const hitsOf = (orders: number, share: number) =>
      Array.from({ length: orders }, () => random()).filter((u) => u < share).length;
    for (const share of [0.1, 0.3]) {
      let [changes, trends] = [0, 0];
      for (let pair = 0; pair < 1000; pair++) {
        const together = hitsOf(recent, share);
        const all = { together: together + hitsOf(earlier, share), ordersA: earlier + recent };
        const trend = trendOf(buildPair({ ...all, recent: { together, ordersA: recent } }));
        if (trend !== null) trends++;
        if (trend === "rising" || trend === "falling") changes++;
      }
      expect(changes).toBeLessThanOrEqual(0.05 * trends);
    }
  },
);

function randomShop(orders: number, items: number, seed: number) {
  const random = seeded(seed);
  const builder = new BasketTableBuilder();
  for (let order = 0; order < orders; order++) {
    for (let line = 0; line < 3; line++) builder.add(`${order}`, null, order, `item ${Math.floor(random() * items)}`);
  }
  return builder.build();
}

function gradesOf(table: ReturnType<typeof randomShop>) {
  const pairs = countPairs(table, 1);
  const limits = evidenceLimits(pairs);
  const grades: string[] = [];
  for (let a = 0; a < table.itemIds.length; a++) {
    for (let at = pairs.start[a]!; at < pairs.start[a + 1]!; at++) {
      const pair = buildPair({
        together: pairs.together[at]!,
        ordersA: pairs.itemOrders[a]!,
        ordersB: pairs.itemOrders[pairs.partner[at]!]!,
        orders: pairs.orders,
      });
      grades.push(associate(pair, limits).grade);
    }
  }
  return grades;
}

test("finds no pair in shops where nothing goes together, small or large", () => {
  for (const [orders, items] of [
    [32, 8],
    [32, 40],
    [2000, 60],
    [5000, 25],
  ] as const) {
    const found = gradesOf(randomShop(orders, items, orders + items)).filter((grade) => grade !== "thin");
    expect(found.length, `${orders} orders of ${items} items`).toBe(0);
  }
});

test("finds the one true pair of a small shop", () => {
  const builder = new BasketTableBuilder();
  const random = seeded(3);
  for (let order = 0; order < 60; order++) {
    builder.add(`${order}`, null, order, `item ${Math.floor(random() * 20)}`);
    if (order % 4 === 0) for (const item of ["tea", "whisk"]) builder.add(`${order}`, null, order, item);
  }
  expect(gradesOf(builder.build()).filter((grade) => grade !== "thin").length).toBe(1);
});

test("asks of a single finding what Bonferroni would, and less where findings are many", () => {
  expect(limitsOf(Float64Array.of(0.5), 1000).fair).toBeCloseTo(0.05 / 1000, 12);
  expect(limitsOf(Float64Array.of(1e-9, 1e-8, 1e-7, 0.9), 1000).fair).toBeCloseTo((3 * 0.05) / 1000, 12);
  expect(limitsOf(new Float64Array(0), 0)).toEqual({ fair: 0.05, strong: 0.001 });
});
