import { DISCOUNTS, isCovered, priorityOverSets } from "../covered.ts";
import { marginChecks, bearableDiscount } from "../discount-room.ts";
import { draftOf, modeOfDraft, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import { monthlyCost, monthlyOrders } from "../monthly-cost.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { roundedDown } from "../round-amounts.ts";
import { shownPairs, type ShownPair } from "../shown-pairs.ts";
import { EQUALS } from "./pair.ts";

/** Of the price of both, in basis points, before the set's price is rounded down. */
const DISCOUNTS_WANTED = [700, 300];
/** What rounding down may add to it. */
const MOST_BASIS_POINTS = 1_500;
const WHOLE = 10_000;

/** A main product with its accessory at one price: phone and case. */
export const accessoryPrice: Playbook = {
  name: "accessory-price",
  propose: (facts) =>
    shownPairs(facts).flatMap(({ product, companions: [first] }) => {
      if (first === undefined || !first.strong || !hasOnePrice(product) || !hasOnePrice(first.known)) return [];
      if (product.lowestMinor <= first.known.lowestMinor * EQUALS) return [];
      return proposalOf(facts, product, first) ?? [];
    }),
};

/** A set has one price, whatever variant is chosen: products whose variants differ in price are not for it. */
function hasOnePrice({ lowestMinor, highestMinor }: KnownProduct): boolean {
  return lowestMinor === highestMinor;
}

function proposalOf(facts: PlaybookFacts, product: KnownProduct, shown: ShownPair): Proposal | null {
  const both = [product, shown.known];
  const total = product.lowestMinor + shown.known.lowestMinor;
  const price = setPrice(facts, both, total);
  const priority = priorityOverSets(facts, product.id);
  if (price === null || priority === null || isCovered(facts, DISCOUNTS, product.id)) return null;
  const amounts = { [facts.currency]: price.amountMinor };
  return {
    ...{ id: proposalId("accessory-price", product.id, shown.companion), playbook: "accessory-price" },
    type: "bought-together",
    content: draftOf("bought-together", {
      ...{ name: nameOf(...both), mode: modeOfDraft(facts), priority, conditions: onlyFor(product.id) },
      ...{ reward: { kind: "fixed-price", amounts }, config: { setSize: 1 } },
    }),
    ...{ draft: null, products: both.map(({ id }) => id), weight: shown.together },
    reason: { code: "pair", together: shown.together, orders: shown.orders },
    checks: [
      ...monthlyCost(monthlyOrders(shown.recent), total - price.amountMinor),
      ...marginChecks(both, price.basisPoints),
      ...(facts.hasOtherCurrencies ? [{ code: "other-currencies" as const }] : []),
    ],
  };
}

/** A round price for both with what it takes off them; null where they cannot bear it. */
function setPrice(
  facts: PlaybookFacts,
  both: readonly KnownProduct[],
  totalMinor: number,
): { amountMinor: number; basisPoints: number } | null {
  for (const wanted of DISCOUNTS_WANTED) {
    const amountMinor = roundedDown((totalMinor * (WHOLE - wanted)) / WHOLE);
    const basisPoints = Math.ceil(((totalMinor - amountMinor) * WHOLE) / totalMinor);
    const isBearable = bearableDiscount(facts, both, [basisPoints]) !== null;
    if (amountMinor > 0 && basisPoints <= MOST_BASIS_POINTS && isBearable) return { amountMinor, basisPoints };
  }
  return null;
}
