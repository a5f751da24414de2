import { FEWEST_ORDERS_TOGETHER, type EvidenceLimits } from "./association.ts";
import type { BasketTable } from "./basket-table.ts";
import type { CatalogueItem } from "./catalogue-item.ts";
import { evidenceLimits } from "./evidence-limits.ts";
import { ItemMeetings } from "./item-meetings.ts";
import { countPairs } from "./pair-counts.ts";
import type { Choice } from "./ranking/choose.ts";
import type { CompanionLists } from "./ranking/companion-lists.ts";
import type { RankingModel } from "./ranking/model.ts";
import { newProductCompanions, SimilarProducts, type WeightedItem } from "./similar-products.ts";

/**
 * Who put a companion into a list: the ranking for the product's own page, the ranking for a whole cart, or, for a
 * product too new to have companions of its own, the companions of the products like it.
 */
export type PlacedBy = "page" | "cart" | "similar";

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
  /** Its place by plain confidence among all that were ever in an order with the product, from 1; null where none was. */
  readonly confidenceRank: number | null;
  /** Orders with both in the latest {@link RECENT_DAYS} days. */
  readonly recentTogether: number;
  /** The similar products whose companion it is, the most telling first; empty unless `placedBy` is "similar". */
  readonly from: readonly { readonly item: string; readonly similarity: number }[];
}

export interface LearntListsOptions {
  /** Of the shop's pairs, where they are known already. */
  readonly limits?: EvidenceLimits;
}

/** Companions that a product's own page may ask for: one list serves the page and the cart. */
export const PAGE_COMPANIONS = 8;
/** What counts as recent, back from the latest order: the history's own end, so that no clock has a say. */
export const RECENT_DAYS = 90;
/** A product in fewer orders is new: its orders cannot say yet what it is bought with. */
export const NEW_PRODUCT_ORDERS = 20;
/** Companions taken from similar products, at most. */
const MOST_FROM_SIMILAR = 8;

/**
 * One list per product for both questions: first what its own page shows, in the page ranking's order, then what the
 * cart ranking adds; the weights are the cart's. A new product none of whose own companions has fair evidence is led
 * by the companions of the products like it, as far as orders speak for them there.
 *
 * `catalogue` also holds products without any order. Neither its order nor that of the orders matters. Lists ascend by
 * item id; products with nothing to list have none. No list holds its own item, or an item twice.
 */
export function* learntLists(
  table: BasketTable,
  model: RankingModel,
  catalogue: readonly CatalogueItem[],
  options: LearntListsOptions = {},
): Generator<LearntList> {
  const limits = options.limits ?? evidenceLimits(countPairs(table, FEWEST_ORDERS_TOGETHER));
  const meetings = new ItemMeetings(table, RECENT_DAYS);
  const rankers = { ranker: listedRanker(model.report.page), cartRanker: listedRanker(model.report.cart) };
  const indexOf = new Map(table.itemIds.map((id, item) => [id, item]));
  const likeNew = new CompanionsOfSimilar(table, model, meetings, limits, catalogue, indexOf);
  for (const id of [...new Set([...table.itemIds, ...catalogue.map((item) => item.id)])].sort(compareIds)) {
    const item = indexOf.get(id) ?? -1;
    // The similar ones are read first: there is one reader of meetings.
    const taken = isNew(table, model, meetings, limits, item) ? likeNew.companionsOf(id) : [];
    meetings.read(item);
    const own = ownCompanions(table, model, meetings, item);
    const companions = [...taken, ...own.filter((one) => !taken.some((other) => other.item === one.item))];
    if (companions.length > 0) yield { item: id, ...rankers, recentOrders: meetings.recentOrders, companions };
  }
}

/** Whether its own orders are too few to offer anything with it. */
function isNew(
  table: BasketTable,
  model: RankingModel,
  meetings: ItemMeetings,
  limits: EvidenceLimits,
  item: number,
): boolean {
  if (meetings.ordersOf(item) >= NEW_PRODUCT_ORDERS) return false;
  meetings.read(item);
  return listed(model, item).every(([other]) => meetings.association(other, limits).grade === "thin");
}

function ownCompanions(
  table: BasketTable,
  model: RankingModel,
  meetings: ItemMeetings,
  item: number,
): LearntCompanion[] {
  const weights = new Map(listOf(model.companions, item));
  const cartRanks = new Map([...weights.keys()].map((companion, place) => [companion, place + 1]));
  return listed(model, item).map(([companion, place]) => ({
    item: table.itemIds[companion]!,
    weight: weights.get(companion) ?? 0,
    ...(place === null
      ? { placedBy: "cart" as const, rank: cartRanks.get(companion)! }
      : { placedBy: "page" as const, rank: place + 1 }),
    confidenceRank: meetings.rankByConfidence(companion),
    recentTogether: meetings.recentTogether(companion),
    from: [],
  }));
}

