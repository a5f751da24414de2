import { parseGid, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql } from "../database/run-sql.ts";
import { shopStays } from "../shop/shops.ts";

/** The entry of one offer as one product carries it at Shopify. */
export interface OfferEntryRow {
  readonly product: ProductId;
  readonly offerNumber: number;
  readonly digest: string;
  /** The entry as it was compiled, in JSON. */
  readonly value: string;
}

const KEY = "offers";

/** The entries of some products. */
export async function readOfferEntries(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, OfferEntryRow[]>> {
  const rows = await tx.db.offerEntry.findMany({
    where: { shop: tx.shop, key: KEY, ownerId: { in: [...products] } },
    orderBy: { offerNumber: "asc" },
  });
  const entries = rows.flatMap(({ ownerId, offerNumber, digest, value }) => {
    const product = parseGid("Product", ownerId);
    return product === null ? [] : [{ product, offerNumber, digest, value }];
  });
  return Map.groupBy(entries, ({ product }) => product);
}

/** Makes these all the entries of some products. Rows that stay as they are are not written; of a shop that left none is. */
export async function replaceOfferEntries(
  tx: ShopTransaction,
  products: readonly ProductId[],
  entries: readonly OfferEntryRow[],
  at: Date,
): Promise<void> {
  if (products.length === 0 || !(await shopStays(tx))) return;
  await runSql(
    tx,
    `WITH given AS (
       SELECT e.* FROM json_to_recordset($3::json)
         AS e(product text, "offerNumber" int, digest text, value text)
     ), removed AS (
       DELETE FROM offer_entries o WHERE o.shop = $1 AND o.key = '${KEY}'
         AND o.owner_id IN (SELECT json_array_elements_text($2::json))
         AND NOT EXISTS (SELECT FROM given g WHERE g.product = o.owner_id AND g."offerNumber" = o.offer_number)
     )
     INSERT INTO offer_entries (shop, owner_id, key, offer_number, digest, value, at)
     SELECT $1, g.product, '${KEY}', g."offerNumber", g.digest, g.value, $4::timestamptz FROM given g
     ON CONFLICT (shop, owner_id, key, offer_number) DO UPDATE SET (digest, value, at) =
       (EXCLUDED.digest, EXCLUDED.value, EXCLUDED.at)
     WHERE offer_entries.digest <> EXCLUDED.digest`,
    ...[tx.shop, JSON.stringify(products), JSON.stringify(entries), at.toISOString()],
  );
}
