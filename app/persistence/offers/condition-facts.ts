import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { ProductFacts } from "../../domain/offers/conditions/condition.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

interface FactsRow {
  id: string;
  tags: string[];
  vendor: string;
  type: string;
  plans: boolean;
  bundle: boolean;
  collections: string[];
}

/** What conditions ask about some products. Those that are gone have no entry. */
export async function readConditionFacts(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, ProductFacts>> {
  const rows = await selectSql<FactsRow>(
    tx,
    `SELECT p.product_id::text AS id, p.tags, p.vendor, p.product_type AS type, p.has_selling_plans AS plans, p.is_bundle AS bundle,
       ARRAY(SELECT m.collection_id::text FROM collection_members m
         WHERE m.shop = p.shop AND m.product_id = p.product_id ORDER BY m.collection_id) AS collections
     FROM products p WHERE p.shop = $1 AND p.product_id = ANY($2::bigint[]) AND p.deleted_at IS NULL`,
    tx.shop,
    products.map((product) => BigInt(bareNumber(product))),
  );
  return new Map(
    rows.map(({ id, tags, vendor, type, plans, bundle, collections }) => {
      const product = gid("Product", id);
      const facts = { tags, vendor, productType: type, hasSellingPlans: plans, isBundle: bundle };
      return [product, { id: product, ...facts, collections: collections.map((one) => gid("Collection", one)) }];
    }),
  );
}
