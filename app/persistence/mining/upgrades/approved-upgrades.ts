import { bareNumber, gid, type ProductId } from "../../../domain/ids.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";

/** A person's word: the candidate may be shown to shoppers in place of the product. */
export interface ApprovedUpgrade {
  readonly product: ProductId;
  readonly candidate: ProductId;
}

function keyOf(tx: ShopTransaction, { product, candidate }: ApprovedUpgrade) {
  return { shop: tx.shop, productId: BigInt(bareNumber(product)), candidateId: BigInt(bareNumber(candidate)) };
}

/** Approving the same twice changes nothing. */
export async function saveApprovedUpgrade(
  tx: ShopTransaction,
  approved: ApprovedUpgrade,
  approvedAt: Date,
): Promise<void> {
  const key = keyOf(tx, approved);
  const where = { shop_productId_candidateId: key };
  await tx.db.approvedUpgrade.upsert({ where, create: { ...key, approvedAt }, update: {} });
}

export async function deleteApprovedUpgrade(tx: ShopTransaction, approved: ApprovedUpgrade): Promise<void> {
  await tx.db.approvedUpgrade.deleteMany({ where: keyOf(tx, approved) });
}

/** Product -> what was approved in place of it. */
export async function readApprovedUpgrades(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, Set<ProductId>>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.approvedUpgrade.findMany({ where: { shop: tx.shop, productId } });
  const approved = new Map<ProductId, Set<ProductId>>();
  for (const { productId: of, candidateId } of rows) {
    const product = gid("Product", of);
    approved.set(product, (approved.get(product) ?? new Set()).add(gid("Product", candidateId)));
  }
  return approved;
}
