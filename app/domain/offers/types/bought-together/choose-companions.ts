import type { ProductId } from "../../../ids.ts";

/** How much the orders say: `strong` and `fair` may be shown to shoppers, `thin` may not. */
export type EvidenceGrade = "strong" | "fair" | "thin";

/** One companion that the miner proposes. */
export interface MinedCompanion {
  readonly product: ProductId;
  /** Puts companions in order on the trigger's own page; only the order matters. */
  readonly score: number;
  /** What it adds to this companion's sum over a whole cart; 0 where only the product page asks for it. */
  readonly weight: number;
  readonly grade: EvidenceGrade;
  /** "similar": no order speaks for it, those of the products like the trigger do; `grade` is of their evidence. */
  readonly source: "mined" | "similar";
  /** Why it is not offered for now, or not at all, whatever its evidence. */
  readonly withheld: "substitute" | "out-of-season" | null;
  /** A product that differs from it in no more than a colour or a pattern: a list holds one of all that name the same. */
  readonly nearIdenticalTo: ProductId | null;
}

/** What the catalogue says of a product; a product that is absent from it was deleted. */
export interface OfferableProduct {
  /** On sale in the online store. */
  readonly published: boolean;
  /** At least one variant can be bought. */
  readonly inStock: boolean;
  readonly isGiftCard: boolean;
}

/** Where a companion came from: a person outranks the orders, and a product's own orders those of products like it. */
export type CompanionSource = "pinned" | "mined" | "similar";

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
  | "thin-evidence"
  | "near-identical"
  | "same";

export interface CompanionChoice {
  /** Best first: pins in their order, then mined ones by score, then those of similar products by score. */
  readonly companions: readonly ChosenCompanion[];
  readonly leftOut: readonly { readonly product: ProductId; readonly code: LeftOutCode }[];
}

/**
 * Chooses the companions of one trigger, by waterfall: pinned, then mined, then what similar products are bought with.
 * A block always wins over a score and over a pin; a pin needs no evidence and no season, but must be for sale. Of
 * near-identical products only the first is taken, unless more of them are pinned. Equal
 * scores are ordered by product id, so that the same input always gives the same offer.
 */
export function chooseCompanions(input: {
  readonly trigger: ProductId;
  readonly mined: readonly MinedCompanion[];
  /** In the order in which the merchant wants them. */
  readonly pinned: readonly ProductId[];
  /** Never offered with this trigger. */
  readonly blocked: ReadonlySet<ProductId>;
  readonly catalogue: ReadonlyMap<ProductId, OfferableProduct>;
  /** Most companions wanted. */
  readonly limit: number;
}): CompanionChoice {
  const companions: ChosenCompanion[] = [];
  const leftOut: { product: ProductId; code: LeftOutCode }[] = [];
  const weights = new Map(input.mined.map((companion) => [companion.product, companion.weight]));
  const looks = looksOf(input.mined);
  const taken = new Set<ProductId>();
  const seen = new Set<ProductId>();
  const consider = (product: ProductId, source: CompanionSource, doubt: LeftOutCode | null) => {
    if (seen.has(product)) return;
    seen.add(product);
    const look = looks(product);
    const isRepeated = source !== "pinned" && taken.has(look);
    const refused = refusal(product, input) ?? doubt ?? (isRepeated ? "near-identical" : null);
    if (refused !== null) leftOut.push({ product, code: refused });
    else if (companions.length < input.limit) {
      companions.push({ product, source, weight: weights.get(product) ?? 0 });
      taken.add(look);
    }
  };
  for (const product of input.pinned) consider(product, "pinned", null);
  for (const { product, source, withheld, grade } of input.mined.toSorted(bySourceAndScore)) {
    consider(product, source, withheld ?? (grade === "thin" ? "thin-evidence" : null));
  }
  return { companions, leftOut };
}

/** Tells near-identical products by one of them: two are, where it gives the same product for both. */
export function looksOf(
  mined: readonly Pick<MinedCompanion, "product" | "nearIdenticalTo">[],
): (product: ProductId) => ProductId {
  const looks = new Map(mined.map(({ product, nearIdenticalTo }) => [product, nearIdenticalTo ?? product]));
  return (product) => looks.get(product) ?? product;
}

function refusal(product: ProductId, input: Parameters<typeof chooseCompanions>[0]): LeftOutCode | null {
  if (product === input.trigger) return "same";
  if (input.blocked.has(product)) return "blocked";
  const facts = input.catalogue.get(product);
  if (facts === undefined) return "deleted";
  if (!facts.published) return "unpublished";
  if (facts.isGiftCard) return "gift-card";
  return facts.inStock ? null : "sold-out";
}

function bySourceAndScore(a: MinedCompanion, b: MinedCompanion): number {
  if (a.source !== b.source) return a.source === "mined" ? -1 : 1;
  return b.score - a.score || (a.product < b.product ? -1 : a.product > b.product ? 1 : 0);
}
