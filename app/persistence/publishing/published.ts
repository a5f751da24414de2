import { parseGid, type ProductId } from "../../domain/ids.ts";
import type { PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { shopStays } from "../shop/shops.ts";

export interface PublishedKey {
  /** GID of the metafield's owner. */
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
}

export interface PublishedRow extends PublishedKey {
  readonly digest: string;
  /** The value itself where it is an offer; null otherwise, and for what was sent before offers were kept. */
  readonly value: string | null;
}

/** Begins the digest of a value that Shopify would not take. */
export const REFUSED = "refused ";
/** What the text of an envelope holds where an entry is a bought-together offer. */
export const BOUGHT_TOGETHER = '"type":"bought-together"';
const NOT_REFUSED = { not: { startsWith: REFUSED } } as const;
/** Where a product's offers are, in version 1 and in version 2. */
const ENVELOPES = [PUBLISHED.offer.key, PUBLISHED.offers.key];

/** Forgets what the values were, not that they are there: the next publish sends everything again. */
export async function forgetDigests(tx: ShopTransaction): Promise<void> {
  await tx.db.published.updateMany({ where: { shop: tx.shop }, data: { digest: "" } });
}

const OF_A_PRODUCT = { startsWith: "gid://shopify/Product/" } as const;

/** What Shopify holds of ours with some products, and with everything that is no product. */
export function readPublished(tx: ShopTransaction, products: readonly ProductId[]): Promise<PublishedRow[]> {
  return tx.db.published.findMany({
    where: { shop: tx.shop, OR: [{ ownerId: { in: [...products] } }, { NOT: { ownerId: OF_A_PRODUCT } }] },
    select: { ownerId: true, namespace: true, key: true, digest: true, value: true },
  });
}

/** Every product that Shopify holds anything of ours with. */
export async function readPublishedProducts(tx: ShopTransaction): Promise<ProductId[]> {
  const where = { shop: tx.shop, ownerId: OF_A_PRODUCT };
  const rows = await tx.db.published.findMany({ where, select: { ownerId: true }, distinct: ["ownerId"] });
  return rows.flatMap(({ ownerId }) => parseGid("Product", ownerId) ?? []);
}

/** Notes what Shopify holds now; of a shop that left meanwhile nothing is noted. */
export async function recordPublished(tx: ShopTransaction, rows: readonly PublishedRow[], at: Date): Promise<void> {
  if (!(await shopStays(tx))) return;
  await runSql(
    tx,
    `INSERT INTO published (shop, owner_id, namespace, key, digest, value, at)
     SELECT $1, p."ownerId", p.namespace, p.key, p.digest, p.value, $3::timestamptz
     FROM json_to_recordset($2::json) AS p("ownerId" text, namespace text, key text, digest text, value text)
     ON CONFLICT (shop, owner_id, namespace, key) DO UPDATE SET (digest, value, at) =
       (EXCLUDED.digest, EXCLUDED.value, EXCLUDED.at)`,
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

/** The live bought-together offers of some products, as Shopify holds them. */
export async function readPublishedOffers(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, PublishedOffer>> {
  const rows = await tx.db.published.findMany({
    where: { shop: tx.shop, key: { in: ENVELOPES }, ownerId: { in: [...products] }, digest: NOT_REFUSED },
    select: { ownerId: true, value: true },
    // Version 2 comes last, and takes the place of version 1.
    orderBy: { key: "asc" },
  });
  return new Map(
    rows.flatMap(({ ownerId, value }) => {
      const [product, offer] = [parseGid("Product", ownerId), parseProductOffer(value)];
      return product === null || offer === null ? [] : [[product, offer] as const];
    }),
  );
}

/** The envelopes of some products, as Shopify holds them. */
export async function readEnvelopes(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, string>> {
  const rows = await tx.db.published.findMany({
    where: { shop: tx.shop, key: PUBLISHED.offers.key, ownerId: { in: [...products] }, digest: NOT_REFUSED },
    select: { ownerId: true, value: true },
  });
  return new Map(
    rows.flatMap(({ ownerId, value }) => {
      const product = parseGid("Product", ownerId);
      return product === null || value === null ? [] : [[product, value] as const];
    }),
  );
}

/** Notes what Shopify holds of an earlier install. Without a digest: the next publish sends or deletes it. */
export async function recordFound(
  tx: ShopSql,
  found: readonly (PublishedKey & Pick<PublishedRow, "value">)[],
  at: Date,
): Promise<void> {
  if (found.length === 0) return;
  await runSql(
    tx,
    `INSERT INTO published (shop, owner_id, namespace, key, digest, value, at)
     SELECT $1, p."ownerId", p.namespace, p.key, '', p.value, $3::timestamptz
     FROM json_to_recordset($2::json) AS p("ownerId" text, namespace text, key text, value text)
     ON CONFLICT DO NOTHING`,
    tx.shop,
    JSON.stringify(found),
    at.toISOString(),
  );
}

/** How many products have a live bought-together offer. */
export function countOffers(tx: ShopTransaction): Promise<number> {
  const value = { contains: BOUGHT_TOGETHER };
  return tx.db.published.count({ where: { shop: tx.shop, key: PUBLISHED.offers.key, value, digest: NOT_REFUSED } });
}

/** How many owners have something that Shopify refuses, and the titles of the first products among them. */
export async function refusedOwners(tx: ShopTransaction): Promise<{ count: number; titles: string[] }> {
  const rows = await selectSql<{ count: number; titles: string[] }>(
    tx,
    `WITH refused AS (
       SELECT DISTINCT owner_id FROM published WHERE shop = $1 AND starts_with(digest, $2)
     ), named AS (
       SELECT p.title FROM refused r JOIN products p
         ON p.shop = $1 AND r.owner_id = 'gid://shopify/Product/' || p.product_id
       ORDER BY p.title LIMIT 5
     )
     SELECT (SELECT count(*)::int FROM refused) AS count,
       coalesce((SELECT array_agg(title) FROM named), '{}') AS titles`,
    tx.shop,
    REFUSED,
  );
  return rows[0] ?? { count: 0, titles: [] };
}
