import { bareNumber, gid, type ProductId } from "../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "./in-shop.ts";
import { runSql } from "./run-sql.ts";

/** The ranking model's short list of one product, best first. Ids are bare numbers. */
export interface CompanionListRow {
  readonly productId: string;
  readonly ranker: string;
  readonly companions: readonly { readonly productId: string; readonly weight: number }[];
}

const SAVE = `
  INSERT INTO companion_lists (shop, product_id, ranker, companions, weights)
  SELECT $1, c.product_id, c.ranker, c.companions::bigint[], c.weights::float8[]
  FROM json_to_recordset($2::json) AS c(product_id bigint, ranker text, companions text, weights text)
  ON CONFLICT (shop, product_id) DO UPDATE SET (ranker, companions, weights) =
    (EXCLUDED.ranker, EXCLUDED.companions, EXCLUDED.weights)`;

export async function saveCompanionLists(
  tx: ShopTransaction | ShopStream,
  lists: readonly CompanionListRow[],
): Promise<void> {
  if (lists.length === 0) return;
  const rows = lists.map(({ productId, ranker, companions }) => ({
    product_id: productId,
    ranker,
    companions: `{${companions.map((companion) => companion.productId).join(",")}}`,
    weights: `{${companions.map((companion) => companion.weight).join(",")}}`,
  }));
  await runSql(tx, SAVE, tx.shop, JSON.stringify(rows));
}

export async function deleteCompanionLists(tx: ShopTransaction | ShopStream): Promise<void> {
  await runSql(tx, "DELETE FROM companion_lists WHERE shop = $1", tx.shop);
}

/** The lists of some products, or of all. */
export async function readCompanionLists(
  tx: ShopTransaction,
  products?: readonly ProductId[],
): Promise<Map<ProductId, CompanionListRow>> {
  const where = {
    shop: tx.shop,
    ...(products === undefined ? {} : { productId: { in: products.map((id) => BigInt(bareNumber(id))) } }),
  };
  const rows = await tx.db.companionList.findMany({ where });
  return new Map(
    rows.map((row) => [
      gid("Product", row.productId),
      {
        productId: String(row.productId),
        ranker: row.ranker,
        companions: row.companions.map((id, index) => ({ productId: String(id), weight: row.weights[index]! })),
      },
    ]),
  );
}
