import type { ShopTransaction } from "./in-shop.ts";
import { runSql } from "./run-sql.ts";

export interface PublishedKey {
  /** GID of the metafield's owner. */
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
}

export interface PublishedRow extends PublishedKey {
  readonly digest: string;
}

/** What Shopify holds of ours. */
export function readPublished(tx: ShopTransaction): Promise<PublishedRow[]> {
  return tx.db.published.findMany({
    where: { shop: tx.shop },
    select: { ownerId: true, namespace: true, key: true, digest: true },
  });
}

export async function recordPublished(tx: ShopTransaction, rows: readonly PublishedRow[], at: Date): Promise<void> {
  await runSql(
    tx,
    `INSERT INTO published (shop, owner_id, namespace, key, digest, at)
     SELECT $1, p."ownerId", p.namespace, p.key, p.digest, $3::timestamptz
     FROM json_to_recordset($2::json) AS p("ownerId" text, namespace text, key text, digest text)
     ON CONFLICT (shop, owner_id, namespace, key) DO UPDATE SET (digest, at) = (EXCLUDED.digest, EXCLUDED.at)`,
    tx.shop,
    JSON.stringify(rows),
    at.toISOString(),
  );
}

export async function forgetPublished(tx: ShopTransaction, keys: readonly PublishedKey[]): Promise<void> {
  await runSql(
    tx,
    `DELETE FROM published USING json_to_recordset($2::json) AS p("ownerId" text, namespace text, key text)
     WHERE published.shop = $1 AND published.owner_id = p."ownerId" AND published.namespace = p.namespace
       AND published.key = p.key`,
    tx.shop,
    JSON.stringify(keys),
  );
}
