import type { HeldOutQuery } from "./held-out.ts";
import { fitRidge } from "./parts.ts";
import type { RidgeSettings } from "./parts.ts";
import { popularity } from "./popularity.ts";
import type { FittedRanker } from "./ranker.ts";
import { ScoreBoard, topOf } from "./score-board.ts";
import type { TrainingBaskets } from "./training-baskets.ts";

/** Settings tried in turn, each kept if it ranks clearly better; later ones start from what is kept. */
const TRIALS: readonly Partial<RidgeSettings>[] = [
  { halfLife: 0.5 },
  { halfLife: 0.25 },
  { sizePower: 1 },
  { penalty: 0.1 },
  { penalty: 1 },
];
/** Relative gain in NDCG@10 that a setting must bring. */
const LEAST_GAIN = 0.003;

/** The item model with the order weights and penalty that rank the held-out questions best. */
export function tuneRidge(
  baskets: TrainingBaskets,
  queries: readonly HeldOutQuery[],
  start: RidgeSettings,
): { ridge: FittedRanker; settings: RidgeSettings } {
  const score = scorer(baskets, queries);
  let settings = start;
  let ridge = fitRidge(baskets, settings);
  let best = score(ridge);
  for (const trial of TRIALS) {
    const tried = { ...settings, ...trial };
    const fitted = fitRidge(baskets, tried);
    const found = score(fitted);
    if (found <= best * (1 + LEAST_GAIN)) continue;
    best = found;
    settings = tried;
    ridge = fitted;
  }
  return { ridge, settings };
}

function scorer(baskets: TrainingBaskets, queries: readonly HeldOutQuery[]): (ridge: FittedRanker) => number {
  const prior = popularity(baskets);
  const board = new ScoreBoard(baskets.itemCount);
  return (ridge) => {
    let sum = 0;
    for (const { cart, hidden, weight } of queries) {
      const inCart = new Set(cart);
      ridge.addScores(cart, 1, board);
      const top = topOf(board, prior, 0, 10, (item) => inCart.has(item));
      board.clear();
      const rank = top.findIndex(({ item }) => hidden.includes(item)) + 1;
      if (rank > 0) sum += weight / Math.log2(rank + 1);
    }
    return sum;
  };
}
