import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
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
