import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { KnownProduct } from "../../domain/playbooks/facts.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { readConditionFacts } from "../offers/condition-facts.ts";

interface ProductRow {
  id: string;
  title: string;
  image_url: string | null;
  lowest: number;
  highest: number;
  cost_share: number | null;
  is_for_sale: boolean;
}

// Of a product with no variant nothing can be bought.
const READ = `
  SELECT p.product_id::text AS id, p.title, p.image_url, v.lowest::float8 AS lowest, v.highest::float8 AS highest,
    v.cost_share::float8 AS cost_share,
    p.status = 'active' AND p.published_at IS NOT NULL AND NOT p.is_gift_card AND v.available AND v.lowest > 0
      AS is_for_sale
  FROM products p CROSS JOIN LATERAL (
    SELECT min(price_minor) AS lowest, max(price_minor) AS highest, bool_or(available) AS available,
      max(cost_minor::float8 / nullif(price_minor, 0)) AS cost_share
    FROM variants WHERE shop = p.shop AND product_id = p.product_id
  ) v
  WHERE p.shop = $1 AND p.product_id = ANY($2::bigint[]) AND p.deleted_at IS NULL AND v.lowest IS NOT NULL`;

/** What ready-made offers need of some products, as the catalogue has them now; those that are gone are absent. */
export async function readPlaybookProducts(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, KnownProduct>> {
  const ids = products.map((id) => BigInt(bareNumber(id)));
  const rows = await selectSql<ProductRow>(tx, READ, tx.shop, ids);
  const facts = await readConditionFacts(tx, products);
  return new Map(
    rows.flatMap((row): [ProductId, KnownProduct][] => {
      const id = gid("Product", row.id);
      const asked = facts.get(id);
      if (asked === undefined) return [];
      const { title, image_url: imageUrl, lowest: lowestMinor, highest: highestMinor } = row;
      const priced = { lowestMinor, highestMinor, costShare: row.cost_share, isForSale: row.is_for_sale };
      return [[id, { id, title, imageUrl, ...priced, facts: asked }]];
    }),
  );
}
