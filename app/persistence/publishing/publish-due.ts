import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** A product whose offers are to be decided again, and how often it has changed since it was last published. */
export interface DueProduct {
  readonly product: ProductId;
  readonly revision: number;
}

const MARK = `
  INSERT INTO publish_due (shop, product_id)
  SELECT DISTINCT $1::text, d.id FROM (SELECT unnest($2::text::bigint[]) AS id) AS d ORDER BY 2
  ON CONFLICT (shop, product_id) DO UPDATE SET revision = publish_due.revision + 1`;

/** Everything that a product is considered for: lists, segments' lists, upgrades and decisions of people that name it. */
const NAMING = `
  SELECT product_id::text AS id FROM companion_lists, named WHERE shop = $1 AND companions && named.ids
  UNION SELECT product_id::text FROM segment_lists, named WHERE shop = $1 AND companions && named.ids
  UNION SELECT product_id::text FROM upgrades, named WHERE shop = $1 AND candidates && named.ids
  UNION SELECT trigger_id::text FROM choices, named WHERE shop = $1 AND companion_id = ANY(named.ids)`;

/** Has the offers of these products decided again at the next publish. */
export async function markPublishDue(tx: ShopTransaction | ShopStream, products: readonly ProductId[]): Promise<void> {
  if (products.length > 0) await runSql(tx, MARK, tx.shop, `{${products.map(bareNumber).join(",")}}`);
}

/** As {@link markPublishDue}, for these products and all that they are considered for. */
export async function markAffectedDue(tx: ShopTransaction | ShopStream, products: readonly ProductId[]): Promise<void> {
  if (products.length === 0) return;
  const ids = `{${products.map(bareNumber).join(",")}}`;
  const rows = await selectSql<{ id: string }>(
    tx,
    `WITH named AS (SELECT $2::text::bigint[] AS ids) ${NAMING}`,
    tx.shop,
    ids,
  );
  await markPublishDue(tx, [...products, ...rows.map(({ id }) => gid("Product", id))]);
}

/** Has the offers of all products decided again at the next publish, not at one that runs already. */
export async function markEverythingDue(tx: ShopTransaction | ShopStream): Promise<void> {
  const sql = "UPDATE shops SET published_terms = jsonb_build_object('', gen_random_uuid()) WHERE domain = $1";
  await runSql(tx, sql, tx.shop);
}

/** Has the offers of one type decided again for every product at the next publish, not at one that runs already. */
export async function markTypeDue(tx: ShopTransaction | ShopStream, type: OfferTypeName): Promise<void> {
  await runSql(tx, "UPDATE shops SET published_terms = published_terms - $2::text WHERE domain = $1", tx.shop, type);
}

/** Notes the terms that were published; where they were marked since they were read as `before`, the mark stays. */
export async function recordPublishedTerms(
  tx: ShopTransaction,
  before: unknown,
  terms: Readonly<Record<string, string>>,
): Promise<void> {
  const sql = "UPDATE shops SET published_terms = $3::jsonb WHERE domain = $1 AND published_terms = $2::jsonb";
  await runSql(tx, sql, tx.shop, JSON.stringify(before), JSON.stringify(terms));
}

/** The products that are due. */
export async function readPublishDue(tx: ShopTransaction): Promise<DueProduct[]> {
  const rows = await tx.db.publishDue.findMany({ where: { shop: tx.shop }, orderBy: { productId: "asc" } });
  return rows.map(({ productId, revision }) => ({ product: gid("Product", productId), revision }));
}

/** Forgets what was published; a product that changed again since stays due. */
export async function clearPublishDue(tx: ShopTransaction, published: readonly DueProduct[]): Promise<void> {
  if (published.length === 0) return;
  await runSql(
    tx,
    `DELETE FROM publish_due d USING json_to_recordset($2::json) AS p(id bigint, revision int)
     WHERE d.shop = $1 AND d.product_id = p.id AND d.revision = p.revision`,
    tx.shop,
    JSON.stringify(published.map(({ product, revision }) => ({ id: bareNumber(product), revision }))),
  );
}
