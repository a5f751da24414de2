import { companionLists } from "../matrices/companion-lists.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { greatestPositions } from "../matrices/nth-greatest.ts";
import { pairWeights } from "../matrices/pair-weights.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import type { FittedRanker } from "./ranker.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

/** Companions kept per trigger: those below hardly ever reach the first ten of a cart. */
const LONGEST_LIST = 200;

/** Orders together from which a rule may speak on its own. */
const RULE_FLOOR = 5;
const BY_SIZE = { sizePower: 1, halfLife: null };
const EVENLY = { sizePower: 0, halfLife: null };

/** The lists of both rankings by rules, all of them summed and the best one alone, counted by one thread on its own. */
export function ruleLists(baskets: TrainingBaskets): { confidence: CompanionLists; bestRule: CompanionLists } {
  const [bySize, evenly] = pairWeights(baskets, [BY_SIZE, EVENLY]);
  return { confidence: confidenceLists(bySize!, 0), bestRule: confidenceLists(evenly!, RULE_FLOOR) };
}

/**
 * Best rule: a companion scores the highest confidence of any one rule from the cart; see {@link confidenceLists} for
 * the floor under which a rule is not listened to.
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
 * Confidence of the rule "trigger -> companion", P(companion | trigger) = G[t][c] / G[t][t] (Agrawal et al. 1993),
 * with the orders' weights of `pairs`. Of rules that hold in at least `leastWeight` orders together (summed order
 * weights, so 5 means five orders where all weigh 1).
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
