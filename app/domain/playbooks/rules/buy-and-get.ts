import { DISCOUNTS, isCovered } from "../covered.ts";
import { bearableDiscount, marginChecks } from "../discount-room.ts";
import { draftOf, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import { monthlyCost, monthlyOrders } from "../monthly-cost.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { shownPairs, type ShownPair } from "../shown-pairs.ts";

const DISCOUNTS_WANTED = [2_000, 1_500, 1_000];
/** Where more of the product's orders have the companion anyway, a discount on it gives away more than it brings. */
const MOST_CONFIDENCE = 0.3;

/** Buy one product, and the one that goes with it costs less: it brings the companion to orders that lack it. */
export const buyAndGet: Playbook = {
  name: "buy-and-get",
  propose: (facts) =>
    shownPairs(facts).flatMap(({ product, companions }) => {
      if (isCovered(facts, DISCOUNTS, product.id)) return [];
      const open = companions.find(
        ({ strong, together, orders, known }) =>
          strong && together <= orders * MOST_CONFIDENCE && known.lowestMinor <= product.lowestMinor,
      );
      return (open && proposalOf(facts, product, open)) ?? [];
    }),
};

function proposalOf(facts: PlaybookFacts, product: KnownProduct, shown: ShownPair): Proposal | null {
  const basisPoints = bearableDiscount(facts, [shown.known], DISCOUNTS_WANTED);
  if (basisPoints === null) return null;
  return {
    ...{ id: proposalId("buy-and-get", product.id, shown.companion), playbook: "buy-and-get", type: "buy-x-get-y" },
    content: draftOf("buy-x-get-y", {
      ...{ name: nameOf(product, shown.known), conditions: onlyFor(product.id) },
      config: {
        ...{ buy: 1, get: 1, gets: "others", gotProducts: [shown.companion] },
        ...{ reward: { kind: "percent", basisPoints }, most: 1 },
      },
    }),
    ...{ draft: null, products: [product.id, shown.companion], weight: shown.together },
    reason: { code: "pair", together: shown.together, orders: shown.orders },
    checks: [
      ...monthlyCost(monthlyOrders(shown.recent), (shown.known.lowestMinor * basisPoints) / 10_000),
      ...marginChecks([shown.known], basisPoints),
    ],
  };
}
