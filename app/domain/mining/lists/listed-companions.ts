import { associate, type EvidenceGrade, type EvidenceStandard } from "../evidence/association.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import { ItemMeetings } from "./item-meetings.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import type { RankingModel } from "../model/model.ts";

/** Companions that a product's own page may ask for: one list serves the page and the cart. */
export const PAGE_COMPANIONS = 8;

/** One companion as the rankings list it, with what orders say of it. */
export interface ListedCompanion {
  readonly companion: number;
  /** What it adds to its sum over a cart; 0 where only the product's own page asks for it. */
  readonly weight: number;
  readonly placedBy: "page" | "cart";
  /** Its place in that ranking's list, from 1. */
  readonly rank: number;
  /** Orders with both, all and recent ones. */
  readonly together: number;
  readonly recentTogether: number;
  /** Its place by plain confidence, from 1; null for one never met in an order. */
  readonly confidenceRank: number | null;
  readonly grade: EvidenceGrade;
}

const FIGURES = 4;
const GRADES = ["thin", "fair", "strong"] as const;

/**
 * Every item's list for both questions: first what its own page shows, in the page ranking's order, then what the cart
 * ranking adds. Empty for an item that the model does not know; never the item itself, and no companion twice. The
 * baskets are read once, when it is made.
 */
export class ListedCompanions {
  readonly #model: RankingModel;
  readonly #meetings: ItemMeetings;
  readonly #orders: number;
  readonly #standard: EvidenceStandard;
  readonly #figures: Uint32Array[] = [];
  readonly #recentOrders: Uint32Array;

  constructor(table: BasketTable, model: RankingModel, standard: EvidenceStandard, recentDays: number) {
    this.#model = model;
    this.#standard = standard;
    this.#meetings = new ItemMeetings(table, recentDays);
    this.#orders = table.at.length;
    this.#recentOrders = new Uint32Array(table.itemIds.length);
    for (let item = 0; item < table.itemIds.length; item++) {
      this.#meetings.read(item);
      this.#recentOrders[item] = this.#meetings.recentOrders;
      const listed = placesOf(model, item);
      const figures = new Uint32Array(listed.length * FIGURES);
      listed.forEach(({ companion }, n) => {
        const met = this.#figuresOf(companion);
        figures.set([...met, GRADES.indexOf(this.#gradeOf(item, companion, met[0]))], n * FIGURES);
      });
      this.#figures.push(figures);
    }
  }

  of(item: number): ListedCompanion[] {
    const figures = this.#figures[item];
    if (figures === undefined) return [];
    return placesOf(this.#model, item).map((place, n) => {
      const [together, recentTogether, rank, grade] = figures.subarray(n * FIGURES, (n + 1) * FIGURES);
      return {
        ...place,
        together: together!,
        recentTogether: recentTogether!,
        confidenceRank: rank === 0 ? null : rank!,
        grade: GRADES[grade!]!,
      };
    });
  }

  /** Orders with an item, all and recent ones. */
  ordersOf(item: number): number {
    return this.#meetings.ordersOf(item);
  }

  recentOrdersOf(item: number): number {
    return this.#recentOrders[item] ?? 0;
  }

  /** Whether orders support anything that is listed with an item. */
  hasEvidence(item: number): boolean {
    const figures = this.#figures[item];
    if (figures === undefined) return false;
    for (let at = FIGURES - 1; at < figures.length; at += FIGURES) if (figures[at]! > 0) return true;
    return false;
  }

  /** What orders say of an item and a companion that no ranking lists. */
  unlisted(item: number, companion: number): Pick<ListedCompanion, "recentTogether" | "confidenceRank"> {
    this.#meetings.read(item);
    const [, recentTogether, rank] = this.#figuresOf(companion);
    return { recentTogether, confidenceRank: rank === 0 ? null : rank };
  }

  #gradeOf(item: number, companion: number, together: number): EvidenceGrade {
    const [ordersA, ordersB] = [this.ordersOf(item), this.ordersOf(companion)];
    const pair = { together, ordersA, ordersB, orders: this.#orders, firstAt: null, lastAt: null };
    return associate(pair, this.#standard).grade;
  }

  #figuresOf(companion: number): [together: number, recent: number, rank: number] {
    const meetings = this.#meetings;
    const rank = meetings.rankByConfidence(companion) ?? 0;
    return [meetings.together(companion), meetings.recentTogether(companion), rank];
  }
}

type Place = Pick<ListedCompanion, "companion" | "weight" | "placedBy" | "rank">;
/** The lists of both questions. */
export type BothLists = Pick<RankingModel, "companions" | "pageCompanions">;

/** An item's list for both questions, from nothing but the rankings' own. */
export function placesOf(model: BothLists, item: number): Place[] {
  const cart = listOf(model.companions, item);
  const weights = new Map(cart);
  const page = listOf(model.pageCompanions, item).slice(0, PAGE_COMPANIONS);
  const found = new Map<number, Place>();
  page.forEach(([companion], place) => {
    found.set(companion, { companion, weight: weights.get(companion) ?? 0, placedBy: "page", rank: place + 1 });
  });
  cart.forEach(([companion, weight], place) => {
    if (!found.has(companion)) found.set(companion, { companion, weight, placedBy: "cart", rank: place + 1 });
  });
  found.delete(item);
  return [...found.values()];
}

/** The entries of one list, best first: item and weight. */
export function listOf({ start, companion, weight }: CompanionLists, item: number): [number, number][] {
  const list: [number, number][] = [];
  for (let at = start[item] ?? 0; at < (start[item + 1] ?? 0); at++) {
    if (weight[at]! > 0) list.push([companion[at]!, weight[at]!]);
  }
  return list;
}
