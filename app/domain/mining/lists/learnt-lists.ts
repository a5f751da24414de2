import { FEWEST_ORDERS_TOGETHER, NEW_PRODUCT_ORDERS, type EvidenceStandard } from "../evidence/association.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { CompanionsOfSimilar } from "./companions-of-similar.ts";
import { evidenceLimits } from "../evidence/evidence-limits.ts";
import { ListedCompanions, type ListedCompanion } from "./listed-companions.ts";
import { NearIdentical } from "./near-identical.ts";
import {
  ListedPairs,
  pairFindings,
  type JudgedPairs,
  type PairFindings,
  type PairSeason,
  type SubstituteBasis,
} from "./pair-findings.ts";
import { basketMargins, NullModel } from "../evidence/null-model.ts";
import { countPairs } from "../evidence/pair-counts.ts";
import type { Choice } from "../selection/choose.ts";
import type { RankingModel } from "../model/model.ts";
import type { NewProductCompanion } from "../../catalogue/similar-products.ts";
import { compareIds } from "../../ids.ts";
import { ViewedCompanions, type ViewedCompanion } from "./viewed-companions.ts";

/**
 * Who put a companion into a list: the ranking for the product's own page, the ranking for a whole cart, or, for a
 * product too new to have companions of its own, what shoppers view with it, and the companions of the products like it.
 */
export type PlacedBy = "page" | "cart" | "viewed" | "similar";

/** A product's companions as they are stored, best first, with what put each of them there. */
export interface LearntList {
  readonly item: string;
  /** The ranker that orders the product's own page, and the one whose weights add up over a cart. */
  readonly ranker: string;
  readonly cartRanker: string;
  /** Orders with the product in the latest {@link RECENT_DAYS} days of the history. */
  readonly recentOrders: number;
  readonly companions: readonly LearntCompanion[];
}

export interface LearntCompanion {
  readonly item: string;
  /** What it adds to its sum over a cart; 0 where only the product's own page asks for it. */
  readonly weight: number;
  readonly placedBy: PlacedBy;
  /** Its place in that ranking's list of this product, from 1. */
  readonly rank: number;
  /**
   * Its place by plain confidence among all that were ever in an order with the product, from 1; null where none was.
   */
  readonly confidenceRank: number | null;
  /** Orders with both in the latest {@link RECENT_DAYS} days. */
  readonly recentTogether: number;
  /** The similar products whose companion it is, the most telling first; empty unless `placedBy` is "similar". */
  readonly from: readonly { readonly item: string; readonly similarity: number }[];
  /** What was browsed; null unless `placedBy` is "viewed". Never a part of the evidence of orders. */
  readonly viewed: Omit<ViewedCompanion, "id" | "weight"> | null;
  /** Set where it is bought instead of the product, and is no companion of it: never offered with it. */
  readonly insteadOf: SubstituteBasis | null;
  /** Set where the two are bought together in some months only. */
  readonly season: PairSeason | null;
  /** An earlier companion of the list that differs in no more than a colour or a pattern; null for none. */
  readonly nearIdenticalTo: string | null;
}

export interface LearntListsOptions {
  /** What the shop's pairs are judged by, where it is known already. */
  readonly standard?: EvidenceStandard;
  /** How far the shop's clocks are ahead of UTC: its months are those of its own calendar. */
  readonly utcOffsetMs?: number;
  /** What was found of the shop's pairs at an earlier time: it is listed with, and not looked for again. */
  readonly judged?: JudgedPairs;
}

/** What counts as recent, back from the latest order: measured from the end of the history, not from the clock. */
export const RECENT_DAYS = 90;

/**
 * One list per product for both questions: first what its own page shows, in the page ranking's order, then what the
 * cart ranking adds; the weights are the cart's. A new product none of whose own companions has fair evidence is led by
 * what shoppers view with it, where that was found to help, then by the companions of the products like it, as far as
 * orders support them there.
 *
 * `catalogue` also holds products without any order. Neither its order nor that of the orders matters. Lists ascend by
 * item id; products with nothing to list have none. No list holds its own item, or an item twice; none is longer than
 * what the rankings list and sixteen.
 */
