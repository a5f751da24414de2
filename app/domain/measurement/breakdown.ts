import { VISIT_DIMENSIONS, type VisitDimension, type VisitKind } from "./visit.ts";

/**
 * What all orders of a period can be split by: each order is in one group, so that groups add up to the whole.
 *
 * - market: the currency that it was paid in. Orders name no market.
 * - channel: where it was placed.
 * - customer: "new" for a customer's first order, counting every order before it that was no test; otherwise "returning".
 * - device, source, campaign: of the visit that it was made in, see `visit.ts`.
 */
export const BREAKDOWNS = ["market", "channel", "customer", ...VISIT_DIMENSIONS] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** Whether groups are those of visits, which are counted as well. */
export function isOfVisits(by: Breakdown): by is VisitDimension {
  return VISIT_DIMENSIONS.some((dimension) => dimension === by);
}

/** What a group of orders sold and what offers had a part in; amounts as in `figures.ts`. All of it can be added up. */
export interface BreakdownFigures {
  /** Orders of which something is still sold, and units, gift cards left out. */
  readonly orders: number;
  readonly units: number;
  readonly netMinor: number;
  readonly attributedMinor: number;
  readonly attributedOrders: number;
  readonly refundedMinor: number;
  readonly assistedMinor: number;
  /** What our own discounts took off, see `givenMinor`. */
  readonly discountMinor: number;
}

/** The figures of one group. Null: of these orders it is not known which group they are in. */
export interface BreakdownGroup extends BreakdownFigures {
  readonly key: string | null;
}

/** How often something happened in visits of a group; null for all groups that are not distinguished. */
export interface VisitCount {
  readonly key: string | null;
  readonly kind: VisitKind;
  readonly events: number;
}

/** A row of a breakdown: a group, the orders of which nothing is known, or the groups that are not shown. */
export interface BreakdownRow extends BreakdownFigures {
  readonly of: { readonly kind: "group"; readonly key: string } | { readonly kind: "unknown" | "other" };
  /** Visits that began; null where visits are not counted by this. */
  readonly visits: number | null;
  /** Orders of these visits ÷ visits; null without visits. */
  readonly conversion: number | null;
  /** Added ÷ seen, where both are counted; null where nothing was seen. */
  readonly acceptance: number | null;
}

const NOTHING: BreakdownFigures = {
  ...{ orders: 0, units: 0, netMinor: 0, attributedMinor: 0, attributedOrders: 0 },
  ...{ refundedMinor: 0, assistedMinor: 0, discountMinor: 0 },
};

/**
 * The rows of a breakdown: `most` groups, those of the highest net sales and then of the most visits first; all others in
 * one row; and what is not known last. Rows add up to the groups. `visits` is null where visits are not counted by it.
 */
export function breakdownRows(
  groups: readonly BreakdownGroup[],
  visits: readonly VisitCount[] | null,
  most: number,
): { rows: BreakdownRow[]; others: number } {
  const figures = new Map(groups.map((group) => [group.key ?? UNKNOWN, group]));
  const counts = new Map<string | null, VisitCounts>();
  for (const { key, kind, events } of visits ?? []) {
    const name = key === "" && !figures.has("") ? UNKNOWN : key;
    counts.set(name, plus(counts.get(name) ?? NO_VISITS, { ...NO_VISITS, [kind]: events }));
  }
  // Of groups beyond those whose visits were read, the visits are not known by themselves.
  const isApart = (key: string) => visits === null || counts.has(key) || !counts.has(null);
  const keys = [...new Set([...figures.keys(), ...[...counts.keys()].filter((key) => key !== null)])];
  const of = (key: string): Entry => ({
    key,
    figures: figures.get(key) ?? NOTHING,
    visits: counts.get(key) ?? NO_VISITS,
  });
  const known = keys.filter((key) => key !== UNKNOWN).map(of);
  known.sort((a, b) => Number(isApart(b.key)) - Number(isApart(a.key)) || byWeight(a, b));
  const shown = known.slice(0, Math.min(most, known.filter(({ key }) => isApart(key)).length));
  const others = known.slice(shown.length);
  const rest = counts.get(null);
  const rows = shown.map((entry) => row({ kind: "group", key: entry.key }, [entry], visits !== null));
  if (others.length > 0 || rest !== undefined) {
    const remainder: Entry[] = [...others, { key: "", figures: NOTHING, visits: rest ?? NO_VISITS }];
    rows.push(row({ kind: "other" }, remainder, visits !== null));
  }
  if (keys.includes(UNKNOWN)) rows.push(row({ kind: "unknown" }, [of(UNKNOWN)], false));
  return { rows, others: others.length };
}

/** No key can be it: keys hold no control characters but a line feed. */
const UNKNOWN = "\u0000";

type VisitCounts = Readonly<Record<VisitKind, number>>;
const NO_VISITS: VisitCounts = { "visit-started": 0, seen: 0, added: 0 };

interface Entry {
  readonly key: string;
  readonly figures: BreakdownFigures;
  readonly visits: VisitCounts;
}

function byWeight(a: Entry, b: Entry): number {
  return (
    b.figures.netMinor - a.figures.netMinor ||
    b.visits["visit-started"] - a.visits["visit-started"] ||
    (a.key < b.key ? -1 : 1)
  );
}

function plus<Sums extends Readonly<Record<string, number>>>(a: Sums, b: Sums): Sums {
  return Object.fromEntries(Object.keys(a).map((name) => [name, a[name]! + b[name]!])) as unknown as Sums;
}

function row(of: BreakdownRow["of"], entries: readonly Entry[], isCounted: boolean): BreakdownRow {
  const names = Object.keys(NOTHING) as (keyof BreakdownFigures)[];
  const sum = (name: keyof BreakdownFigures) => entries.reduce((all, { figures }) => all + figures[name], 0);
  const figures = Object.fromEntries(names.map((name) => [name, sum(name)])) as unknown as BreakdownFigures;
  const visits = entries.reduce((all, entry) => plus(all, entry.visits), NO_VISITS);
  const ratio = (part: number, whole: number) => (isCounted && whole > 0 ? Math.min(1, part / whole) : null);
  return {
    ...figures,
    of,
    visits: isCounted ? visits["visit-started"] : null,
    conversion: ratio(figures.orders, visits["visit-started"]),
    acceptance: ratio(visits.added, visits.seen),
  };
}
