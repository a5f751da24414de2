import fc from "fast-check";
import { expect, test } from "vitest";
import { type LineToPrice, priceCart } from "./price-cart.ts";
import { encodeProductRules, type MixAndMatchRules, type ProductRules } from "./rules.ts";

/* Mix and match, compared with every way of putting the units of a small cart into groups. */

interface Unit {
  readonly product: number;
  readonly priceMinor: number;
}

const MEMBERS = [1, 2, 3];

const given = fc.record({
  choose: fc.integer({ min: 2, max: 4 }),
  reward: fc.oneof(
    fc.constantFrom(10_000, 5_000, 3_333).map((basisPoints) => ({ kind: "percent", basisPoints }) as const),
    fc.integer({ min: 1, max: 25 }).map((USD) => ({ kind: "fixed-price", amounts: { USD } }) as const),
  ),
});
type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;

const units = fc.array(
  fc.record({ product: fc.integer({ min: 1, max: 4 }), priceMinor: fc.integer({ min: 0, max: 12 }) }),
  { maxLength: 8 },
);

function rulesOf(offer: Given, number = 7): MixAndMatchRules {
  return { type: "mix-and-match", number, priority: 0, ...offer };
}

/** A line for each unit, unless `merge` puts equal ones into one. The members carry the offers. */
function linesOf(all: readonly Unit[], offers: readonly ProductRules[], merge: boolean): LineToPrice[] {
  const groups = Map.groupBy(all, ({ product, priceMinor }) => `${product} ${priceMinor}`);
  const kept = merge
    ? [...groups.values()].map((same) => [same[0]!, same.length] as const)
    : all.map((one) => [one, 1] as const);
  return kept.map(([{ product, priceMinor }, quantity], place) => ({
    ...{ id: `line-${place}`, product: String(product), variant: null, quantity, unitPriceMinor: priceMinor },
    ...{ subscription: false, rules: MEMBERS.includes(product) ? encodeProductRules(offers) : null },
  }));
}

const discountsOf = (lines: readonly LineToPrice[]) => priceCart({ currency: "USD", lines, shopRules: null }).discounts;
const savedMinor = (lines: readonly LineToPrice[]) =>
  discountsOf(lines).reduce((sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor, 0);

function savingOfGroup(group: readonly Unit[], { reward }: Given): number {
  const prices = group.map(({ priceMinor }) => priceMinor);
  if (reward.kind === "fixed-price") return Math.max(0, prices.reduce((a, b) => a + b, 0) - reward.amounts.USD);
  return prices.reduce((sum, price) => sum + Math.floor((price * reward.basisPoints + 5_000) / 10_000), 0);
}

/** Tries every way of choosing groups among units, with what their other units save by themselves. */
function bestMinor(all: readonly Unit[], offer: Given, otherwise: (unit: Unit) => number = () => 0): number {
  const [first, ...others] = all;
  if (first === undefined) return 0;
  let best = otherwise(first) + bestMinor(others, offer, otherwise);
  for (const more of subsets(others, offer.choose - 1)) {
    const left = others.filter((one) => !more.includes(one));
    best = Math.max(best, savingOfGroup([first, ...more], offer) + bestMinor(left, offer, otherwise));
  }
  return best;
}

function subsets<T>(of: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return of.flatMap((one, place) => subsets(of.slice(place + 1), size - 1).map((more) => [one, ...more]));
}

const membersOf = (all: readonly Unit[]) => all.filter(({ product }) => MEMBERS.includes(product));

test("no way of putting the units of a cart into groups saves more", () => {
  fc.assert(
    fc.property(units, given, fc.boolean(), (all, offer, merge) => {
      expect(savedMinor(linesOf(all, [rulesOf(offer)], merge))).toBe(bestMinor(membersOf(all), offer));
    }),
    { numRuns: 2_000 },
  );
});

const BREAKS: ProductRules = {
  ...{ type: "quantity-breaks", number: 8, priority: 0, together: true },
  tiers: [{ least: 2, reward: { kind: "percent", basisPoints: 2_500 } }],
};

test("beside quantity breaks a percentage saves at least as much as the best way of choosing groups", () => {
  fc.assert(
    fc.property(units, given, (all, offer) => {
      fc.pre(offer.reward.kind === "percent");
      const breaks = (unit: Unit) =>
        all.filter(({ product }) => product === unit.product).length < 2 ? 0 : Math.floor((unit.priceMinor + 2) / 4);
      const best = bestMinor(membersOf(all), offer, breaks);
      expect(savedMinor(linesOf(all, [rulesOf(offer), BREAKS], true))).toBeGreaterThanOrEqual(best);
    }),
    { numRuns: 2_000 },
  );
});

test("the units of each group cost its price together, to the smallest unit", () => {
  fc.assert(
    fc.property(units, given, fc.boolean(), (all, offer, merge) => {
      const { reward, choose } = offer;
      fc.pre(reward.kind === "fixed-price");
      const lines = linesOf(all, [rulesOf(offer)], merge);
      const discounts = discountsOf(lines);
      const prices = membersOf(all)
        .map(({ priceMinor }) => priceMinor)
        .sort((a, b) => b - a);
      const sums = prices.flatMap((_, at) =>
        at % choose === 0 && at + choose <= prices.length
          ? [prices.slice(at, at + choose).reduce((sum, price) => sum + price, 0)]
          : [],
      );
      const dearer = sums.filter((sum) => sum > (reward.kind === "fixed-price" ? reward.amounts.USD : 0));
      const full = dearer.reduce((sum, one) => sum + one, 0);
      const price = reward.kind === "fixed-price" ? reward.amounts.USD * dearer.length : 0;
      expect(discounts.reduce((sum, one) => sum + one.quantity * one.amountOffMinor, 0)).toBe(full - price);
      for (const { lineId, quantity, amountOffMinor } of discounts) {
        const line = lines.find(({ id }) => id === lineId)!;
        expect(amountOffMinor).toBeLessThanOrEqual(line.unitPriceMinor);
        expect(quantity).toBeLessThanOrEqual(line.quantity);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("beside other offers of the same products, one more unit never makes the cart save less", () => {
  fc.assert(
    fc.property(units, given, given, units, (all, offer, second, more) => {
      const bigger = [...all, ...more.slice(0, 1)];
      const offers = [rulesOf(offer), rulesOf(second, 9), BREAKS];
      expect(savedMinor(linesOf(bigger, offers, true))).toBeGreaterThanOrEqual(savedMinor(linesOf(all, offers, true)));
    }),
    { numRuns: 2_000 },
  );
});

test("says of an offer that loses to a better one that it lost", () => {
  const price = (number: number, USD: number) =>
    rulesOf({ choose: 2, reward: { kind: "fixed-price", amounts: { USD } } }, number);
  const lines = linesOf(
    [
      { product: 1, priceMinor: 1_000 },
      { product: 2, priceMinor: 1_000 },
    ],
    [price(7, 1_900), price(8, 1_500)],
    false,
  );
  const { trace } = priceCart({ currency: "USD", lines, shopRules: null });
  expect(trace.map(({ benefit, outcome, savedMinor: saved }) => [benefit.offer, outcome, saved])).toEqual([
    ["mm-8-1", "taken", 500],
    ["mm-7-1", "lost", 0],
  ]);
});
