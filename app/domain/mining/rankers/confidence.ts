import { companionLists } from "../matrices/companion-lists.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { greatestPositions } from "../matrices/nth-greatest.ts";
import { pairWeights } from "../matrices/pair-weights.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import type { FittedRanker } from "./ranker.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

/** Companions kept per trigger; weaker ones hardly ever reach the top ten of a cart. */
const LONGEST_LIST = 200;

/** Orders together that a single rule needs. */
const RULE_FLOOR = 5;
const BY_SIZE = { sizePower: 1, halfLife: null };
const EVENLY = { sizePower: 0, halfLife: null };

/** The lists of both rankings by rules: all rules summed, and the best rule alone. Runs on one thread. */
export function ruleLists(baskets: TrainingBaskets): { confidence: CompanionLists; bestRule: CompanionLists } {
  const [bySize, evenly] = pairWeights(baskets, [BY_SIZE, EVENLY]);
  return { confidence: confidenceLists(bySize!, 0), bestRule: confidenceLists(evenly!, RULE_FLOOR) };
}

/**
 * Best rule: a companion scores the highest confidence of any one rule from the cart; see {@link confidenceLists} for
 * the floor below which a rule is ignored.
 */
export function bestRuleRanker(lists: CompanionLists): FittedRanker {
  return {
    name: "best-rule",
    lists,
    addScores(cart, scale, board) {
      for (let k = 0; k < cart.length; k++) {
        board.raiseEach(lists.companion, lists.weight, lists.start[cart[k]!]!, lists.start[cart[k]! + 1]!, scale);
      }
    },
  };
}

/**
 * Confidence of the rule "trigger -> companion", P(companion | trigger) = G[t][c] / G[t][t] (Agrawal et al. 1993), with
 * the orders' weights of `pairs`. Keeps rules with at least `leastWeight` orders together (summed order weights, so 5
 * means five orders where all weigh 1).
 */
export function confidenceLists(pairs: PairWeights, leastWeight: number): CompanionLists {
  const itemCount = pairs.own.length;
  const most = pairs.start.reduce((sum, from, item) => {
    const length = item < itemCount ? pairs.start[item + 1]! - from : 0;
    return sum + Math.min(LONGEST_LIST, length);
  }, 0);
  const entries = {
    trigger: new Uint32Array(most),
    companion: new Uint32Array(most),
    weight: new Float32Array(most),
    length: 0,
  };
  const scratch = new Float32Array(itemCount);
  for (let trigger = 0; trigger < itemCount; trigger++) {
    const from = pairs.start[trigger]!;
    const weights = pairs.weight.subarray(from, pairs.start[trigger + 1]!);
    for (const position of greatestPositions(weights, LONGEST_LIST, scratch)) {
      const together = weights[position]!;
      if (together < leastWeight) continue;
      entries.trigger[entries.length] = trigger;
      entries.companion[entries.length] = pairs.partner[from + position]!;
      entries.weight[entries.length++] = together / pairs.own[trigger]!;
    }
  }
  return companionLists(itemCount, [entries]);
}
