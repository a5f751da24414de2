import { FEWEST_ORDERS_TOGETHER, type EvidenceGrade } from "../evidence/association.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { kindsOf } from "../../catalogue/kinds.ts";
import { PurchaseSequences } from "../../baskets/purchase-sequence.ts";
import { seasonalAssociations, type SeasonalAssociation } from "./seasons.ts";
import { relationsOf } from "./substitutes.ts";

/** How it shows that one product is bought instead of another; see `relationsOf`. */
export type SubstituteBasis = "switching" | "same-kind";

/** When a pair is bought together, and how often in and out of that time. */
export type PairSeason = Pick<
  SeasonalAssociation,
  "months" | "together" | "togetherInSeason" | "years" | "boost" | "rest"
>;

/** What the orders say of single pairs beyond how often they meet. Both questions are mutual. */
export interface PairFindings {
  /**
   * Null for a pair that is no substitute. Being of one kind is no reason against strong evidence of being bought
   * together, even where large baskets explain it: that customers take the one for the other is.
   */
  insteadOf(item: number, other: number, grade: EvidenceGrade): SubstituteBasis | null;
  /** Null for a pair that is bought together all year. */
  season(item: number, other: number): PairSeason | null;
}

/** What was found of pairs, by the products' ids: what can be kept, and learnt with later. */
export interface JudgedPairs {
  readonly substitutes: readonly { readonly a: string; readonly b: string; readonly basis: SubstituteBasis }[];
  readonly seasons: readonly { readonly a: string; readonly b: string; readonly season: PairSeason }[];
}

/** The findings of judged pairs for the items of a table; products that are not in it are passed over. */
export function pairFindings({ itemIds }: BasketTable, judged: JudgedPairs): PairFindings {
  const indexOf = new Map(itemIds.map((id, item) => [id, item]));
  const keyOf = (a: number, b: number) => Math.min(a, b) * itemIds.length + Math.max(a, b);
  const byPair = <Found extends { a: string; b: string }>(found: readonly Found[]): Map<number, Found> =>
    new Map(
      found.flatMap((one) => {
        const [a, b] = [indexOf.get(one.a), indexOf.get(one.b)];
        return a === undefined || b === undefined ? [] : [[keyOf(a, b), one] as const];
      }),
    );
  const substitutes = byPair(judged.substitutes);
  const seasons = byPair(judged.seasons);
  return {
    insteadOf: (item, other, grade) => {
      const basis = substitutes.get(keyOf(item, other))?.basis ?? null;
      return basis === "same-kind" && grade === "strong" ? null : basis;
    },
    season: (item, other) => seasons.get(keyOf(item, other))?.season ?? null,
  };
}

/** Collects the pairs that lists hold, each once, and judges them together, so that many tests are corrected for. */
export class ListedPairs {
  readonly #table: BasketTable;
  readonly #pairs = new Map<number, number>();

  constructor(table: BasketTable) {
    this.#table = table;
  }

  /** Pairs below the gate are shown to nobody, and are left out. */
  add(item: number, other: number, together: number): void {
    if (together >= FEWEST_ORDERS_TOGETHER) this.#pairs.set(this.#keyOf(item, other), together);
  }

  /** `catalogue` ascends by id. */
  judge(catalogue: readonly CatalogueItem[], utcOffsetMs: number): JudgedPairs {
    const table = this.#table;
    const indexOf = new Map(table.itemIds.map((id, item) => [id, item]));
    const seasons = seasonalAssociations(table, this.#all(), { utcOffsetMs });
    return {
      substitutes: substitutesAmong(table, catalogue, indexOf, this.#all()),
      seasons: seasons.map(({ a, b, months, together, togetherInSeason, years, boost, rest }) => ({
        ...{ a, b },
        season: { months, together, togetherInSeason, years, boost, rest },
      })),
    };
  }

  #keyOf(item: number, other: number): number {
    return Math.min(item, other) * this.#table.itemIds.length + Math.max(item, other);
  }

  #all(): (readonly [number, number])[] {
    const items = this.#table.itemIds.length;
    return [...this.#pairs.keys()].map((key) => [Math.floor(key / items), key % items] as const);
  }
}

/** Only products of one kind can be substitutes: the others need not be asked about. */
function substitutesAmong(
  table: BasketTable,
  catalogue: readonly CatalogueItem[],
  indexOf: ReadonlyMap<string, number>,
  pairs: readonly (readonly [number, number])[],
): { a: string; b: string; basis: SubstituteBasis }[] {
  const placeOf = new Map(catalogue.map(({ id }, place) => [id, place]));
  const kinds = kindsOf(catalogue);
  const places = pairs.map(([a, b]) => [placeOf.get(table.itemIds[a]!), placeOf.get(table.itemIds[b]!)] as const);
  const asked = places.filter(
    (pair): pair is readonly [number, number] =>
      pair[0] !== undefined && pair[1] !== undefined && kinds.sameKind(pair[0], pair[1]),
  );
  if (asked.length === 0) return [];
  const relations = relationsOf(
    catalogue,
    asked,
    kinds,
    new PurchaseSequences(table),
    (place) => indexOf.get(catalogue[place]!.id) ?? -1,
  );
  return relations.flatMap((found) =>
    found.relation === "substitute" ? [{ a: found.a, b: found.b, basis: found.basis }] : [],
  );
}
