import type { ShopTransaction } from "../database/in-shop.ts";

/** How many products of the online store can be subscribed to. */
export function countProductsWithPlans(tx: ShopTransaction): Promise<number> {
  return tx.db.product.count({
    where: { shop: tx.shop, hasPlans: true, status: "active", publishedAt: { not: null }, deletedAt: null },
  });
}
