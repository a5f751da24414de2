import type { ShopStream } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";

/** One stored list: the default one, or that of a segment. Ids are bare numbers. */
export interface StoredList {
  readonly product: string;
  /** "market:EUR"; empty for the default list. */
  readonly segment: string;
  readonly companions: readonly { readonly product: string; readonly weight: number }[];
}

/** Every stored list of the shop, with what decides whether a new one differs from it enough to be published. */
export async function readStoredLists(tx: ShopStream): Promise<StoredList[]> {
  const rows = await selectSql<{ product: string; segment: string; companions: string; weights: string }>(
    tx,
    `SELECT product_id::text AS product, '' AS segment, array_to_string(companions, ',') AS companions,
       array_to_string(weights, ',') AS weights FROM companion_lists WHERE shop = $1
     UNION ALL SELECT product_id::text, segmented_by || ':' || segment, array_to_string(companions, ','),
       array_to_string(weights, ',') FROM segment_lists WHERE shop = $1`,
    tx.shop,
  );
  return rows.map(({ product, segment, companions, weights }) => {
    const all = weights.split(",");
    const named = companions === "" ? [] : companions.split(",");
    return { product, segment, companions: named.map((id, n) => ({ product: id, weight: Number(all[n]) })) };
  });
}
