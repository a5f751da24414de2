import { knownPrice, knownShare, type CatalogueItem } from "./catalogue-item.ts";
import { ordersWith } from "./item-orders.ts";
import type { Kinds } from "./kinds.ts";
import type { PurchaseSequences } from "./purchase-sequence.ts";
import { differences, type Difference } from "./upgrade-differences.ts";

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
  /** Customers who bought both, in whichever order. */
  readonly bothCustomers: number;
  readonly orders: number;
  readonly refundedShare: number | null;
  readonly marginShare: number | null;
}

export interface UpgradeOptions {
  /** Price of the candidate over the product's price, at most; above 1. */
  readonly priceCap?: number;
  readonly count?: number;
}

export const DEFAULT_PRICE_CAP = 1.5;
const MOST_CANDIDATES = 10;
/** Candidates that are looked at closely, the most ordered first: a bound for very wide kinds. */
const MOST_COMPARED = 500;
/** Customers that the candidates' popularity counts for beside the customers who were seen to move. */
const POPULARITY_CUSTOMERS = 10;
/** How much a customer who bought both, in whichever order, says beside one who bought the candidate later. */
const CO_BUYER = 0.5;
/** How much a margin one whole better than the candidates' mean raises the score. */
const MARGIN_SAY = 0.5;

/**
 * Candidates for "replace this with that": same kind, price within (1, cap] times the product's.
 *
 * score = wanted x kept x margin, with
 * wanted = (moved(c) + 10 popularity(c)) / (sum of moved + 10), where moved = customers who bought the product and
 * later the candidate, plus half of those who bought both otherwise, and popularity is the candidate's share of the
 * candidates' orders (Dirichlet smoothing, as of language models: Zhai & Lafferty, 2004);
 * kept = 1 - refunded share; margin = 1 + (margin - the candidates' mean margin) / 2. An unknown refund rate counts as
 * the candidates' mean, as does an unknown margin.
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
  { priceCap = DEFAULT_PRICE_CAP, count = MOST_CANDIDATES }: UpgradeOptions = {},
): UpgradeCandidate[] {
  if (!(priceCap > 1)) throw new Error(`Not a price cap: ${priceCap}`);
  const from = items[product];
  const price = from ? knownPrice(from) : null;
  if (!from || price === null) return [];
  const ordersOf = (position: number) => ordersWith(sequences.index, itemOf(position)).length;
  const within = kinds
    .others(product)
    .filter((other) => items[other]!.id !== from.id && withinCap(price, knownPrice(items[other]!), priceCap))
    .map((other) => ({ item: items[other]!, at: itemOf(other), orders: ordersOf(other) }))
    .sort((x, y) => y.orders - x.orders || byId(x.item, y.item))
    .slice(0, MOST_COMPARED);
  const seen = sequences.from(
    itemOf(product),
    within.map(({ at }) => at),
  );
  const moved = seen.map((s) => s.thenCustomers + CO_BUYER * (s.bothCustomers - s.thenCustomers));
  const allMoved = sum(moved);
  const allOrders = sum(within.map(({ orders }) => orders));
  const typicalRefund = mean(within.map(({ item }) => knownShare(item.refundedShare)));
  const typicalMargin = mean(within.map(({ item }) => knownShare(item.marginShare)));
  return within
    .map(({ item, orders }, n): UpgradeCandidate => {
      const refundedShare = knownShare(item.refundedShare);
      const marginShare = knownShare(item.marginShare);
      const popularity = allOrders === 0 ? 0 : orders / allOrders;
      const wanted = (moved[n]! + POPULARITY_CUSTOMERS * popularity) / (allMoved + POPULARITY_CUSTOMERS);
      const kept = 1 - (refundedShare ?? typicalRefund);
      const margin = 1 + MARGIN_SAY * ((marginShare ?? typicalMargin) - typicalMargin);
      const { thenCustomers, bothCustomers } = seen[n]!;
      return {
        id: item.id,
        priceRatio: item.priceMinor! / price,
        priceDifferenceMinor: item.priceMinor! - price,
        score: wanted * kept * margin,
        evidence: { thenCustomers, bothCustomers, orders, refundedShare, marginShare },
        differences: differences(from, item),
      };
    })
    .sort((x, y) => y.score - x.score || byId(x, y))
    .slice(0, count);
}

function withinCap(from: number, to: number | null, cap: number): boolean {
  return to !== null && to > from && to <= from * cap;
}

function mean(shares: readonly (number | null)[]): number {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? 0 : sum(known) / known.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
