import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { fitBasketNeighbours } from "./basket-neighbours.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { bestRuleRanker, confidenceLists } from "./confidence.ts";
import { joinRidgeRows, ridgeRows, solveCholesky } from "./neighbour-ridge.ts";
import type { RidgeOptions } from "./neighbour-ridge.ts";
import { pairWeights } from "../matrices/pair-weights.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import { listRanker } from "./ranker.ts";
import type { FittedRanker } from "./ranker.ts";
import { ScoreBoard } from "../matrices/score-board.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

const ITEMS = "abcdefgh";
const EVEN = { sizePower: 0, halfLife: null };

const RANKERS: Record<string, (baskets: TrainingBaskets) => FittedRanker> = {
  "best rule": (baskets) => bestRuleRanker(confidenceLists(pairWeights(baskets, [EVEN])[0]!, 1)),
  confidence: (baskets) => listRanker("confidence", confidenceLists(pairWeights(baskets, [EVEN])[0]!, 0)),
  "neighbour ridge": (baskets) =>
    listRanker(
      "neighbour-ridge",
      ridgeLists(pairWeights(baskets, [{ sizePower: 0.5, halfLife: 0.5 }])[0]!, {
        neighbours: 5,
        penalty: 0.3,
        dropout: 0.1,
      }),
    ),
  "basket neighbours": (baskets) => fitBasketNeighbours(baskets, { neighbours: 20, sizePower: 0.5, latestOrders: 100 }),
};

function ridgeLists(pairs: PairWeights, options: RidgeOptions): CompanionLists {
  return joinRidgeRows(pairs, [ridgeRows(pairs, options, 0, 1)]);
}

const shops = fc.array(fc.subarray([...ITEMS], { minLength: 1 }), { minLength: 1, maxLength: 60 });

function basketsOf(shop: readonly (readonly string[])[]): TrainingBaskets {
  const builder = new BasketTableBuilder();
  shop.forEach((items, order) =>
    items.forEach((item) => builder.add(`o${String(order).padStart(4)}`, null, order, item)),
  );
  return trainingBaskets(builder.build());
}

function scoresOf(ranker: FittedRanker, cart: readonly number[], itemCount: number, scale = 1): number[] {
  const board = new ScoreBoard(itemCount);
  ranker.addScores(cart, scale, board);
  return [...board.scores];
}

describe.each(Object.entries(RANKERS))("%s", (_, fit) => {
  test("ranks what is bought with the cart above what never is", () => {
    const shop = Array.from({ length: 60 }, (_, k) => (k % 2 === 0 ? ["a", "b"] : ["c", "d"]));
    const scores = scoresOf(fit(basketsOf(shop)), [0], 4);
    expect(scores[1]).toBeGreaterThan(scores[2]!);
    expect(scores[1]).toBeGreaterThan(scores[3]!);
  });

  test("gives finite scores for any cart, and the same ones each time it is asked", () => {
    fc.assert(
      fc.property(shops, fc.subarray([0, 1, 2, 3, 4, 5, 6, 7]), (shop, asked) => {
        const baskets = basketsOf(shop);
        const ranker = fit(baskets);
        const cart = asked.filter((item) => item < baskets.itemCount);
        const scores = scoresOf(ranker, cart, baskets.itemCount);
        for (const score of scores) expect(Number.isFinite(score)).toBe(true);
        expect(scoresOf(ranker, cart, baskets.itemCount)).toEqual(scores);
        expect(scoresOf(fit(baskets), cart, baskets.itemCount)).toEqual(scores);
      }),
      { numRuns: 50 },
    );
  });

  test("adds scores in proportion to its scale", () => {
    fc.assert(
      fc.property(shops, (shop) => {
        const baskets = basketsOf(shop);
        const ranker = fit(baskets);
        const once = scoresOf(ranker, [0], baskets.itemCount);
        scoresOf(ranker, [0], baskets.itemCount, 4).forEach((score, item) =>
          expect(score).toBeCloseTo(4 * once[item]!, 6),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("says nothing for an empty cart, and never puts an item on its own list", () => {
    fc.assert(
      fc.property(shops, (shop) => {
        const baskets = basketsOf(shop);
        const ranker = fit(baskets);
        expect(scoresOf(ranker, [], baskets.itemCount).every((score) => score === 0)).toBe(true);
        if (ranker.lists === null) return;
        const { start, companion } = ranker.lists;
        for (let item = 0; item < baskets.itemCount; item++) {
          expect([...companion.subarray(start[item], start[item + 1])]).not.toContain(item);
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("confidence is orders together over the trigger's orders, and the best rule needs its floor", () => {
  const baskets = basketsOf([["a", "b"], ["a", "b"], ["a", "c"], ["a"]]);
  const pairs = pairWeights(baskets, [EVEN])[0]!;
  const confidence = listRanker("confidence", confidenceLists(pairs, 0));
  expect(scoresOf(confidence, [0], 3)).toEqual([0, 0.5, 0.25]);
  expect(scoresOf(confidence, [1, 2], 3)).toEqual([2, 0, 0]);
  expect(scoresOf(bestRuleRanker(confidenceLists(pairs, 2)), [0], 3)).toEqual([0, 0.5, 0]);
  expect(scoresOf(bestRuleRanker(confidenceLists(pairs, 1)), [1, 2], 3)).toEqual([1, 0, 0]);
});

test("the ridge over all partners solves the normal equations of EASE with the diagonal left out", () => {
  fc.assert(
    fc.property(shops, (shop) => {
      const baskets = basketsOf(shop);
      const n = baskets.itemCount;
      const pairs = pairWeights(baskets, [EVEN])[0]!;
      const lists = ridgeLists(pairs, { neighbours: n, penalty: 1, dropout: 0 });
      const penalty = pairs.own.reduce((sum, own) => sum + own, 0) / n;
      const weight = matrix(n);
      const gram = matrix(n);
      for (let i = 0; i < n; i++) {
        gram[i]![i] = pairs.own[i]! + penalty;
        for (let e = pairs.start[i]!; e < pairs.start[i + 1]!; e++) gram[i]![pairs.partner[e]!] = pairs.weight[e]!;
        for (let e = lists.start[i]!; e < lists.start[i + 1]!; e++) weight[i]![lists.companion[e]!] = lists.weight[e]!;
      }
      for (let j = 0; j < n; j++) {
        const partners = [...pairs.partner.subarray(pairs.start[j], pairs.start[j + 1])];
        for (const i of partners) {
          const left = partners.reduce((sum, c) => sum + gram[i]![c]! * weight[c]![j]!, 0);
          expect(left).toBeCloseTo(gram[i]![j]!, 3);
        }
      }
    }),
    { numRuns: 40 },
  );
});

function matrix(n: number): number[][] {
  return Array.from({ length: n }, () => new Array<number>(n).fill(0));
}

test("a symmetric system of any size is solved, whatever is left over of the blocks", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 0, max: 99 }), (n, seed) => {
      const entry = (i: number, k: number) => (i === k ? n + 1 : Math.sin(seed + i * k + i + k));
      const a = Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));
      const b = Float64Array.from({ length: n }, (_, i) => Math.cos(seed * i));
      const x = b.slice();
      solveCholesky(a, x, n);
      for (let i = 0; i < n; i++) {
        const product = x.reduce((sum, value, k) => sum + entry(i, k) * value, 0);
        expect(product).toBeCloseTo(b[i]!, 8);
      }
    }),
  );
});
