import { isCovered, UNIT_DISCOUNTS } from "../covered.ts";
import { bearableDiscount, marginChecks } from "../discount-room.ts";
import { draftOf, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { SlowEvidence } from "../evidence.ts";
import type { PlaybookFacts } from "../facts.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { companionOf, triggerOf } from "../shown-pairs.ts";

const DISCOUNTS_WANTED = [3_000, 2_000, 1_000];

/** What sells slowly, for less with a product that sells well. */
export const clearStock: Playbook = {
  name: "clear-stock",
  propose: (facts) => facts.evidence.slow.flatMap((slow) => proposalOf(facts, slow) ?? []),
};

function proposalOf(facts: PlaybookFacts, slow: SlowEvidence): Proposal | null {
  const [partner, product] = [triggerOf(facts, slow.partner), companionOf(facts, slow.product)];
  if (partner === null || product === null || isCovered(facts, UNIT_DISCOUNTS, partner.id)) return null;
  const basisPoints = bearableDiscount(facts, [product], DISCOUNTS_WANTED);
  if (basisPoints === null) return null;
  const { recent, expected, partnerRecent } = slow;
  return {
    ...{ id: proposalId("clear-stock", partner.id, product.id), playbook: "clear-stock", type: "buy-x-get-y" },
    content: draftOf("buy-x-get-y", {
      ...{ name: nameOf(partner, product), conditions: onlyFor(partner.id) },
      config: {
        ...{ buy: 1, get: 1, gets: "others", gotProducts: [product.id] },
        ...{ reward: { kind: "percent", basisPoints }, most: 1 },
      },
    }),
    ...{ draft: null, products: [partner.id, product.id], weight: Math.round(expected - recent) },
    reason: { code: "slow", recent, expected: Math.round(expected), partnerRecent },
    checks: marginChecks([product], basisPoints),
  };
}
