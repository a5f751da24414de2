import { knownPrice, knownShare, type CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { ordersWith } from "../../baskets/item-orders.ts";
import type { Kinds } from "../../catalogue/kinds.ts";
import type { PurchaseSequences } from "../../baskets/purchase-sequence.ts";
import type { Difference } from "./difference.ts";
import { differences } from "./upgrade-differences.ts";
import { compareIds } from "../../ids.ts";

/** A product to offer in place of another, with the evidence for it and what it has more. */
export interface UpgradeCandidate {
  readonly id: string;
  /** Above 1, at most the cap. */
  readonly priceRatio: number;
  readonly priceDifferenceMinor: number;
  /** What candidates are ranked by; comparable among the candidates of one product only. */
  readonly score: number;
  readonly evidence: UpgradeEvidence;
  readonly differences: readonly Difference[];
}

export interface UpgradeEvidence {
  /** Customers who bought the product and, in a later order, the candidate. */
  readonly thenCustomers: number;
  /** As many as there would be if what customers buy later had nothing to do with the product. */
  readonly expectedThenCustomers: number;
  /** Customers who bought both, in whichever order. */
  readonly bothCustomers: number;
  /** Orders with both. */
  readonly togetherOrders: number;
  readonly orders: number;
  readonly refundedShare: number | null;
  readonly marginShare: number | null;
}

export interface UpgradeOptions {
  /** Price of the candidate over the product's price, at most; above 1. */
  readonly priceCap?: number;
  /** The same, at least; any dearer price unless given. */
  readonly leastPriceRatio?: number;
  readonly count?: number;
}

export const DEFAULT_PRICE_CAP = 1.5;
const MOST_CANDIDATES = 10;
/** Candidates that are looked at closely, the most ordered first: a bound for very wide kinds. */
const MOST_COMPARED = 500;
/** Customers that the candidates' popularity counts for beside the customers who were seen to move. */
const POPULARITY_CUSTOMERS = 10;
/** How much a margin one whole better than the candidates' mean raises the score. */
const MARGIN_SAY = 0.5;
/** Units that the candidates' mean refund rate counts for beside a product's own. */
const REFUND_PRIOR_UNITS = 50;

/**
 * Candidates for "replace this with that": same kind, price within (1, cap] times the product's.
 *
 * score = wanted x kept x margin, with
 * wanted = (moved(c) + 10 popularity(c)) / (sum of moved + 10), where moved = customers who bought the product and, in
 * a later order, the candidate, and popularity is the candidate's share of the candidates' orders (Dirichlet smoothing,
 * as of language models: Zhai & Lafferty, 2004). Customers who bought both in one order say nothing of replacing.
 * kept = 1 - refunded share, drawn towards the candidates' mean by 50 units where the units sold are known; margin = 1 +
 * (margin - the candidates' mean margin) / 2. An unknown refund rate counts as the candidates' mean, as does an unknown
 * margin.
 *
 * No candidates for a product without a known price, and none without one. Sorted by score, then by id; at most
 * `count` (10). Throws for a cap that is not above 1. `itemOf` is as for `relationsOf`.
 */
export function upgradeCandidates(
  items: readonly CatalogueItem[],
  product: number,
  kinds: Kinds,
  sequences: PurchaseSequences,
  itemOf: (position: number) => number,
  { priceCap = DEFAULT_PRICE_CAP, leastPriceRatio = 1, count = MOST_CANDIDATES }: UpgradeOptions = {},
): UpgradeCandidate[] {
  if (!(priceCap > 1)) throw new Error(`Not a price cap: ${priceCap}`);
  const from = items[product];
  const price = from ? knownPrice(from) : null;
  if (!from || price === null) return [];
  const within = withinReach(items, kinds.others(product), price, leastPriceRatio, priceCap).map((other) => {
    const at = itemOf(other);
    return { item: items[other]!, at, orders: ordersWith(sequences.index, at).length };
  });
  within.sort((x, y) => y.orders - x.orders || compareIds(x.item.id, y.item.id)).splice(MOST_COMPARED);
  const seen = sequences.from(
    itemOf(product),
    within.map(({ at }) => at),
  );
  const allMoved = sum(seen.map(({ thenCustomers }) => thenCustomers));
  const allOrders = sum(within.map(({ orders }) => orders));
  const typicalRefund = mean(within.map(({ item }) => knownShare(item.refundedShare)));
  const typicalMargin = mean(within.map(({ item }) => knownShare(item.marginShare)));
  const laterBreadth = sequences.laterBreadth(itemOf(product));
  return within
    .map(({ item, at, orders }, n): UpgradeCandidate => {
      const refundedShare = knownShare(item.refundedShare);
      const marginShare = knownShare(item.marginShare);
      const popularity = allOrders === 0 ? 0 : orders / allOrders;
      const { thenCustomers, bothCustomers, togetherOrders } = seen[n]!;
      const expectedThenCustomers = laterBreadth * (sequences.laterShare[at] ?? 0);
      const wanted = (thenCustomers + POPULARITY_CUSTOMERS * popularity) / (allMoved + POPULARITY_CUSTOMERS);
      const kept = 1 - steadyRefund(item, typicalRefund);
      const margin = 1 + MARGIN_SAY * ((marginShare ?? typicalMargin) - typicalMargin);
      return {
        id: item.id,
        priceRatio: item.priceMinor! / price,
        priceDifferenceMinor: item.priceMinor! - price,
        score: wanted * kept * margin,
        evidence: {
          ...{ thenCustomers, expectedThenCustomers, bothCustomers, togetherOrders, orders },
          ...{ refundedShare, marginShare },
        },
        differences: differences(from, item),
      };
    })
    .sort((x, y) => y.score - x.score || compareIds(x.id, y.id))
    .slice(0, count);
}

/** Those of the positions whose price is known, above the price, and from the least ratio to the cap times it. */
function withinReach(
  items: readonly CatalogueItem[],
  positions: readonly number[],
  price: number,
  least: number,
  cap: number,
): number[] {
  return positions.filter((position) => {
    const dearer = knownPrice(items[position]!);
    return dearer !== null && dearer > price && dearer >= price * least && dearer <= price * cap;
  });
}

/** The refund rate as far as so many units can tell it. */
function steadyRefund(item: CatalogueItem, typical: number): number {
  const share = knownShare(item.refundedShare);
  if (share === null) return typical;
  const units = item.soldUnits ?? null;
  return units === null ? share : (share * units + typical * REFUND_PRIOR_UNITS) / (units + REFUND_PRIOR_UNITS);
}

function mean(shares: readonly (number | null)[]): number {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? 0 : sum(known) / known.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