export function* learntLists(
  table: BasketTable,
  model: RankingModel,
  catalogue: readonly CatalogueItem[],
  options: LearntListsOptions = {},
): Generator<LearntList> {
  const standard = options.standard ?? evidenceLimits(countPairs(table, FEWEST_ORDERS_TOGETHER));
  const listed = new ListedCompanions(table, model, standard, RECENT_DAYS);
  const sorted = [...catalogue].sort((a, b) => compareIds(a.id, b.id));
  const judged = options.judged ?? listedPairs(table, listed).judge(sorted, options.utcOffsetMs ?? 0);
  const findings = pairFindings(table, judged);
  const similar = new CompanionsOfSimilar({ table, listed, findings, catalogue: sorted });
  const browsed = model.browsing === null ? null : new ViewedCompanions(model.browsing, sorted);
  const nearIdentical = new NearIdentical(sorted);
  const rankers = { ranker: listedRanker(model.report.page), cartRanker: listedRanker(model.report.cart) };
  const indexOf = new Map(table.itemIds.map((id, item) => [id, item]));
  for (const id of [...new Set([...table.itemIds, ...sorted.map((item) => item.id)])].sort(compareIds)) {
    const item = indexOf.get(id) ?? -1;
    const isNew = listed.ordersOf(item) < NEW_PRODUCT_ORDERS && !listed.hasEvidence(item);
    const [viewed, taken] = isNew ? [browsed?.of(id) ?? [], similar.of(id)] : [[], []];
    const companions = firstOfEach([
      ...viewed
        .map((one, place) => viewedCompanion(listed, item, indexOf.get(one.id), one, place + 1))
        .filter((one) => findings.insteadOf(item, indexOf.get(one.item) ?? -1, "thin") === null),
      ...taken.map((one, place) => takenCompanion(listed, item, indexOf.get(one.id)!, one, place + 1)),
      ...listed.of(item).map((one) => ownCompanion(table, findings, item, one)),
    ]);
    const earlier = nearIdentical.earlierOf(companions.map((one) => one.item));
    const withEarlier = companions.map((one, place) => ({ ...one, nearIdenticalTo: earlier[place]! }));
    if (withEarlier.length > 0)
      yield { item: id, ...rankers, recentOrders: listed.recentOrdersOf(item), companions: withEarlier };
  }
}

/**
 * Which of the listed pairs are bought in season only, and which instead of each other. Takes about as long as making
 * the lists, and an order changes little of it.
 */
export function judgePairs(
  table: BasketTable,
  model: RankingModel,
  catalogue: readonly CatalogueItem[],
  utcOffsetMs = 0,
): JudgedPairs {
  const sorted = [...catalogue].sort((a, b) => compareIds(a.id, b.id));
  // Pairs are judged by tests of their own, whatever the grade of their evidence.
  const ungraded = { strong: 0, fair: 0, chance: new NullModel(basketMargins(table)) };
  const listed = new ListedCompanions(table, model, ungraded, RECENT_DAYS);
  return listedPairs(table, listed).judge(sorted, utcOffsetMs);
}

/** Pairs are judged together before the first list is made: each test is corrected for all others. */
function listedPairs(table: BasketTable, listed: ListedCompanions): ListedPairs {
  const pairs = new ListedPairs(table);
  for (let item = 0; item < table.itemIds.length; item++) {
    for (const { companion, together } of listed.of(item)) pairs.add(item, companion, together);
  }
  return pairs;
}

/** A companion before the list is looked at as a whole. */
type SingleCompanion = Omit<LearntCompanion, "nearIdenticalTo">;

function ownCompanion(table: BasketTable, findings: PairFindings, item: number, one: ListedCompanion): SingleCompanion {
  const { companion, weight, placedBy, rank, recentTogether, confidenceRank, grade } = one;
  return {
    ...{ item: table.itemIds[companion]!, weight, placedBy, rank, confidenceRank, recentTogether, from: [] },
    viewed: null,
    insteadOf: findings.insteadOf(item, companion, grade),
    season: findings.season(item, companion),
  };
}

function viewedCompanion(
  listed: ListedCompanions,
  item: number,
  companion: number | undefined,
  { id, weight, ...viewed }: ViewedCompanion,
  rank: number,
): SingleCompanion {
  const met = companion === undefined ? { recentTogether: 0, confidenceRank: null } : listed.unlisted(item, companion);
  return { item: id, weight, placedBy: "viewed", rank, ...met, from: [], viewed, insteadOf: null, season: null };
}

function firstOfEach(companions: readonly SingleCompanion[]): SingleCompanion[] {
  const first = new Map(companions.toReversed().map((one) => [one.item, one]));
  return companions.filter((one) => first.get(one.item) === one);
}

function takenCompanion(
  listed: ListedCompanions,
  item: number,
  companion: number,
  { id, weight, from }: NewProductCompanion,
  rank: number,
): SingleCompanion {
  return {
    ...{ item: id, weight, placedBy: "similar", rank, ...listed.unlisted(item, companion) },
    from: from.map((one) => ({ item: one.id, similarity: one.similarity })),
    viewed: null,
    insteadOf: null,
    season: null,
  };
}

/** The ranker behind the lists: the winner itself, or the best of those that can be lists where the winner cannot. */
function listedRanker({ contenders, winner, listedScales }: Choice): string {
  const isListed = (scales: readonly number[]) => scales.every((scale, ranker) => scale === listedScales[ranker]);
  const isWinner = contenders.some(({ name, scales }) => name === winner && isListed(scales));
  return isWinner ? winner : (contenders.find(({ scales }) => isListed(scales))?.name ?? winner);
}
