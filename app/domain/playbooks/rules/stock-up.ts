import type { Playbook } from "../proposal.ts";
import { triggerOf } from "../shown-pairs.ts";
import { quantityProposal, type WantedTiers } from "./quantity-tiers.ts";

/** So many customers have to have bought it again, such a share of all, and within so many days as a rule. */
export const LEAST_CUSTOMERS = 20;
export const LEAST_REPEAT_SHARE = 0.2;
export const LONGEST_DAYS = 120;

const TIERS: WantedTiers = [
  [2, 500],
  [3, 1_000],
];

/** What customers buy again and again: a supply for longer saves, as a subscription would. */
export const stockUp: Playbook = {
  name: "stock-up",
  propose: (facts) =>
    facts.evidence.repeats
      .flatMap(({ product: id, customers, repeatShare, medianDays }) => {
        const product = triggerOf(facts, id);
        if (product === null) return [];
        if (customers < LEAST_CUSTOMERS || repeatShare < LEAST_REPEAT_SHARE || medianDays > LONGEST_DAYS) return [];
        const proposal = quantityProposal("stock-up", facts, product, TIERS);
        if (proposal === null) return [];
        const reason = { code: "repeat" as const, customers, repeatShare, days: Math.round(medianDays) };
        return [{ ...proposal, reason, weight: customers }];
      })
      .toSorted((a, b) => b.weight - a.weight),
};
