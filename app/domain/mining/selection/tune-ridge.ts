import { inShares } from "./worker-pool.ts";
import type { WorkerPool } from "./worker-pool.ts";
import type { HeldOutQuery } from "./held-out.ts";
import { learnPairs, learnRidge, ridgeOptions } from "./learn.ts";
import type { RidgeSettings } from "./learn.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import { popularity } from "../rankers/popularity.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

/** What goes with what outlasts what sells: however fast a shop changes, its oldest orders keep half of their say. */
const KEPT_BY_OLD = 0.5;
/** The settings that the search starts from. */
export const DEFAULT_RIDGE: RidgeSettings = { sizePower: 0.5, halfLife: null, floor: KEPT_BY_OLD, penalty: 0.3 };
/** Other settings, tried in turn in this order; each is kept if it ranks clearly better. */
const HALF_LIVES = [0.5, 0.25];
const BY_SIZE = 1;
const PENALTIES = [0.1, 1];
/** Relative gain in NDCG@10 that a setting must bring. */
const LEAST_GAIN = 0.003;
/** Trials use fewer neighbours than the model: their order is the same, and a system costs their cube. */
const TRIAL_SHARE = 0.4;
/** Questions asked of each trial. */
const MOST_QUERIES = 2500;

/** Settings, and the pairs weighted by them. */
interface Trial {
  readonly settings: RidgeSettings;
  readonly pairs: PairWeights;
}

/** The settings with which the item model ranks the held-out questions best, and the pairs so weighted. */
export async function tuneRidge(
  baskets: TrainingBaskets,
  queries: readonly HeldOutQuery[],
  pool: WorkerPool,
): Promise<Trial> {
  const found = finder(baskets, queries, pool);
  const ages = [DEFAULT_RIDGE.halfLife, ...HALF_LIVES].map((halfLife) => ({ ...DEFAULT_RIDGE, halfLife }));
  const counted = await learnPairs(baskets, ages, pool);
  let best: Trial = { settings: DEFAULT_RIDGE, pairs: counted[0]! };
  let most = await found(best);
  const tryOut = async (trial: Trial) => {
    const quality = await found(trial);
    if (quality <= most * (1 + LEAST_GAIN)) return;
    most = quality;
    best = trial;
  };
  for (let age = 1; age < ages.length; age++) await tryOut({ settings: ages[age]!, pairs: counted[age]! });
  const bySize = { ...best.settings, sizePower: BY_SIZE };
  await tryOut({ settings: bySize, pairs: (await learnPairs(baskets, [bySize], pool))[0]! });
  for (const penalty of PENALTIES) await tryOut({ ...best, settings: { ...best.settings, penalty } });
  return best;
}

/** Says how well the item model of a trial ranks a sample of the questions: their discounted gain, summed. */
function finder(
  baskets: TrainingBaskets,
  queries: readonly HeldOutQuery[],
  pool: WorkerPool,
): (trial: Trial) => Promise<number> {
  const every = Math.max(1, Math.ceil(queries.length / MOST_QUERIES));
  const sample = queries.filter((_, index) => index % every === 0);
  const shares = inShares(sample, pool.size);
  const prior = popularity(baskets);
  return async ({ settings, pairs }) => {
    const options = ridgeOptions(baskets.itemCount, settings.penalty);
    const neighbours = Math.ceil(options.neighbours * TRIAL_SHARE);
    const lists = await learnRidge(pairs, { ...options, neighbours }, pool);
    const found = shares.map((share) => pool.run("found-by-lists", { lists, prior, queries: share }));
    return (await Promise.all(found)).reduce((sum, { dcg10 }) => sum + dcg10, 0);
  };
}
