import { knownPrice, type CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { ordersWith } from "../../baskets/item-orders.ts";
import type { Kinds } from "../../catalogue/kinds.ts";
import { basketMargins, chanceOfTogether, NullModel } from "../evidence/null-model.ts";
import type { PurchaseSequence, PurchaseSequences } from "../../baskets/purchase-sequence.ts";
import { benjaminiHochberg, poissonUpperTail } from "../../statistics/significance.ts";

/** What the orders say of two products. Counts are exact; expectations are what chance alone would give. */
export interface RelationEvidence {
  readonly togetherOrders: number;
  readonly expectedTogether: number;
  /** Chance of so many orders together by accident, corrected for all pairs asked about. */
  readonly togetherQ: number;
  /** Customers who bought one and in a later order the other, in either direction, and never both in one order. */
  readonly switchedCustomers: number;
  readonly expectedSwitched: number;
  readonly switchedQ: number;
  readonly sameKind: boolean;
  /** Dearer price over cheaper one, at least 1; null where a price is unknown. */
  readonly priceRatio: number | null;
}

/**
 * A complement is bought with the other product; a substitute instead of it, and is no companion but may be an
 * upgrade. `basis` says whether customers' own switching shows it, or only that the two are of one kind and nobody's
 * orders support buying both. Anything else is unclear.
 */
export type PairRelation = { readonly a: string; readonly b: string; readonly evidence: RelationEvidence } & (
  | { readonly relation: "complement" }
  | { readonly relation: "substitute"; readonly basis: "switching" | "same-kind" }
  | { readonly relation: "unclear" }
);

/** Share of findings that may be wrong, for either claim. */
const FALSE_DISCOVERY_RATE = 0.01;
const LEAST_TOGETHER = 5;
const LEAST_SWITCHED = 5;
const SIMILAR_PRICE = 1.5;

/**
 * Tells complements from substitutes among pairs of catalogue positions.
 *
 * Together: orders with both, against what the sizes of the baskets give by chance ({@link NullModel}, {@link
 * chanceOfTogether}). Switched: customers who had the one and later the other but never both in an order, in both
 * directions, against what these customers' activity and the items' popularity give ({@link
 * PurchaseSequences.expectedThen}); one-sided exact Poisson test. Both are corrected for all pairs asked about
 * (Benjamini & Hochberg, 1995). That substitutes are viewed or bought for each other and complements in addition is the
 * distinction of McAuley, Pandey & Leskovec (2015).
 *
 * Complement: at least 5 orders together, q within 1 %. Otherwise, of one kind and within 1.5 times the price (an
 * unknown price does not count): a substitute by switching with at least 5 such customers, q within 1 % and no more
 * orders together than chance gives; else by kind alone. `itemOf` leads from a catalogue position to the basket table's
 * index, -1 for a product without orders. Doubles, self-pairs and unknown positions are left out; `a` is the lesser id;
 * sorted by ids.
 */
export function relationsOf(
  items: readonly CatalogueItem[],
  pairs: Iterable<readonly [number, number]>,
  kinds: Kinds,
  sequences: PurchaseSequences,
  itemOf: (position: number) => number,
): PairRelation[] {
  const asked = distinct(items, pairs);
  const counted = countAll(
    sequences,
    asked.map(([a, b]) => [itemOf(a), itemOf(b)]),
    new NullModel(basketMargins(sequences.table)),
  );
  const togetherQ = benjaminiHochberg(counted.map((c) => c.togetherP));
  const switchedQ = benjaminiHochberg(counted.map((c) => poissonUpperTail(c.switchedCustomers, c.expectedSwitched)));
  return asked.map(([a, b], n) => {
    const [priceA, priceB] = [knownPrice(items[a]!), knownPrice(items[b]!)];
    const { togetherP: _, ...counts } = counted[n]!;
    const evidence: RelationEvidence = {
      ...counts,
      togetherQ: togetherQ[n]!,
      switchedQ: switchedQ[n]!,
      sameKind: kinds.sameKind(a, b),
      priceRatio: priceA === null || priceB === null ? null : Math.max(priceA / priceB, priceB / priceA),
    };
    return { a: items[a]!.id, b: items[b]!.id, evidence, ...judge(evidence) };
  });
}

function judge(
  e: RelationEvidence,
): { relation: "complement" | "unclear" } | { relation: "substitute"; basis: "switching" | "same-kind" } {
  if (e.togetherOrders >= LEAST_TOGETHER && e.togetherQ <= FALSE_DISCOVERY_RATE) return { relation: "complement" };
  if (!e.sameKind || (e.priceRatio !== null && e.priceRatio > SIMILAR_PRICE)) return { relation: "unclear" };
  const switched = e.switchedCustomers >= LEAST_SWITCHED && e.switchedQ <= FALSE_DISCOVERY_RATE;
  const rarelyTogether = e.togetherOrders <= e.expectedTogether;
  return { relation: "substitute", basis: switched && rarelyTogether ? "switching" : "same-kind" };
}

type PairCounts = Omit<RelationEvidence, "togetherQ" | "switchedQ" | "sameKind" | "priceRatio"> & {
  readonly togetherP: number;
};
const NEVER_SOLD: PairCounts = {
  ...{ togetherOrders: 0, expectedTogether: 0, togetherP: 1 },
  ...{ switchedCustomers: 0, expectedSwitched: 0 },
};

/** In the order given. An item's orders are read once for all that it is compared with. */
function countAll(
  sequences: PurchaseSequences,
  pairs: readonly (readonly [number, number])[],
  chance: NullModel,
): PairCounts[] {
  const partners = new Map<number, Set<number>>();
  for (const [a, b] of pairs) {
    if (a < 0 || b < 0) continue;
    for (const [from, to] of [[a, b] as const, [b, a] as const]) {
      const known = partners.get(from);
      if (known) known.add(to);
      else partners.set(from, new Set([to]));
    }
  }
  const breadths = new Map<number, number>();
  const found = new Map<number, Map<number, PurchaseSequence>>();
  for (const [from, others] of partners) {
    const asked = [...others];
    const answers = sequences.from(from, asked);
    found.set(from, new Map(asked.map((other, n) => [other, answers[n]!])));
    breadths.set(from, sequences.laterBreadth(from));
  }
  const ordersOf = (item: number) => ordersWith(sequences.index, item).length;
  const expectedThen = (a: number, b: number) => breadths.get(a)! * sequences.laterShare[b]!;
  return pairs.map(([a, b]) => {
    if (a < 0 || b < 0) return NEVER_SOLD;
    const [there, back] = [found.get(a)!.get(b)!, found.get(b)!.get(a)!];
    const expectedTogether = chance.expected(ordersOf(a), ordersOf(b));
    return {
      togetherOrders: there.togetherOrders,
      expectedTogether,
      togetherP: chanceOfTogether(there.togetherOrders, ordersOf(a), ordersOf(b), expectedTogether),
      switchedCustomers: there.switchedCustomers + back.switchedCustomers,
      expectedSwitched: expectedThen(a, b) + expectedThen(b, a),
    };
  });
}

function distinct(
  items: readonly CatalogueItem[],
  pairs: Iterable<readonly [number, number]>,
): (readonly [number, number])[] {
  const found = new Map<string, readonly [number, number]>();
  for (const [x, y] of pairs) {
    const [first, second] = [items[x], items[y]];
    if (!first || !second || first.id === second.id) continue;
    const pair = first.id < second.id ? ([x, y] as const) : ([y, x] as const);
    found.set(`${items[pair[0]]!.id}\n${items[pair[1]]!.id}`, pair);
  }
  return [...found.values()].sort(
    ([a, b], [c, d]) => compare(items[a]!.id, items[c]!.id) || compare(items[b]!.id, items[d]!.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
