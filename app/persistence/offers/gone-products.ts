import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** Which of some products are not in the catalogue any more. */
export async function findGoneProducts(tx: ShopTransaction, products: readonly ProductId[]): Promise<Set<ProductId>> {
  if (products.length === 0) return new Set();
  const wanted = products.map((product) => BigInt(bareNumber(product)));
  const where = { shop: tx.shop, productId: { in: wanted }, deletedAt: null };
  const rows = await tx.db.product.findMany({ where, select: { productId: true } });
  const known = new Set(rows.map(({ productId }) => gid("Product", productId)));
  return new Set(products.filter((product) => !known.has(product)));
}

/** Which of some products were deleted, and when. */
export async function readDeletedProducts(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<ReadonlyMap<ProductId, Date>> {
  if (products.length === 0) return new Map();
  const wanted = products.map((product) => BigInt(bareNumber(product)));
  const where = { shop: tx.shop, productId: { in: wanted }, deletedAt: { not: null } };
  const rows = await tx.db.product.findMany({ where, select: { productId: true, deletedAt: true } });
  return new Map(rows.map(({ productId, deletedAt }) => [gid("Product", productId), deletedAt!]));
}
