import fc from "fast-check";
import { expect, test } from "vitest";
import { bestByBruteForce } from "../../../test/fixtures/best-benefits.ts";
import { smallCarts } from "../../../test/fixtures/made-up-benefits.ts";
import type { Benefit, TracedBenefit } from "./benefit.ts";
import { type LineUnits, resolve } from "./resolve.ts";

const savingOf = (traced: readonly TracedBenefit[]) => traced.reduce((sum, { savedMinor }) => sum + savedMinor, 0);

/** Ranks of the units that are taken: places of offers by priority, then by id. */
function ranksOf(traced: readonly TracedBenefit[]): number {
  const offers = traced.map(({ benefit }) => benefit);
  offers.sort((a, b) => b.priority - a.priority || (a.offer < b.offer ? -1 : 1));
  const ranked = [...new Set(offers.map(({ offer }) => offer))];
  return traced.reduce(
    (sum, { benefit, taken }) =>
      sum + ranked.indexOf(benefit.offer) * taken.reduce((units, { quantity }) => units + quantity, 0),
    0,
  );
}

const product = (offer: string, units: Benefit["units"], more: Partial<Benefit> = {}): Benefit => ({
  ...{ offer, class: "product", priority: 0, units },
  ...more,
});
const off = (line: string, quantity: number, amountOffMinor: number) => ({ line, quantity, amountOffMinor });

test("saves as much as any way of sharing out the units does, and prefers what priority and id prefer", () =>
  fc.assert(
    fc.property(smallCarts, ({ lines, benefits }) => {
      const best = bestByBruteForce(lines, benefits);
      const traced = resolve(lines, benefits);
      expect({ saving: savingOf(traced), ranks: ranksOf(traced) }).toEqual(best);
    }),
    { numRuns: 4_000 },
  ));

test("gives no unit two benefits, no benefit more than its limit, and takes sets whole", () =>
  fc.assert(
    fc.property(smallCarts, ({ lines, benefits }) => {
      const traced = resolve(lines, benefits);
      for (const { id, quantity } of lines) {
        const taken = traced.flatMap((each) => each.taken).filter(({ line }) => line === id);
        expect(taken.reduce((sum, each) => sum + each.quantity, 0)).toBeLessThanOrEqual(quantity);
      }
      for (const { benefit, taken } of traced) {
        const units = taken.reduce((sum, { quantity }) => sum + quantity, 0);
        if (benefit.whole) {
          const times = units / benefit.units.reduce((sum, { quantity }) => sum + quantity, 0);
          expect(times).toBe(Math.round(times));
          expect(times).toBeLessThanOrEqual(benefit.limit ?? 1);
        } else expect(units).toBeLessThanOrEqual(benefit.limit ?? Infinity);
      }
    }),
    { numRuns: 2_000 },
  ));

test("does not depend on the order of lines or of benefits", () =>
  fc.assert(
    fc.property(smallCarts, fc.infiniteStream(fc.nat()), ({ lines, benefits }, keys) => {
      const shuffled = <T>(list: readonly T[]) =>
        list
          .map((each) => ({ each, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
      const sorted = (traced: TracedBenefit[]) => traced.map((each) => JSON.stringify(each)).sort();
      expect(sorted(resolve(shuffled(lines), shuffled(benefits)))).toEqual(sorted(resolve(lines, benefits)));
    }),
  ));

test("never saves less than the best single offer, however many lines and offers there are", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (seed) => {
      const { lines, benefits } = largeCart(seed);
      const saving = savingOf(resolve(lines, benefits));
      for (const offer of new Set(benefits.map((benefit) => benefit.offer))) {
        const alone = resolve(
          lines,
          benefits.filter((benefit) => benefit.offer === offer),
        );
        expect(saving).toBeGreaterThanOrEqual(savingOf(alone));
      }
    }),
    { numRuns: 20 },
  ));

function largeCart(seed: number): { lines: LineUnits[]; benefits: Benefit[] } {
  const random = fc.sample(fc.integer({ min: 0, max: 9_999 }), { numRuns: 3_000, seed });
  let next = 0;
  const integer = (most: number) => random[next++ % random.length]! % most;
  const lines = Array.from({ length: 120 }, (_, i) => ({ id: `line-${i}`, quantity: 1 + integer(9) }));
  const benefits = Array.from({ length: 60 }, (_, i) =>
    product(
      `bt-${1 + (i % 7)}-1`,
      Array.from(new Set(Array.from({ length: 8 }, () => integer(120))), (line) =>
        off(`line-${line}`, 1 + integer(5), 1 + integer(500)),
      ),
      { limit: 1 + integer(30), priority: 0 },
    ),
  );
  return { lines, benefits };
}

test("says what a benefit would have saved, and to which offers it lost", () => {
  const lines = [{ id: "tea", quantity: 2 }];
  const traced = resolve(lines, [product("bt-1-5", [off("tea", 2, 100)]), product("qb-2-5", [off("tea", 2, 150)])]);
  expect(traced).toMatchObject([
    { outcome: "lost", proposedMinor: 200, savedMinor: 0, taken: [], lostTo: ["qb-2-5"] },
    { outcome: "taken", proposedMinor: 300, savedMinor: 300, lostTo: [] },
  ]);
});

test("shares out one line between a benefit for some units and one for the rest", () => {
  const benefits = [product("bt-1-5", [off("tea", 3, 400)], { limit: 1 }), product("qb-2-5", [off("tea", 3, 50)])];
  expect(resolve([{ id: "tea", quantity: 3 }], benefits)).toMatchObject([
    { savedMinor: 400, outcome: "taken" },
    { savedMinor: 100, outcome: "partly-taken", proposedMinor: 150, lostTo: ["bt-1-5"] },
  ]);
});

test("takes a set only where its parts would not save more apart", () => {
  const lines = [
    { id: "tea", quantity: 1 },
    { id: "pot", quantity: 1 },
  ];
  const set = product("bt-1-5", [off("tea", 1, 60), off("pot", 1, 60)], { whole: true });
  const apart = (amount: number) => product("qb-2-5", [off("tea", 1, amount)]);
  expect(resolve(lines, [set, apart(119)])).toMatchObject([{ savedMinor: 120 }, { savedMinor: 0 }]);
  expect(resolve(lines, [set, apart(121)])).toMatchObject([{ savedMinor: 0 }, { savedMinor: 121 }]);
  // The same saving: what has the higher priority.
  expect(resolve(lines, [set, { ...apart(120), priority: 1 }])).toMatchObject([{ savedMinor: 0 }, { savedMinor: 120 }]);
});

test("benefits of different classes do not compete", () => {
  const shipping: Benefit = { offer: "goal-1", class: "shipping", priority: 0, units: [off("tea", 1, 500)] };
  const traced = resolve([{ id: "tea", quantity: 1 }], [shipping, product("bt-1-5", [off("tea", 1, 90)])]);
  expect(savingOf(traced)).toBe(590);
});
