import { isCovered, UNIT_DISCOUNTS } from "../covered.ts";
import { bearableDiscount, marginChecks } from "../discount-room.ts";
import { draftOf, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import type { PlaybookName, Proposal } from "../proposal.ts";

const WHOLE = 10_000;

/** From how many units on which discount is wanted, in basis points; ascending. */
export type WantedTiers = readonly (readonly [quantity: number, basisPoints: number])[];

/** Quantity breaks for one product; null where it cannot bear even the first tier, or an offer covers it. */
export function quantityProposal(
  playbook: PlaybookName,
  facts: PlaybookFacts,
  product: KnownProduct,
  wanted: WantedTiers,
): Omit<Proposal, "reason" | "weight"> | null {
  const tiers = wanted.filter(([, discount]) => bearableDiscount(facts, [product], [discount]) !== null);
  const highest = tiers.at(-1)?.[1];
  if (highest === undefined || isCovered(facts, UNIT_DISCOUNTS, product.id)) return null;
  return {
    ...{ id: proposalId(playbook, product.id), playbook, type: "quantity-breaks" },
    content: draftOf("quantity-breaks", {
      ...{ name: nameOf(product), conditions: onlyFor(product.id) },
      config: {
        tiers: tiers.map(([quantity, basisPoints]) => ({ quantity, reward: { kind: "percent", basisPoints } })),
      },
    }),
    ...{ draft: null, products: [product.id] },
    checks: marginChecks([product], highest),
  };
}

/**
 * What tiers cost in a month where each order takes as many units as orders of the last year did, in minor units.
 */
export function tiersCost(
  ordersByUnits: readonly (readonly [number, number])[],
  tiers: WantedTiers,
  priceMinor: number,
): number {
  const yearly = ordersByUnits.reduce((sum, [units, orders]) => {
    const [, discount] = tiers.findLast(([quantity]) => units >= quantity) ?? [0, 0];
    return sum + (units * orders * priceMinor * discount) / WHOLE;
  }, 0);
  return yearly / 12;
}
