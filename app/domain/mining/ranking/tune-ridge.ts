import type { HeldOutQuery } from "./held-out.ts";
import { fitNeighbourRidge } from "./neighbour-ridge.ts";
import { pairWeights } from "./pair-weights.ts";
import type { PairWeights } from "./pair-weights.ts";
import { ridgeOptions } from "./parts.ts";
import type { RidgeSettings } from "./parts.ts";
import { popularity } from "./popularity.ts";
import type { FittedRanker } from "./ranker.ts";
import { ScoreBoard, topOf } from "./score-board.ts";
import { orderWeights } from "./training-baskets.ts";
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
/** Trials use fewer neighbours than the model: their order is the same, and a system costs their cube. */
const TRIAL_SHARE = 0.4;
/** Questions asked of each trial. */
const MOST_QUERIES = 2500;

/** The order weights and penalty with which the item model ranks the held-out questions best. */
export function tuneRidge(
  baskets: TrainingBaskets,
  queries: readonly HeldOutQuery[],
  start: RidgeSettings,
): RidgeSettings {
  const every = Math.max(1, Math.ceil(queries.length / MOST_QUERIES));
  const score = scorer(
    baskets,
    queries.filter((_, index) => index % every === 0),
  );
  let pairs: PairWeights | null = null;
  let weighed = "";
  const found = (settings: RidgeSettings) => {
    const weighting = `${settings.sizePower} ${settings.halfLife}`;
    if (pairs === null || weighed !== weighting) pairs = pairWeights(baskets, orderWeights(baskets, settings));
    weighed = weighting;
    const options = ridgeOptions(baskets.itemCount, settings.penalty);
    return score(fitNeighbourRidge(pairs, { ...options, neighbours: Math.ceil(options.neighbours * TRIAL_SHARE) }));
  };
  let settings = start;
  let best = found(settings);
  for (const trial of TRIALS) {
    const tried = { ...settings, ...trial };
    const quality = found(tried);
    if (quality <= best * (1 + LEAST_GAIN)) continue;
    best = quality;
    settings = tried;
  }
  return settings;
}

function scorer(baskets: TrainingBaskets, queries: readonly HeldOutQuery[]): (ridge: FittedRanker) => number {
  const prior = popularity(baskets);
  const board = new ScoreBoard(baskets.itemCount);
  return (ridge) => {
    let sum = 0;
    for (const { cart, hidden, weight } of queries) {
      ridge.addScores(cart, 1, board);
      const top = topOf(board, prior, 0, 10, (item) => cart.includes(item));
      board.clear();
      const rank = top.findIndex(({ item }) => hidden.includes(item)) + 1;
      if (rank > 0) sum += weight / Math.log2(rank + 1);
    }
    return sum;
  };
}
