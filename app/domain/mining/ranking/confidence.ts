import { companionLists } from "./companion-lists.ts";
import type { CompanionLists } from "./companion-lists.ts";
import { greatestPositions } from "./nth-greatest.ts";
import { pairWeights } from "./pair-weights.ts";
import type { PairWeights } from "./pair-weights.ts";
import type { FittedRanker } from "./ranker.ts";
import type { TrainingBaskets } from "./training-baskets.ts";

/** Companions kept per trigger: those below hardly ever reach the first ten of a cart. */
const LONGEST_LIST = 200;

/** The rankings that rules make: all of them summed, or the best one alone. */
export type RuleKind = "confidence" | "best-rule";

/** Orders together from which a rule may speak on its own. */
const RULE_FLOOR = 5;

/** The lists of a ranking by rules, counted by one thread on its own. */
export function ruleLists(baskets: TrainingBaskets, kind: RuleKind): CompanionLists {
  return kind === "confidence"
    ? confidenceLists(pairWeights(baskets, { sizePower: 1, halfLife: null }), 0)
    : confidenceLists(pairWeights(baskets, { sizePower: 0, halfLife: null }), RULE_FLOOR);
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
        const to = lists.start[cart[k]! + 1]!;
        for (let e = lists.start[cart[k]!]!; e < to; e++) board.raise(lists.companion[e]!, scale * lists.weight[e]!);
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
