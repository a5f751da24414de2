import { bareNumber, type ProductId } from "../../../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";
import { candidatesByProduct, type DecidedUpgrade, keyOf, keysOf } from "./candidate.ts";

/** Never suggests the candidate in place of the product. Saying the same twice changes nothing. */
export async function saveHiddenUpgrade(tx: ShopTransaction, hidden: DecidedUpgrade, hiddenAt: Date): Promise<void> {
  const key = keyOf(tx, hidden);
  const where = { shop_productId_kind_candidateId_ofVariantId: key };
  await tx.db.hiddenUpgrade.upsert({ where, create: { ...key, hiddenAt }, update: {} });
}

export async function deleteHiddenUpgrade(tx: ShopTransaction, hidden: DecidedUpgrade): Promise<void> {
  await tx.db.hiddenUpgrade.deleteMany({ where: keysOf(tx, hidden) });
}

/** Product -> the ids of what was hidden for it, of products and variants. */
export async function readHiddenUpgrades(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, Set<string>>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  return candidatesByProduct(await tx.db.hiddenUpgrade.findMany({ where: { shop: tx.shop, productId } }));
}

/** How many other products were hidden for each product, by bare id. */
export async function countHiddenProducts(tx: ShopStream): Promise<Map<string, number>> {
  const rows = await selectSql<{ product: string; hidden: number }>(
    tx,
    `SELECT product_id::text AS product, count(*)::int AS hidden FROM hidden_upgrades
     WHERE shop = $1 AND kind = 'product' GROUP BY 1`,
    tx.shop,
  );
  return new Map(rows.map(({ product, hidden }) => [product, hidden]));
}
