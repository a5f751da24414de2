import { bareNumber, type ProductId } from "../../../domain/ids.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";
import { candidatesByProduct, type DecidedUpgrade, keyOf, keysOf } from "./candidate.ts";

/** Lets shoppers see the candidate in place of the product. Approving the same twice changes nothing. */
export async function saveApprovedUpgrade(
  tx: ShopTransaction,
  approved: DecidedUpgrade,
  approvedAt: Date,
): Promise<void> {
  const key = keyOf(tx, approved);
  const where = { shop_productId_kind_candidateId_ofVariantId: key };
  await tx.db.approvedUpgrade.upsert({ where, create: { ...key, approvedAt }, update: {} });
}

export async function deleteApprovedUpgrade(tx: ShopTransaction, approved: DecidedUpgrade): Promise<void> {
  await tx.db.approvedUpgrade.deleteMany({ where: keysOf(tx, approved) });
}

/** Product -> the ids of what was approved in place of it, of products and variants. */
export async function readApprovedUpgrades(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, Set<string>>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  return candidatesByProduct(await tx.db.approvedUpgrade.findMany({ where: { shop: tx.shop, productId } }));
}
