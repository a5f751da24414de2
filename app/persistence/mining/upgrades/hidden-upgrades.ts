import { bareNumber, gid, type ProductId, type VariantId } from "../../../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";

/** A person's word: never suggest the candidate, another product or a variant of its own, in place of the product. */
export interface HiddenUpgrade {
  readonly product: ProductId;
  readonly candidate: ProductId | VariantId;
}

const kindOf = (candidate: string) => (candidate.includes("/ProductVariant/") ? "variant" : "product");

function keyOf(tx: ShopTransaction, { product, candidate }: HiddenUpgrade) {
  return {
    shop: tx.shop,
    productId: BigInt(bareNumber(product)),
    kind: kindOf(candidate),
    candidateId: BigInt(bareNumber(candidate)),
  };
}

/** Saying the same twice changes nothing. */
export async function saveHiddenUpgrade(tx: ShopTransaction, hidden: HiddenUpgrade, hiddenAt: Date): Promise<void> {
  const key = keyOf(tx, hidden);
  const where = { shop_productId_kind_candidateId: key };
  await tx.db.hiddenUpgrade.upsert({ where, create: { ...key, hiddenAt }, update: {} });
}

export async function deleteHiddenUpgrade(tx: ShopTransaction, hidden: HiddenUpgrade): Promise<void> {
  await tx.db.hiddenUpgrade.deleteMany({ where: keyOf(tx, hidden) });
}

/** Product -> the ids of what was hidden for it, of products and variants. */
export async function readHiddenUpgrades(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, Set<string>>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.hiddenUpgrade.findMany({ where: { shop: tx.shop, productId } });
  const hidden = new Map<ProductId, Set<string>>();
  for (const { productId: of, kind, candidateId } of rows) {
    const product = gid("Product", of);
    const candidates = hidden.get(product) ?? new Set();
    hidden.set(product, candidates.add(gid(kind === "variant" ? "ProductVariant" : "Product", candidateId)));
  }
  return hidden;
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
