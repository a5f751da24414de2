import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { greatestPositions, nthGreatest } from "./nth-greatest.ts";
import { evenRanges, joinPairRows, pairLookup, pairRows, pairWeights } from "./pair-weights.ts";
import { GIANT_ORDER, orderWeights, trainingBaskets } from "./training-baskets.ts";

const EVEN = { sizePower: 0, halfLife: null };
const RECENT = { sizePower: 0.5, halfLife: 0.25 };
const shops = fc.array(fc.subarray([..."abcdefghij"], { minLength: 1 }), { minLength: 1, maxLength: 40 });

function basketsOf(shop: readonly (readonly string[])[]) {
  const builder = new BasketTableBuilder();
  shop.forEach((items, order) =>
    items.forEach((item) => builder.add(`o${String(order).padStart(4)}`, null, order, item)),
  );
  return trainingBaskets(builder.build());
}

test("pair weights equal a brute-force sum over the baskets, in both halves, partners ascending", () => {
  fc.assert(
    fc.property(shops, fc.constantFrom(0, 0.5, 1), fc.constantFrom(null, 0.5), (shop, sizePower, halfLife) => {
      const baskets = basketsOf(shop);
      const { start, items, itemCount } = baskets;
      const weights = orderWeights(baskets, { sizePower, halfLife });
      const expected = new Float64Array(itemCount * itemCount);
      for (let order = 0; order < shop.length; order++) {
        const basket = items.subarray(start[order], start[order + 1]);
        for (const a of basket) for (const b of basket) expected[a * itemCount + b]! += weights[order]!;
      }
      const pairs = pairWeights(baskets, [EVEN, { sizePower, halfLife }])[1]!;
      const lookUp = pairLookup(pairs);
      const others = Uint32Array.from({ length: itemCount }, (_, item) => item);
      const row = new Float64Array(itemCount);
      for (let item = 0; item < itemCount; item++) {
        const partners = [...pairs.partner.subarray(pairs.start[item], pairs.start[item + 1])];
        expect(partners).toEqual(partners.toSorted((a, b) => a - b));
        lookUp(item, others, itemCount, row, 0);
        for (let other = 0; other < itemCount; other++) {
          const found = item === other ? pairs.own[item]! : row[other]!;
          expect(found).toBeCloseTo(expected[item * itemCount + other]!, 5);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("the square and the search find the same weights", () => {
  const wide = basketsOf(
    Array.from({ length: 50 }, (_, k) => Array.from({ length: 100 }, (_, i) => `i${(k * 97 + i * i) % 4200}`)),
  );
  const many = basketsOf([...Array.from({ length: 4200 }, (_, i) => [`i${i}`])]);
  const pairs = pairWeights(wide, [EVEN])[0]!;
  // The same rows under a catalogue too large for a square.
  const large = { ...pairs, own: new Float64Array(many.itemCount), start: new Uint32Array(many.itemCount + 1) };
  large.start.set(pairs.start);
  large.start.fill(pairs.start.at(-1)!, pairs.start.length);
  const others = Uint32Array.from({ length: wide.itemCount }, (_, item) => item);
  const [bySquare, bySearch] = [pairLookup(pairs), pairLookup(large)];
  const square = new Float64Array(others.length);
  const search = new Float64Array(others.length);
  for (const item of others.subarray(0, 200)) {
    bySquare(item, others, others.length, square, 0);
    bySearch(item, others, others.length, search, 0);
    expect(search).toEqual(square);
  }
});

test("a bound on pairs drops the lightest and keeps the heavy ones whole", () => {
  const shop = Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? ["a", "b"] : [`x${k}`, `y${k}`]));
  const baskets = basketsOf(shop);
  const bounded = pairWeights(baskets, [EVEN], 10)[0]!;
  expect([...bounded.partner]).toEqual([1, 0]);
  expect([...bounded.weight]).toEqual([20, 20]);
});

test("rows counted apart and joined are those counted at once, bounded or not", () => {
  fc.assert(
    fc.property(shops, fc.integer({ min: 1, max: 6 }), fc.constantFrom(3, 10, 1000), (shop, pieces, most) => {
      const baskets = basketsOf(shop);
      const rows = evenRanges(baskets, pieces).map(({ from, to }) => pairRows(baskets, [EVEN, RECENT], from, to, most));
      expect(joinPairRows(baskets.itemCount, rows, most)).toEqual(pairWeights(baskets, [EVEN, RECENT], most));
    }),
  );
});

test("an order of thousands of items says nothing about pairs", () => {
  const giant = Array.from({ length: GIANT_ORDER + 1 }, (_, k) => `g${k}`);
  const baskets = basketsOf([giant, ["a", "b"]]);
  const pairs = pairWeights(baskets, [{ sizePower: 0.5, halfLife: null }])[0]!;
  expect(pairs.partner.length).toBe(2);
});

test("selection agrees with sorting, equal values and all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 12 }),
      (list, n) => {
        const descending = list.toSorted((a, b) => b - a);
        expect(nthGreatest(Float64Array.from(list), list.length, n)).toBe(descending[Math.min(n, list.length) - 1]);
        const positions = [...greatestPositions(Float32Array.from(list), n, new Float32Array(list.length))];
        const expected = list
          .map((value, position) => ({ value, position }))
          .toSorted((a, b) => b.value - a.value || a.position - b.position)
          .slice(0, n)
          .map(({ position }) => position);
        expect(positions).toEqual(expected.toSorted((a, b) => a - b));
      },
    ),
  );
});
