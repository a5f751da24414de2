import { bareNumber, gid, type ProductId, type VariantId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** The titles of some products, those of deleted ones included; what was never in the catalogue is absent. */
export async function readTitles(tx: ShopTransaction, products: readonly ProductId[]): Promise<Map<ProductId, string>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.product.findMany({
    where: { shop: tx.shop, productId },
    select: { productId: true, title: true },
  });
  return new Map(rows.map(({ productId: id, title }) => [gid("Product", id), title]));
}

/** What some variants are called beside their products; those that are gone are absent. */
export async function readVariantTitles(
  tx: ShopTransaction,
  variants: readonly VariantId[],
): Promise<Map<VariantId, string>> {
  const variantId = { in: variants.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.variant.findMany({
    where: { shop: tx.shop, variantId },
    select: { variantId: true, title: true },
  });
  return new Map(rows.map(({ variantId: id, title }) => [gid("ProductVariant", id), title]));
}
