import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import { NOT_EXCLUDED, type Exclusion, type Exclusions } from "../../domain/offers/exclusion.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** Everything that people excluded, gift cards and deleted products included. */
export async function readExclusions(tx: ShopTransaction): Promise<Exclusions> {
  const rows = await tx.db.excludedProduct.findMany({ where: { shop: tx.shop } });
  const ids = (excluded: typeof rows) => new Set(excluded.map((row) => gid("Product", row.productId)));
  return {
    asTrigger: ids(rows.filter((row) => row.asTrigger)),
    asCompanion: ids(rows.filter((row) => row.asCompanion)),
  };
}

/** Stores what is excluded of a product, in place of what was before, which is returned. */
export async function saveExclusion(
  tx: ShopTransaction,
  product: ProductId,
  exclusion: Exclusion,
  excludedAt: Date,
): Promise<Exclusion> {
  const where = { shop_productId: { shop: tx.shop, productId: BigInt(bareNumber(product)) } };
  const before = await tx.db.excludedProduct.findUnique({ where });
  if (exclusion.asTrigger || exclusion.asCompanion) {
    const { asTrigger, asCompanion } = exclusion;
    const create = { ...where.shop_productId, asTrigger, asCompanion, excludedAt };
    await tx.db.excludedProduct.upsert({ where, create, update: { asTrigger, asCompanion } });
  } else {
    await tx.db.excludedProduct.deleteMany({ where: where.shop_productId });
  }
  return before === null ? NOT_EXCLUDED : { asTrigger: before.asTrigger, asCompanion: before.asCompanion };
}
