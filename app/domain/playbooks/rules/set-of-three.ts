import { DISCOUNTS, isCovered, priorityOverSets } from "../covered.ts";
import { bearableDiscount, marginChecks } from "../discount-room.ts";
import { draftOf, modeOfDraft, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import { monthlyCost, monthlyOrders } from "../monthly-cost.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { shownPairs, type ShownPair } from "../shown-pairs.ts";

/** The dearest of the three costs at most this many times what the cheapest does. */
const WIDEST = 4;
const DISCOUNTS_WANTED = [1_000, 500];

/** A product with the two that are bought with it and with each other: burger, fries and drink. */
export const setOfThree: Playbook = {
  name: "set-of-three",
  propose(facts) {
    const shown = shownPairs(facts);
    const companionsOf = new Map(
      shown.map((one) => [one.product.id, one.companions.map(({ companion }) => companion)]),
    );
    const goTogether = (one: ShownPair, other: ShownPair) =>
      companionsOf.get(one.companion)?.includes(other.companion) === true ||
      companionsOf.get(other.companion)?.includes(one.companion) === true;
    return shown.flatMap(({ product, companions: [second, third] }) => {
      if (second === undefined || third === undefined || !second.strong || !third.strong) return [];
      return goTogether(second, third) ? (proposalOf(facts, product, [second, third]) ?? []) : [];
    });
  },
};

function proposalOf(
  facts: PlaybookFacts,
  product: KnownProduct,
  [second, third]: readonly [ShownPair, ShownPair],
): Proposal | null {
  const all = [product, second.known, third.known];
  const prices = all.map(({ lowestMinor }) => lowestMinor);
  const basisPoints = bearableDiscount(facts, all, DISCOUNTS_WANTED);
  const priority = priorityOverSets(facts, product.id);
  const isWide = Math.max(...prices) > Math.min(...prices) * WIDEST;
  if (isWide || basisPoints === null || priority === null || isCovered(facts, DISCOUNTS, product.id)) return null;
  const total = prices.reduce((sum, price) => sum + price, 0);
  // Few orders have all three: those with the second and the third at once are at most as many as with either.
  const orders = monthlyOrders(Math.min(second.recent, third.recent));
  return {
    ...{
      id: proposalId("set-of-three", ...all.map(({ id }) => id)),
      playbook: "set-of-three",
      type: "bought-together",
    },
    content: draftOf("bought-together", {
      ...{ name: nameOf(...all), mode: modeOfDraft(facts), priority, conditions: onlyFor(product.id) },
      ...{ reward: { kind: "percent", basisPoints }, config: { setSize: 2 } },
    }),
    ...{ draft: null, products: all.map(({ id }) => id), weight: second.together + third.together },
    reason: { code: "three", withSecond: second.together, withThird: third.together, orders: second.orders },
    checks: [...monthlyCost(orders, (total * basisPoints) / 10_000), ...marginChecks(all, basisPoints)],
  };
}
