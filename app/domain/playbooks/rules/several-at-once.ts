import type { QuantityEvidence } from "../evidence.ts";
import { monthlyCost } from "../monthly-cost.ts";
import type { Playbook } from "../proposal.ts";
import { triggerOf } from "../shown-pairs.ts";
import { quantityProposal, tiersCost, type WantedTiers } from "./quantity-tiers.ts";

/** So many orders of a year have to take several units, and such a share of all that take any. */
export const LEAST_SEVERAL = 20;
export const LEAST_SEVERAL_SHARE = 0.2;
/** More units than this are bought for resale, and no usual size. */
const LARGEST_USUAL = 12;

/** A product that shoppers take several of: one more than they usually take saves. */
export const severalAtOnce: Playbook = {
  name: "several-at-once",
  propose: (facts) =>
    facts.evidence.quantities
      .flatMap((quantities) => {
        const product = triggerOf(facts, quantities.product);
        const bought = severalOf(quantities);
        if (product === null || bought === null) return [];
        const tiers = tiersAfter(bought.usual);
        const proposal = quantityProposal("several-at-once", facts, product, tiers);
        if (proposal === null) return [];
        const cost = monthlyCost(1, tiersCost(quantities.ordersByUnits, tiers, product.lowestMinor));
        const reason = { code: "several" as const, ...bought };
        return [{ ...proposal, reason, weight: bought.several, checks: [...cost, ...proposal.checks] }];
      })
      .toSorted((a, b) => b.weight - a.weight),
};

/** How often several units are taken, and how many then; null where that is no habit. */
export function severalOf({
  ordersByUnits,
}: QuantityEvidence): { several: number; orders: number; usual: number } | null {
  const orders = ordersByUnits.reduce((sum, [, count]) => sum + count, 0);
  const many = ordersByUnits.filter(([units]) => units >= 2);
  const several = many.reduce((sum, [, count]) => sum + count, 0);
  if (several < LEAST_SEVERAL || several < orders * LEAST_SEVERAL_SHARE) return null;
  const [usual] = many.reduce((best, one) => (one[1] > best[1] ? one : best));
  return usual > LARGEST_USUAL ? null : { several, orders, usual };
}

/** One unit more than usual saves a little, twice as many save more. */
function tiersAfter(usual: number): WantedTiers {
  return [
    [usual + 1, 500],
    [(usual + 1) * 2, 1_000],
  ];
}
