import { isOfferTypeName } from "../offers/offer-type-name.ts";
import { offerKeyOf } from "../offers/offer-id.ts";
import type { ClaimedSurface } from "../offers/surface.ts";
import { areAdditionsCounted } from "./offer-funnel.ts";
import type { OfferEvent } from "./shop-event.ts";

/** How often something happened with an offer on a surface, and in which group (see {@link funnelRows}). */
export interface GroupedTotal {
  readonly key: string;
  readonly offer: number;
  readonly surface: ClaimedSurface;
  readonly kind: OfferEvent;
  readonly events: number;
}

/** Order lines of a group, and those of which something is still sold. */
export interface BoughtLines {
  readonly key: string;
  readonly bought: number;
  readonly kept: number;
}

/** How often shoppers came to each step. The first four are page views, the last two order lines. */
export interface FunnelSteps {
  readonly shown: number;
  readonly seen: number;
  readonly clicked: number;
  /** Null where the theme's own button adds everywhere, which nobody counts. */
  readonly added: number | null;
  readonly bought: number;
  readonly kept: number;
  /** See {@link acceptance}. */
  readonly acceptance: number | null;
}

export interface FunnelRow extends FunnelSteps {
  readonly key: string;
}

/** What rows are grouped by. Products are those whose page or cart line the offer stands on. */
export type FunnelDimension = "offer" | "surface" | "product";

type OfferTypes = ReadonlyMap<number, string>;

/**
 * One row for each offer (by `offerKey`), surface or product that shoppers met or bought through, the most seen first,
 * and all of them together. `types` has the type of each offer by its number; events of others are left out.
 */
export function funnelRows(
  by: FunnelDimension,
  totals: readonly GroupedTotal[],
  bought: readonly BoughtLines[],
  types: OfferTypes,
): { rows: FunnelRow[]; total: FunnelSteps } {
  const known = totals.filter((total) => isKnown(total, types));
  const keyOf = (total: GroupedTotal) =>
    by === "product" ? total.key : by === "surface" ? total.surface : keyOfOffer(total, types);
  const groups = Map.groupBy(known, keyOf);
  const boughtOf = new Map(bought.map((lines) => [lines.key, lines]));
  const keys = new Set([...groups.keys(), ...boughtOf.keys()]);
  const rows = [...keys].map((key) => ({ key, ...steps(groups.get(key) ?? [], boughtOf.get(key), types) }));
  rows.sort((a, b) => b.seen - a.seen || b.bought - a.bought || (a.key < b.key ? -1 : 1));
  const all = bought.reduce((sum, one) => ({ bought: sum.bought + one.bought, kept: sum.kept + one.kept }), NONE);
  return { rows, total: steps(known, all, types) };
}

const NONE = { bought: 0, kept: 0 };

function keyOfOffer({ offer }: GroupedTotal, types: OfferTypes): string {
  const type = types.get(offer) ?? "";
  return isOfferTypeName(type) ? offerKeyOf(type, offer) : "again";
}

function steps(totals: readonly GroupedTotal[], lines: typeof NONE = NONE, types: OfferTypes): FunnelSteps {
  const count = (wanted: OfferEvent) =>
    totals.reduce((sum, { kind, events }) => (kind === wanted ? sum + events : sum), 0);
  const isUncounted = totals.length > 0 && !totals.some((total) => isAdditionCounted(total, types));
  return {
    ...{ shown: count("shown"), seen: count("seen"), clicked: count("clicked") },
    added: isUncounted ? null : count("added"),
    ...{ bought: lines.bought, kept: lines.kept, acceptance: acceptance(totals, types) },
  };
}

/**
 * Acceptance: how often an offer's products were added / how often the offer was seen, where both are counted; null where
 * it was not seen. Both are counted once for each page view.
 */
export function acceptance(totals: readonly GroupedTotal[], types: OfferTypes): number | null {
  const counted = totals.filter((total) => isKnown(total, types) && isAdditionCounted(total, types));
  const count = (wanted: OfferEvent) =>
    counted.reduce((sum, { kind, events }) => (kind === wanted ? sum + events : sum), 0);
  const seen = count("seen");
  return seen === 0 ? null : Math.min(1, count("added") / seen);
}

function isKnown({ offer }: GroupedTotal, types: OfferTypes): boolean {
  return offer === 0 || isOfferTypeName(types.get(offer) ?? "");
}

function isAdditionCounted({ offer, surface }: GroupedTotal, types: OfferTypes): boolean {
  const type = types.get(offer) ?? "";
  return !isOfferTypeName(type) || areAdditionsCounted(type, surface);
}
