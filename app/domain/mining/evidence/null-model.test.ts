import fc from "fast-check";
import { expect, test } from "vitest";
import { independentBaskets, type Random, type ShopKind } from "../../../../test/fixtures/made-up-baskets.ts";
import { associate } from "./association.ts";
import { BasketTableBuilder, type BasketTable } from "../../baskets/basket-table.ts";
import { evidenceLimits } from "./evidence-limits.ts";
import { basketMargins, chanceOfTogether, NullModel } from "./null-model.ts";
import { countPairs } from "./pair-counts.ts";

/** Uniform numbers in [0, 1), the same in every run. */
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Swaps products between baskets until all ways to fill them are equally likely; sizes and numbers of orders stay. */
function shuffle(random: Random, baskets: number[][], rounds: number): void {
  const holders = baskets.flatMap((basket, order) => basket.map(() => order));
  const any = () => holders[Math.floor(random() * holders.length)]!;
  for (let swap = 0; swap < holders.length * rounds; swap++) {
    const [a, b] = [baskets[any()]!, baskets[any()]!];
    const [at, to] = [Math.floor(random() * a.length), Math.floor(random() * b.length)];
    const [one, other] = [a[at]!, b[to]!];
    if (a.includes(other) || b.includes(one)) continue;
    [a[at], b[to]] = [other, one];
  }
}

function tableOf(baskets: readonly (readonly number[])[]): BasketTable {
  const builder = new BasketTableBuilder();
  baskets.forEach((basket, n) => basket.forEach((item) => builder.add(`${n}`, null, n, `p${item + 1000}`)));
  return builder.build();
}

function gradesOf(baskets: readonly (readonly number[])[]) {
  const pairs = countPairs(tableOf(baskets), 5);
  const standard = evidenceLimits(pairs);
  const counts = { strong: 0, fair: 0, thin: 0 };
  for (let a = 0; a < pairs.itemOrders.length; a++) {
    for (let at = pairs.start[a]!; at < pairs.start[a + 1]!; at++) {
      const [ordersA, ordersB] = [pairs.itemOrders[a]!, pairs.itemOrders[pairs.partner[at]!]!];
      const given = { together: pairs.together[at]!, ordersA, ordersB, orders: pairs.orders };
      counts[associate({ ...given, firstAt: null, lastAt: null }, standard).grade]++;
    }
  }
  return counts;
}

/** Sizes as real shops have them and as they do not: what the null has to hold for. */
const SHOPS: readonly ShopKind[] = [
  { name: "one to five items", orders: 400, products: 40, size: (random) => 1 + Math.floor(random() * 5) },
  {
    name: "one order in five large",
    orders: 400,
    products: 30,
    size: (random) => (random() < 0.8 ? 1 : 2 + Math.floor(random() * 11)),
  },
  {
    name: "3 % wholesale orders of 40",
    orders: 300,
    products: 80,
    size: (random) => (random() < 0.03 ? 40 : 1 + Math.floor(random() * 3)),
  },
  { name: "always two items", orders: 300, products: 25, size: () => 2 },
];

test.each(SHOPS)("expects what shuffling the products over the baskets gives: $name", (kind) => {
  const random = seeded(5);
  const { products } = kind;
  const baskets = independentBaskets(random, kind);
  const itemOrders = new Uint32Array(products);
  baskets.forEach((basket) => basket.forEach((item) => itemOrders[item]!++));
  const expected = new NullModel(basketMargins(tableOf(baskets)));
  const together = new Float64Array(products * products);
  shuffle(random, baskets, 6);
  const ROUNDS = 400;
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(random, baskets, 2);
    for (const basket of baskets) for (const a of basket) for (const b of basket) together[a * products + b]!++;
  }
  let [all, shuffled] = [0, 0];
  for (let a = 0; a < products; a++) {
    for (let b = 0; b < a; b++) {
      const mean = together[a * products + b]! / ROUNDS;
      const own = expected.expected(itemOrders[a]!, itemOrders[b]!);
      [all, shuffled] = [all + own, shuffled + mean];
      // Never less than shuffling gives, and little more: the higher of two models counts.
      if (mean >= 2) expect(own / mean).toBeGreaterThan(0.9);
      if (mean >= 2) expect(own / mean).toBeLessThan(1.3);
    }
  }
  expect(all / shuffled).toBeGreaterThan(0.995);
  expect(all / shuffled).toBeLessThan(1.08);
});

