import { bareNumber, gid, type ProductId, type VariantId } from "../../../domain/ids.ts";
import type { Candidate } from "../../../domain/mining/upgrades/candidate.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";

/** What a candidate is. */
export type CandidateKind = "product" | "variant";

/** A person's word about a candidate in place of a product. */
export interface DecidedUpgrade {
  readonly product: ProductId;
  readonly candidate: Candidate;
}

/** In place of any variant. */
const ANY = 0n;

/** The key of such a word's row. */
export function keyOf(tx: ShopTransaction, { product, candidate }: DecidedUpgrade) {
  const [one, other] = candidate.split(">") as [ProductId | VariantId, VariantId | undefined];
  const kind: CandidateKind = one.includes("/ProductVariant/") ? "variant" : "product";
  return {
    ...{ shop: tx.shop, productId: BigInt(bareNumber(product)), kind },
    candidateId: BigInt(bareNumber(other ?? one)),
    ofVariantId: other === undefined ? ANY : BigInt(bareNumber(one)),
  };
}

/** The rows that a word is taken back from: its own, and what was said of the candidate whatever it takes the place of. */
export function keysOf(tx: ShopTransaction, decided: DecidedUpgrade) {
  const { ofVariantId, ...key } = keyOf(tx, decided);
  return { ...key, ofVariantId: { in: [ofVariantId, ANY] } };
}

/** Product -> the candidates that rows name, as {@link Candidate} writes them. */
export function candidatesByProduct(
  rows: readonly {
    readonly productId: bigint;
    readonly kind: string;
    readonly candidateId: bigint;
    readonly ofVariantId: bigint;
  }[],
): Map<ProductId, Set<string>> {
  const named = new Map<ProductId, Set<string>>();
  for (const { productId, kind, candidateId, ofVariantId } of rows) {
    const product = gid("Product", productId);
    const candidate = gid(kind === "variant" ? "ProductVariant" : "Product", candidateId);
    const written = ofVariantId === ANY ? candidate : `${gid("ProductVariant", ofVariantId)}>${candidate}`;
    named.set(product, (named.get(product) ?? new Set()).add(written));
  }
  return named;
}
