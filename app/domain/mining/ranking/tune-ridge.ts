import { inShares } from "./hands.ts";
import type { Hands } from "./hands.ts";
import type { HeldOutQuery } from "./held-out.ts";
import { learnPairs, learnRidge, ridgeOptions } from "./learn.ts";
import type { RidgeSettings } from "./learn.ts";
import type { PairWeights } from "./pair-weights.ts";
import { popularity } from "./popularity.ts";
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
export async function tuneRidge(
  baskets: TrainingBaskets,
  queries: readonly HeldOutQuery[],
  start: RidgeSettings,
  hands: Hands,
): Promise<RidgeSettings> {
  const every = Math.max(1, Math.ceil(queries.length / MOST_QUERIES));
  const asked = inShares(
    queries.filter((_, index) => index % every === 0),
    hands.count,
  );
  const prior = popularity(baskets);
  let pairs: PairWeights | null = null;
  let weighed = "";
  const found = async (settings: RidgeSettings) => {
    const weighting = `${settings.sizePower} ${settings.halfLife}`;
    if (pairs === null || weighed !== weighting) pairs = await learnPairs(baskets, settings, hands);
    weighed = weighting;
    const options = ridgeOptions(baskets.itemCount, settings.penalty);
    const neighbours = Math.ceil(options.neighbours * TRIAL_SHARE);
    const lists = await learnRidge(pairs, { ...options, neighbours }, hands);
    const finds = await Promise.all(asked.map((share) => hands.do("found-by-lists", { lists, prior, queries: share })));
    return finds.reduce((sum, { dcg10 }) => sum + dcg10, 0);
  };
  let settings = start;
  let best = await found(settings);
  for (const trial of TRIALS) {
    const tried = { ...settings, ...trial };
    const quality = await found(tried);
    if (quality <= best * (1 + LEAST_GAIN)) continue;
    best = quality;
    settings = tried;
  }
  return settings;
}
