import { bareNumber, gid, type ProductId } from "../../../ids.ts";
import {
  type EvidenceGrade,
  FEWEST_ORDERS_TOGETHER,
  GradedPair,
  type PairEvidence,
} from "../../../mining/evidence/association.ts";
import type { LearntCompanion } from "../../../mining/lists/learnt-lists.ts";
import type { CompanionEvidence, ProductFacts, ShopFacts } from "./chosen-offer.ts";
import { limitOf } from "./companion-limits.ts";
import { seasonNow } from "./season-now.ts";

const BEST_GRADE_FIRST: readonly EvidenceGrade[] = ["strong", "fair", "thin"];

/** The evidence for companions of one product. Each companion's is computed once: segments list nearly the same ones. */
export class EvidenceOfCompanions {
  /** What is considered of the product's list, by product. */
  readonly listed: ReadonlyMap<ProductId, { readonly companion: LearntCompanion; readonly place: number }>;
  readonly #facts: ProductFacts;
  readonly #shop: ShopFacts;
  readonly #computed = new Map<ProductId, CompanionEvidence>();

  constructor(facts: ProductFacts, shop: ShopFacts) {
    this.#facts = facts;
    this.#shop = shop;
    const couldBeChosen = candidatesOf(facts);
    this.listed = new Map(
      (facts.list?.companions ?? []).flatMap((companion, place) =>
        couldBeChosen(companion) ? [[gid("Product", companion.item), { companion, place }] as const] : [],
      ),
    );
  }

  of(companion: ProductId): CompanionEvidence {
    const known = this.#computed.get(companion) ?? this.#compute(companion);
    this.#computed.set(companion, known);
    return known;
  }

  #compute(product: ProductId): CompanionEvidence {
    const { companion = null, place = null } = this.listed.get(product) ?? {};
    const own = this.#graded(this.#facts.product, product, companion?.recentTogether ?? null);
    const from = (companion?.from ?? []).map(({ item }) => {
      const similar = gid("Product", item);
      return { product: similar, own: this.#graded(similar, product, null) };
    });
    const judged = companion?.placedBy === "similar" ? from.map((one) => one.own) : [own];
    const grade = BEST_GRADE_FIRST.find((better) => judged.some((one) => one.grade === better)) ?? "thin";
    const season = seasonNow(companion?.season ?? null, this.#shop.month);
    const { catalogue, settings, compatibility } = this.#shop;
    const { product: trigger, discountBasisPoints } = this.#facts;
    const limit = compatibility.goTogether(trigger, product)
      ? limitOf(catalogue.get(product), catalogue.get(trigger), settings, discountBasisPoints)
      : "does-not-fit";
    return { product, own, grade, listed: companion, place, season, limit, from };
  }

  /** A pair as the orders have it now. `recentTogether` is null where recent orders do not matter. */
  #graded(product: ProductId, companion: ProductId, recentTogether: number | null): GradedPair {
    const pair = countsOfPair(product, companion, this.#facts, this.#shop);
    const { list } = this.#facts;
    if (recentTogether === null || list === null) return new GradedPair(pair, this.#shop.standard);
    // The counts follow each order; recent orders are as they were when the list was learnt.
    const recent = { together: Math.min(pair.together, recentTogether), ordersA: list.recentOrders };
    return new GradedPair({ ...pair, recent }, this.#shop.standard);
  }
}

/** Which listed companions are considered. Whoever decided about one of them may have pinned one with few orders. */
function candidatesOf({ product, orders, choices, onlyChosen }: ProductFacts): (companion: LearntCompanion) => boolean {
  if (onlyChosen !== true || choices.length > 0) return () => true;
  const met = orders.get(product)?.companions;
  const isOften = (item: string) => (met?.get(item)?.together ?? 0) >= FEWEST_ORDERS_TOGETHER;
  return ({ placedBy, item }) => placedBy === "viewed" || placedBy === "similar" || isOften(item);
}

/** The counts of a pair as the orders have it now. A null companion is one without any order. */
export function countsOfPair(
  product: ProductId,
  companion: ProductId | null,
  { orders }: Pick<ProductFacts, "orders">,
  { basketCounts, baskets }: Pick<ShopFacts, "basketCounts" | "baskets">,
): PairEvidence {
  const own = orders.get(product);
  const count = companion === null ? undefined : own?.companions.get(bareNumber(companion));
  return {
    together: count?.together ?? 0,
    ordersA: own?.baskets ?? 0,
    ordersB: companion === null ? 0 : (basketCounts.get(companion) ?? 0),
    orders: baskets,
    firstAt: count?.firstAt ?? null,
    lastAt: count?.lastAt ?? null,
  };
}
