import { bareNumber, gid, type ProductId } from "../../../ids.ts";
import {
  associate,
  type Association,
  type EvidenceGrade,
  type PairEvidence,
} from "../../../mining/evidence/association.ts";
import type { LearntCompanion } from "../../../mining/lists/learnt-lists.ts";
import type { CompanionEvidence, ProductFacts, ShopFacts } from "./chosen-offer.ts";
import { limitOf } from "./companion-limits.ts";
import { seasonNow } from "./season-now.ts";

const BEST_GRADE_FIRST: readonly EvidenceGrade[] = ["strong", "fair", "thin"];

/** The evidence for companions of one product. Each companion's is computed once: segments list nearly the same ones. */
export class EvidenceOfCompanions {
  /** The product's list, by product. */
  readonly listed: ReadonlyMap<ProductId, { readonly companion: LearntCompanion; readonly place: number }>;
  readonly #facts: ProductFacts;
  readonly #shop: ShopFacts;
  readonly #computed = new Map<ProductId, CompanionEvidence>();

  constructor(facts: ProductFacts, shop: ShopFacts) {
    this.#facts = facts;
    this.#shop = shop;
    const companions = facts.list?.companions ?? [];
    this.listed = new Map(companions.map((companion, place) => [gid("Product", companion.item), { companion, place }]));
  }

  of(companion: ProductId): CompanionEvidence {
    const known = this.#computed.get(companion) ?? this.#compute(companion);
    this.#computed.set(companion, known);
    return known;
  }

  #compute(product: ProductId): CompanionEvidence {
    const { companion = null, place = null } = this.listed.get(product) ?? {};
    const association = this.#association(this.#facts.product, product, companion?.recentTogether ?? null);
    const from = (companion?.from ?? []).map(({ item }) => {
      const similar = gid("Product", item);
      return { product: similar, association: this.#association(similar, product, null) };
    });
    const judged = companion?.placedBy === "similar" ? from.map((one) => one.association) : [association];
    const grade = BEST_GRADE_FIRST.find((better) => judged.some((one) => one.grade === better)) ?? "thin";
    const season = seasonNow(companion?.season ?? null, this.#shop.month);
    const { catalogue, settings, compatibility } = this.#shop;
    const { product: trigger, discountBasisPoints } = this.#facts;
    const limit = compatibility.goTogether(trigger, product)
      ? limitOf(catalogue.get(product), catalogue.get(trigger), settings, discountBasisPoints)
      : "does-not-fit";
    return { product, association, grade, listed: companion, place, season, limit, from };
  }

  /** All figures of a pair as the orders have it now. `recentTogether` is null where recent orders do not matter. */
  #association(product: ProductId, companion: ProductId, recentTogether: number | null): Association {
    const pair = countsOfPair(product, companion, this.#facts, this.#shop);
    const { list } = this.#facts;
    if (recentTogether === null || list === null) return associate(pair, this.#shop.standard);
    // The counts follow each order; recent orders are as they were when the list was learnt.
    const recent = { together: Math.min(pair.together, recentTogether), ordersA: list.recentOrders };
    return associate({ ...pair, recent }, this.#shop.standard);
  }
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
