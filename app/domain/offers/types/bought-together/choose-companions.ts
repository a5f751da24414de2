import type { ProductId } from "../../../ids.ts";
import type { EvidenceGrade } from "../../../mining/evidence/association.ts";
import type { LimitCode, PricedProduct } from "./companion-limits.ts";

/** A companion that mining proposes. */
export interface MinedCompanion {
  readonly product: ProductId;
  /** Orders the companions on the product's own page; nothing else depends on its size. */
  readonly score: number;
  /** What it adds to this companion's sum over a whole cart; 0 where only the product's own page lists it. */
  readonly weight: number;
  readonly grade: EvidenceGrade;
  /**
   * "similar": the evidence, and so `grade`, is that of products similar to the trigger. "viewed": shoppers view the two
   * together; `grade` is that of their orders, which say too little.
   */
  readonly source: "mined" | "viewed" | "similar";
  /** Why it is not offered, whatever its evidence; null where nothing keeps it back. */
  readonly withheld: "substitute" | "out-of-season" | LimitCode | null;
  /** A product that differs from it only in colour or pattern. Of those that name the same one, a list holds one. */
  readonly nearIdenticalTo: ProductId | null;
}

/** What the catalogue says about a product; a product that is absent from it was deleted. */
export interface OfferableProduct extends PricedProduct {
  /** On sale in the online store. */
  readonly published: boolean;
  /** At least one variant can be bought. */
  readonly inStock: boolean;
  readonly isGiftCard: boolean;
  /** Whether it is made of other products. Absent for no. */
  readonly isBundle?: boolean;
}

/** Whether a product can be bought, and offered, at all. A product that is absent from the catalogue cannot. */
export function isForSale(product: OfferableProduct | undefined): boolean {
  return product !== undefined && product.published && product.inStock && !product.isGiftCard && !product.isBundle;
}

/**
 * Where a companion came from, in order of precedence: a person, the product's own orders, what shoppers view with it,
 * similar products' orders.
 */
export type CompanionSource = "pinned" | "mined" | "viewed" | "similar";

export interface ChosenCompanion {
  readonly product: ProductId;
  readonly source: CompanionSource;
  /** The mined weight; 0 for a pin without evidence. */
  readonly weight: number;
}

/** Why a companion is not offered. */
export type LeftOutCode =
  | "blocked"
  | "deleted"
  | "unpublished"
  | "sold-out"
  | "gift-card"
  | "substitute"
  | "out-of-season"
  | LimitCode
  | "thin-evidence"
  | "near-identical"
  | "same";

/** A companion that is not offered, and why. */
export interface LeftOut {
  readonly product: ProductId;
  readonly code: LeftOutCode;
}

export interface CompanionsChosen {
  /** Best first: pins in their order, then mined ones, viewed ones, and those of similar products, each by score. */
  readonly companions: readonly ChosenCompanion[];
  readonly leftOut: readonly LeftOut[];
}

/** What a choice is given whatever list it chooses from. */
export interface GivenChoice {
  readonly trigger: ProductId;
  /** In the order in which the merchant wants them. */
  readonly pinned: readonly ProductId[];
  /** Never offered with this trigger. */
  readonly blocked: ReadonlySet<ProductId>;
  readonly catalogue: ReadonlyMap<ProductId, OfferableProduct>;
}

interface ChoiceInput extends GivenChoice {
  readonly mined: readonly MinedCompanion[];
  /** Most companions wanted. */
  readonly limit: number;
}

/**
 * Chooses the companions of one trigger: first the pinned ones, then the mined ones, then viewed ones, then those of
 * similar products. Viewed ones never stand beside mined ones: what is called bought together rests on orders. A
 * block overrides a score and a pin. A pin needs neither evidence nor season, but must be for sale. Of near-identical
 * products only the first is taken, unless more of them are pinned. Equal scores are ordered by product id, so that the
 * same input always gives the same offer.
 */
export function chooseCompanions(input: ChoiceInput): CompanionsChosen {
  const companions: ChosenCompanion[] = [];
  const leftOut: LeftOut[] = [];
  const weights = new Map(input.mined.map((companion) => [companion.product, companion.weight]));
  const looks = looksOf(input.mined);
  const taken = new Set<ProductId>();
  const seen = new Set<ProductId>();
  const consider = (product: ProductId, source: CompanionSource, reason: LeftOutCode | null) => {
    if (seen.has(product)) return;
    seen.add(product);
    const look = looks(product);
    const isRepeated = source !== "pinned" && taken.has(look);
    const refused = refusal(product, input) ?? reason ?? (isRepeated ? "near-identical" : null);
    if (refused !== null) leftOut.push({ product, code: refused });
    else if (companions.length < input.limit) {
      companions.push({ product, source, weight: weights.get(product) ?? 0 });
      taken.add(look);
    }
  };
  for (const product of input.pinned) consider(product, "pinned", null);
  for (const { product, source, withheld, grade } of input.mined.toSorted(bySourceAndScore)) {
    const isThin = source === "viewed" ? companions.some((one) => one.source === "mined") : grade === "thin";
    consider(product, source, withheld ?? (isThin ? "thin-evidence" : null));
  }
  return { companions, leftOut };
}

/** Gives one representative for near-identical products: two products are near-identical where it gives the same one. */
export function looksOf(
  mined: readonly Pick<MinedCompanion, "product" | "nearIdenticalTo">[],
): (product: ProductId) => ProductId {
  const looks = new Map(mined.map(({ product, nearIdenticalTo }) => [product, nearIdenticalTo ?? product]));
  return (product) => looks.get(product) ?? product;
}

function refusal(product: ProductId, input: GivenChoice): LeftOutCode | null {
  if (product === input.trigger) return "same";
  if (input.blocked.has(product)) return "blocked";
  const facts = input.catalogue.get(product);
  if (facts === undefined) return "deleted";
  if (!facts.published) return "unpublished";
  if (facts.isGiftCard) return "gift-card";
  return facts.inStock ? null : "sold-out";
}

const SOURCES: readonly MinedCompanion["source"][] = ["mined", "viewed", "similar"];

function bySourceAndScore(a: MinedCompanion, b: MinedCompanion): number {
  if (a.source !== b.source) return SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source);
  return b.score - a.score || (a.product < b.product ? -1 : a.product > b.product ? 1 : 0);
}
