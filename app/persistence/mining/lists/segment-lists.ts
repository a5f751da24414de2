import { bareNumber, gid, type ProductId } from "../../../domain/ids.ts";
import type { LearntSegmentList, SegmentList } from "../../../domain/mining/segments/segment.ts";
import type { Segment } from "../../../domain/shoppers/shopper.ts";
import type { SegmentedBy } from "../../../domain/shoppers/shopper.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { runSql, selectSql } from "../../database/run-sql.ts";

// As with the default lists: an unchanged list is not written again.
const SAVE = `
  INSERT INTO segment_lists (shop, product_id, segmented_by, segment, place, companions, weights)
  SELECT $1, l.product_id, l.segmented_by, l.segment, l.place, l.companions::bigint[], l.weights::float8[]
  FROM json_to_recordset($2::json)
    AS l(product_id bigint, segmented_by text, segment text, place int, companions text, weights text)
  ON CONFLICT (shop, product_id, segmented_by, segment) DO UPDATE SET (place, companions, weights) =
    (EXCLUDED.place, EXCLUDED.companions, EXCLUDED.weights)
  WHERE (segment_lists.place, segment_lists.companions, segment_lists.weights) IS DISTINCT FROM
    (EXCLUDED.place, EXCLUDED.companions, EXCLUDED.weights)`;

/** Stores lists, those in place of older ones that differ. Says how many rows were written. */
export async function saveSegmentLists(tx: ShopStream, lists: readonly LearntSegmentList[]): Promise<number> {
  if (lists.length === 0) return 0;
  const rows = lists.map(({ product, by, is, place, companions }) => ({
    ...{ product_id: product, segmented_by: by, segment: is, place },
    companions: `{${companions.map(({ item }) => item).join(",")}}`,
    weights: `{${companions.map(({ weight }) => weight).join(",")}}`,
  }));
  return runSql(tx, SAVE, tx.shop, JSON.stringify(rows));
}

/** Deletes every list but these. Says how many went. */
export function deleteSegmentListsExcept(
  tx: ShopStream,
  kept: readonly Pick<LearntSegmentList, "product" | "by" | "is">[],
): Promise<number> {
  return runSql(
    tx,
    `DELETE FROM segment_lists l WHERE l.shop = $1 AND NOT EXISTS (
       SELECT 1 FROM json_to_recordset($2::json) AS k(product bigint, "by" text, "is" text)
       WHERE k.product = l.product_id AND k."by" = l.segmented_by AND k."is" = l.segment)`,
    tx.shop,
    JSON.stringify(kept.map(({ product, by, is }) => ({ product, by, is }))),
  );
}

/** The lists of some products for each segment that has one, in the order in which segments are to be tried. */
export async function readSegmentLists(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, readonly SegmentList[]>> {
  const rows = await selectSql<{
    product: string;
    by: SegmentedBy;
    is: string;
    companions: string[];
    weights: number[];
  }>(
    tx,
    `SELECT product_id::text AS product, segmented_by AS "by", segment AS "is", companions::text[] AS companions, weights
     FROM segment_lists WHERE shop = $1 AND product_id IN (SELECT unnest($2::text::bigint[])) ORDER BY place`,
    ...[tx.shop, `{${products.map(bareNumber).join(",")}}`],
  );
  const lists = rows.map(({ product, by, is, companions, weights }) => ({
    ...{ product: gid("Product", product), by, is },
    companions: companions.map((item, n) => ({ item, weight: weights[n]! })),
  }));
  return new Map(
    [...Map.groupBy(lists, ({ product }) => product)].map(([product, own]) => [
      product,
      own.map(({ by, is, companions }) => ({ by, is, companions })),
    ]),
  );
}

/** The segments that any product has a list for, in the order in which they are to be tried. */
export async function readSegmentsInUse(tx: ShopTransaction): Promise<Segment[]> {
  const rows = await selectSql<{ by: SegmentedBy; is: string }>(
    tx,
    `SELECT segmented_by AS "by", segment AS "is" FROM segment_lists WHERE shop = $1
     GROUP BY segmented_by, segment ORDER BY min(place)`,
    tx.shop,
  );
  return rows.map(({ by, is }) => ({ by, is }));
}