test.each(SHOPS)("shows companions in at most 5 of 100 shops where nothing goes together: $name", (kind) => {
  const random = seeded(11);
  let shops = 0;
  for (let shop = 0; shop < 60; shop++) {
    const { strong, fair } = gradesOf(independentBaskets(random, kind));
    if (strong + fair > 0) shops++;
  }
  expect(shops).toBeLessThanOrEqual(3);
});

test("finds pairs that go together beside large baskets, and nothing else", () => {
  const random = seeded(3);
  const size = (next: Random) => (next() < 0.03 ? 30 : 1 + Math.floor(next() * 3));
  const baskets = independentBaskets(random, { name: "large baskets too", orders: 1500, products: 80, size });
  // Products 60 and 61, 62 and 63, and so on: in one order of forty both of a pair.
  const planted = baskets.map((basket, n) => {
    const pair = 60 + 2 * (Math.floor(n / 40) % 8);
    return n % 8 === 0 ? [...new Set([...basket, pair, pair + 1])] : basket;
  });
  const { strong, fair } = gradesOf(planted);
  expect(strong).toBe(8);
  expect(fair).toBe(0);
});

test("expects nothing of baskets of one item, and everything of baskets that hold all", () => {
  const model = (sizes: [number, number][], orders: [number, number][]) =>
    new NullModel({ sizes: new Map(sizes), orders: new Map(orders) });
  const singles = model(
    [[1, 100]],
    [
      [60, 1],
      [40, 1],
    ],
  );
  expect(singles.expected(60, 40)).toBeLessThan(1e-6);
  expect(model([[3, 50]], [[50, 3]]).expected(50, 50)).toBeCloseTo(50, 2);
  expect(model([], []).expected(5, 5)).toBe(0);
});

test("expects no more orders together than the rarer product has, and the pairs that there are", () => {
  const basket = fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.array(basket, { minLength: 1, maxLength: 60 }), (baskets) => {
      const pairs = countPairs(tableOf(baskets), 1);
      const { itemOrders } = pairs;
      const model = new NullModel(basketMargins(tableOf(baskets)));
      let all = 0;
      for (let a = 0; a < itemOrders.length; a++) {
        for (let b = 0; b < a; b++) {
          const expected = model.expected(itemOrders[a]!, itemOrders[b]!);
          expect(expected).toBe(model.expected(itemOrders[b]!, itemOrders[a]!));
          expect(expected).toBeGreaterThanOrEqual(0);
          expect(expected).toBeLessThanOrEqual(Math.min(itemOrders[a]!, itemOrders[b]!));
          all += expected;
        }
      }
      const real = pairs.together.reduce((sum, count) => sum + count, 0);
      if (real > 0) expect(all / real).toBeGreaterThan(0.9);
      if (real > 0) expect(all / real).toBeLessThan(1.3);
    }),
  );
});

test("gives probabilities that fall as orders together rise, never below what shuffling gives", () => {
  expect(chanceOfTogether(0, 10, 20, 3)).toBe(1);
  expect(chanceOfTogether(11, 10, 20, 3)).toBe(0);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (ordersA, ordersB, share) => {
        const expected = Math.min(ordersA, ordersB) * share;
        for (let together = 0; together < Math.min(ordersA, ordersB); together++) {
          const p = chanceOfTogether(together, ordersA, ordersB, expected);
          expect(p).toBeLessThanOrEqual(1);
          expect(chanceOfTogether(together + 1, ordersA, ordersB, expected)).toBeLessThanOrEqual(p + 1e-9);
        }
      },
    ),
  );
});
