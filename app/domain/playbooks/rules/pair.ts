import { DISCOUNTS, isCovered, priorityOverSets } from "../covered.ts";
import { bearableDiscount, marginChecks } from "../discount-room.ts";
import { draftOf, modeOfDraft, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { shownPairs, type ShownPair } from "../shown-pairs.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import { monthlyCost, monthlyOrders } from "../monthly-cost.ts";

/** Of a pair of equals neither costs more than this many times what the other does. */
export const EQUALS = 2;
/** In basis points; the second where costs leave no room for the first. */
const DISCOUNTS_WANTED = [1_000, 500];

/** Two products of about the same price that are often bought together, for less as a set: shampoo and conditioner. */
export const pair: Playbook = {
  name: "pair",
  propose: (facts) =>
    shownPairs(facts).flatMap(({ product, companions: [first] }) => {
      if (first === undefined || !first.strong || !areEquals(product, first.known)) return [];
      return proposalOf(facts, product, first) ?? [];
    }),
};

function areEquals(one: KnownProduct, other: KnownProduct): boolean {
  const [less, more] = [one.lowestMinor, other.lowestMinor].sort((a, b) => a - b) as [number, number];
  return more <= less * EQUALS;
}

function proposalOf(facts: PlaybookFacts, product: KnownProduct, shown: ShownPair): Proposal | null {
  const both = [product, shown.known];
  const basisPoints = bearableDiscount(facts, both, DISCOUNTS_WANTED);
  const priority = priorityOverSets(facts, product.id);
  if (basisPoints === null || priority === null || isCovered(facts, DISCOUNTS, product.id)) return null;
  const price = product.lowestMinor + shown.known.lowestMinor;
  const monthly = monthlyCost(monthlyOrders(shown.recent), (price * basisPoints) / 10_000);
  return {
    ...{ id: proposalId("pair", product.id, shown.companion), playbook: "pair", type: "bought-together" },
    content: draftOf("bought-together", {
      ...{ name: nameOf(...both), mode: modeOfDraft(facts), priority, conditions: onlyFor(product.id) },
      ...{ reward: { kind: "percent", basisPoints }, config: { setSize: 1 } },
    }),
    ...{ draft: null, products: both.map(({ id }) => id), weight: shown.together },
    reason: { code: "pair", together: shown.together, orders: shown.orders },
    checks: [...monthly, ...marginChecks(both, basisPoints)],
  };
}