/** Companions of an item in the order of its list, each with its place on the page, from 0; null for the cart's. */
function listed(model: RankingModel, item: number): [companion: number, place: number | null][] {
  const page = listOf(model.pageCompanions, item).slice(0, PAGE_COMPANIONS);
  const places = new Map<number, number | null>(page.map(([companion], place) => [companion, place]));
  for (const [companion] of listOf(model.companions, item)) {
    if (!places.has(companion)) places.set(companion, null);
  }
  places.delete(item);
  return [...places];
}

/** What one list speaks for, best first: item and weight. Nothing for an item that the model does not know. */
function listOf({ start, companion, weight }: CompanionLists, item: number): [number, number][] {
  const list: [number, number][] = [];
  for (let at = start[item] ?? 0; at < (start[item + 1] ?? 0); at++) {
    if (weight[at]! > 0) list.push([companion[at]!, weight[at]!]);
  }
  return list;
}

/** Finds companions for new products among those of the established products like them. */
class CompanionsOfSimilar {
  readonly #table: BasketTable;
  readonly #model: RankingModel;
  readonly #meetings: ItemMeetings;
  readonly #limits: EvidenceLimits;
  readonly #catalogue: readonly CatalogueItem[];
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #positionOf: ReadonlyMap<string, number>;
  readonly #proven = new Map<string, readonly WeightedItem[]>();
  #similar: SimilarProducts | null = null;

  constructor(
    table: BasketTable,
    model: RankingModel,
    meetings: ItemMeetings,
    limits: EvidenceLimits,
    catalogue: readonly CatalogueItem[],
    indexOf: ReadonlyMap<string, number>,
  ) {
    this.#table = table;
    this.#model = model;
    this.#meetings = meetings;
    this.#limits = limits;
    this.#catalogue = [...catalogue].sort((a, b) => compareIds(a.id, b.id));
    this.#indexOf = indexOf;
    this.#positionOf = new Map(this.#catalogue.map(({ id }, position) => [id, position]));
  }

  /** Nothing for a product that the catalogue does not hold: it was deleted. */
  companionsOf(id: string): LearntCompanion[] {
    const position = this.#positionOf.get(id);
    if (position === undefined) return [];
    this.#similar ??= new SimilarProducts(this.#catalogue);
    const similar = this.#similar.like(position, { among: (other) => this.#isEstablished(other) });
    const found = newProductCompanions(
      this.#catalogue,
      similar,
      (other) => this.#provenOf(other),
      id,
      MOST_FROM_SIMILAR,
    );
    const item = this.#indexOf.get(id) ?? -1;
    this.#meetings.read(item);
    return found.map((companion, place) => {
      const other = this.#indexOf.get(companion.id)!;
      return {
        item: companion.id,
        weight: companion.weight,
        placedBy: "similar",
        rank: place + 1,
        confidenceRank: this.#meetings.rankByConfidence(other),
        recentTogether: this.#meetings.recentTogether(other),
        from: companion.from.map(({ id: from, similarity }) => ({ item: from, similarity })),
      };
    });
  }

  #isEstablished(position: number): boolean {
    return this.#meetings.ordersOf(this.#indexOf.get(this.#catalogue[position]!.id) ?? -1) >= NEW_PRODUCT_ORDERS;
  }

  /** The companions that orders speak for with fair evidence at least, by the share of the product's orders. */
  #provenOf(id: string): readonly WeightedItem[] {
    const known = this.#proven.get(id);
    if (known !== undefined) return known;
    const item = this.#indexOf.get(id)!;
    this.#meetings.read(item);
    const proven = listed(this.#model, item)
      .map(([other]) => ({ other, association: this.#meetings.association(other, this.#limits) }))
      .filter(({ association }) => association.grade !== "thin")
      .map(({ other, association }) => ({ id: this.#table.itemIds[other]!, weight: association.confidenceAB.value }));
    this.#proven.set(id, proven);
    return proven;
  }
}

/** The ranker behind the lists: the winner itself, or the best of those that can be lists where the winner cannot. */
function listedRanker({ contenders, winner, listedScales }: Choice): string {
  const isListed = (scales: readonly number[]) => scales.every((scale, part) => scale === listedScales[part]);
  const isWinner = contenders.some(({ name, scales }) => name === winner && isListed(scales));
  return isWinner ? winner : (contenders.find(({ scales }) => isListed(scales))?.name ?? winner);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
