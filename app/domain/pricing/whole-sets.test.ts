import fc from "fast-check";
import { expect, test } from "vitest";
import { type LineToPrice, priceCart } from "./price-cart.ts";
import { type AmountOffReward, encodeProductRules, type FixedPriceReward } from "./rules.ts";

/* Sets that are discounted as a whole, compared with every way of putting the units of a small cart into sets. */

type WholeSetReward = AmountOffReward | FixedPriceReward;

interface Unit {
  readonly product: number;
  readonly priceMinor: number;
}

/** The products of each offer's set: the first carries the offer. Product 2 belongs to all of them. */
const SETS = [
  [1, 2],
  [3, 2],
  [4, 2, 1],
];

const reward: fc.Arbitrary<WholeSetReward> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((USD) => ({ kind: "amount-off", amounts: { USD } }) as const),
  fc.integer({ min: 1, max: 12 }).map((USD) => ({ kind: "fixed-price", amounts: { USD } }) as const),
);
const rewards = fc.tuple(...SETS.map(() => reward));
const units = fc.array(
  fc.record({ product: fc.integer({ min: 1, max: 4 }), priceMinor: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 7 },
);

/** A line for each price of a product, as its variants are. */
function linesOf(all: readonly Unit[], given: readonly WholeSetReward[]): LineToPrice[] {
  const lines = [...Map.groupBy(all, ({ product, priceMinor }) => `${product} ${priceMinor}`).values()];
  return lines.map((same, place) => ({
    ...{ id: `line-${place}`, product: String(same[0]!.product), variant: null, quantity: same.length },
    ...{ unitPriceMinor: same[0]!.priceMinor, subscription: false, rules: rulesOf(same[0]!.product, given) },
  }));
}

function rulesOf(product: number, given: readonly WholeSetReward[]): string | null {
  const set = SETS.findIndex(([anchor]) => anchor === product);
  if (set < 0) return null;
  const listed = SETS[set]!.slice(1).map(String);
  return encodeProductRules([{ type: "bought-together", number: set + 1, priority: 0, reward: given[set]!, listed }]);
}

const savedMinor = (lines: readonly LineToPrice[]) =>
  priceCart({ currency: "USD", lines, shopRules: null }).discounts.reduce(
    (sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor,
    0,
  );

/** Tries every way of taking one unit of each product of a set, again and again. */
function bestMinor(left: readonly Unit[], given: readonly WholeSetReward[]): number {
  let best = 0;
  SETS.forEach((products, set) => {
    for (const taken of waysToTake(left, products)) {
      const cost = taken.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
      const { kind, amounts } = given[set]!;
      const off = kind === "amount-off" ? Math.min(cost, amounts.USD!) : Math.max(0, cost - amounts.USD!);
      if (off === 0) continue;
      const others = left.filter((unit) => !taken.includes(unit));
      best = Math.max(best, off + bestMinor(others, given));
    }
  });
  return best;
}

function waysToTake(left: readonly Unit[], [product, ...more]: readonly number[]): Unit[][] {
  if (product === undefined) return [[]];
  return left
    .filter((unit) => unit.product === product)
    .flatMap((unit) => waysToTake(left, more).map((others) => [unit, ...others]));
}

test("no way of putting the units of a cart into sets saves more", () => {
  fc.assert(
    fc.property(units, rewards, (all, given) => {
      expect(savedMinor(linesOf(all, given))).toBe(bestMinor(all, given));
    }),
    { numRuns: 1_000 },
  );
});

test("two sets that want the same product both find a unit of it, whichever variants it is in", () => {
  const given: WholeSetReward[] = [1, 2, 3].map((USD) => ({ kind: "amount-off", amounts: { USD } }));
  const others = [1, 3].map((product) => ({ product, priceMinor: 9 }));
  const oneVariant = [...others, { product: 2, priceMinor: 5 }, { product: 2, priceMinor: 5 }];
  expect(savedMinor(linesOf(oneVariant, given))).toBe(3);
  const twoVariants = [...others, { product: 2, priceMinor: 5 }, { product: 2, priceMinor: 8 }];
  expect(savedMinor(linesOf(twoVariants, given))).toBe(3);
});
