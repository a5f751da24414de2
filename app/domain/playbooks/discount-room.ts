import type { PlaybookFacts, KnownProduct } from "./facts.ts";
import type { ProposalCheck } from "./proposal.ts";

const WHOLE = 10_000;
const A_PERCENT = 100;

/** The largest discount, in basis points, that leaves a price its cost and the margin that the shop wants; null for any. */
function roomOf({ costShare }: KnownProduct, { limits: { leastMarginPercent } }: PlaybookFacts): number | null {
  if (costShare === null) return null;
  return Math.floor((1 - costShare / (1 - leastMarginPercent / A_PERCENT)) * WHOLE);
}

/** The first of some discounts that all of these products can bear, in basis points; null where none can be borne. */
export function bearableDiscount(
  facts: PlaybookFacts,
  products: readonly KnownProduct[],
  wanted: readonly number[],
): number | null {
  const room = Math.min(...products.map((product) => roomOf(product, facts) ?? WHOLE));
  return wanted.find((discount) => discount <= room) ?? null;
}

/** What is known of the margin that a discount leaves. */
export function marginChecks(products: readonly KnownProduct[], basisPoints: number): ProposalCheck[] {
  const known = products.flatMap(({ costShare }) => costShare ?? []);
  const unknown = products.filter(({ costShare }) => costShare === null).map(({ id }) => id);
  const paid = 1 - basisPoints / WHOLE;
  const left = known.length === 0 ? null : Math.floor((1 - Math.max(...known) / paid) * A_PERCENT);
  return [
    ...(left === null ? [] : [{ code: "margin" as const, leftPercent: left }]),
    ...(unknown.length === 0 ? [] : [{ code: "cost-unknown" as const, products: unknown }]),
  ];
}
