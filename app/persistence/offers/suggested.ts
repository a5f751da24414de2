import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { SuggestedCompanions } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** What is suggested with some products; those with nothing suggested are absent. */
export async function readSuggested(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, SuggestedCompanions>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.suggestedCompanions.findMany({ where: { shop: tx.shop, productId } });
  return new Map(
    rows.map(({ productId: id, companions, grade, proposed }) => [
      gid("Product", id),
      {
        companions: companions.map((companion) => gid("Product", companion)),
        proposed: proposed.map((companion) => gid("Product", companion)),
        grade: grade === "strong" ? "strong" : "fair",
      },
    ]),
  );
}

/** How many products have a companion with enough evidence, whether or not shoppers see it. */
export function countSuggested(tx: ShopTransaction): Promise<number> {
  return tx.db.suggestedCompanions.count({ where: { shop: tx.shop } });
}

const REPLACE = `
  WITH given AS (
    SELECT product_id, companions::bigint[] AS companions, grade, proposed::bigint[] AS proposed
    FROM json_to_recordset($2::json) AS g(product_id bigint, companions text, grade text, proposed text)
  ), removed AS (
    DELETE FROM suggested_companions WHERE shop = $1 AND product_id NOT IN (SELECT product_id FROM given)
      AND ($3::text IS NULL OR product_id IN (SELECT unnest($3::text::bigint[])))
  )
  INSERT INTO suggested_companions (shop, product_id, companions, grade, proposed)
  SELECT $1, product_id, companions, grade, proposed FROM given
  ON CONFLICT (shop, product_id) DO UPDATE SET (companions, grade, proposed) =
    (EXCLUDED.companions, EXCLUDED.grade, EXCLUDED.proposed)
  WHERE (suggested_companions.companions, suggested_companions.grade, suggested_companions.proposed) IS DISTINCT FROM
    (EXCLUDED.companions, EXCLUDED.grade, EXCLUDED.proposed)`;

/**
 * Stores the suggestions of some products, or of all where `products` is null, in place of earlier ones; those that stay
 * as they were are not written.
 */
export async function replaceSuggested(
  tx: ShopTransaction,
  suggested: ReadonlyMap<ProductId, SuggestedCompanions>,
  products: readonly ProductId[] | null,
): Promise<void> {
  const rows = [...suggested].map(([product, { companions, grade, proposed }]) => ({
    product_id: bareNumber(product),
    companions: `{${companions.map(bareNumber).join(",")}}`,
    grade,
    proposed: `{${proposed.map(bareNumber).join(",")}}`,
  }));
  const scope = products === null ? null : `{${products.map(bareNumber).join(",")}}`;
  await runSql(tx, REPLACE, tx.shop, JSON.stringify(rows), scope);
}

/** Best sellers of the shop, those of the product's own type first; without the product itself and what is left out. */
export async function readBestSellers(
  tx: ShopTransaction,
  product: ProductId,
  options: { readonly without: readonly ProductId[]; readonly limit: number },
): Promise<{ product: ProductId; baskets: number; sameType: boolean }[]> {
  const rows = await selectSql<{ id: string; baskets: number; same_type: boolean }>(
    tx,
    `SELECT a.product_id::text AS id, a.baskets, p.product_type <> '' AND p.product_type = own.product_type AS same_type
     FROM (SELECT product_id, baskets FROM associations WHERE shop = $1 ORDER BY baskets DESC, product_id LIMIT 500) a
     JOIN products p ON p.shop = $1 AND p.product_id = a.product_id
     JOIN products own ON own.shop = $1 AND own.product_id = $2::bigint
     WHERE p.deleted_at IS NULL AND NOT p.is_gift_card AND p.status = 'active' AND p.published_at IS NOT NULL
       AND a.product_id <> $2::bigint AND a.product_id NOT IN (SELECT unnest($3::text::bigint[]))
       AND EXISTS (SELECT FROM variants v WHERE v.shop = $1 AND v.product_id = a.product_id AND v.available)
       AND NOT EXISTS (SELECT FROM excluded_products e WHERE e.shop = $1 AND e.product_id = a.product_id AND e.as_companion)
     ORDER BY same_type DESC, a.baskets DESC, a.product_id LIMIT $4`,
    ...[tx.shop, bareNumber(product), `{${options.without.map(bareNumber).join(",")}}`, options.limit],
  );
  return rows.map(({ id, baskets, same_type: sameType }) => ({ product: gid("Product", id), baskets, sameType }));
}
