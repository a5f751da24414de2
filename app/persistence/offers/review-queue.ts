import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** One companion of one product that a person is to decide about. */
export interface ProposedPair {
  readonly trigger: ProductId;
  readonly companion: ProductId;
}

/**
 * SQL of the pairs that wait: those that were proposed when offers were last chosen, as far as nobody has decided about
 * them since. `$1` is the shop.
 */
export const WAITING_PAIRS = `
  SELECT s.product_id, proposed.companion_id, proposed.place
  FROM suggested_companions s, unnest(s.proposed) WITH ORDINALITY AS proposed(companion_id, place)
  WHERE s.shop = $1 AND s.proposed <> '{}'
    AND NOT EXISTS (SELECT FROM choices c
      WHERE c.shop = $1 AND c.trigger_id = s.product_id AND c.companion_id = proposed.companion_id)
    AND NOT EXISTS (SELECT FROM excluded_products e WHERE e.shop = $1
      AND (e.product_id = s.product_id AND e.as_trigger OR e.product_id = proposed.companion_id AND e.as_companion))`;

/** How many pairs wait for a person, and with how many products. */
export async function countWaiting(tx: ShopTransaction): Promise<{ products: number; pairs: number }> {
  const sql = `SELECT count(DISTINCT product_id)::int AS products, count(*)::int AS pairs FROM (${WAITING_PAIRS}) AS w`;
  const [row] = await selectSql<{ products: number; pairs: number }>(tx, sql, tx.shop);
  return row!;
}

/** A part of the products whose companions wait, those in most orders first, each with its companions, best first. */
export async function readWaiting(
  tx: ShopTransaction,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ total: number; waiting: Map<ProductId, ProductId[]> }> {
  const rows = await selectSql<{ id: string; companions: string[] }>(
    tx,
    `SELECT w.product_id::text AS id, array_agg(w.companion_id::text ORDER BY w.place) AS companions
     FROM (${WAITING_PAIRS}) AS w
     LEFT JOIN associations a ON a.shop = $1 AND a.product_id = w.product_id
     GROUP BY w.product_id, a.baskets ORDER BY a.baskets DESC NULLS LAST, w.product_id OFFSET $2 LIMIT $3`,
    ...[tx.shop, offset, limit],
  );
  const waiting = new Map(
    rows.map(({ id, companions }) => [gid("Product", id), companions.map((one) => gid("Product", one))]),
  );
  return { total: (await countWaiting(tx)).products, waiting };
}

/**
 * Stores one decision about waiting pairs, all with the same time: of those given, or of all where `pairs` is null. A pair
 * that somebody has decided about meanwhile stays as it is. Gives the products whose offers it changes.
 */
export async function decideWaiting(
  tx: ShopTransaction,
  kind: "approve" | "block",
  pairs: readonly ProposedPair[] | null,
  at: Date,
): Promise<{ pairs: number; products: ProductId[] }> {
  const given = pairs === null ? null : JSON.stringify(pairs.map(idsOf));
  const rows = await selectSql<{ id: string }>(
    tx,
    `INSERT INTO choices (shop, trigger_id, companion_id, kind, chosen_at)
     SELECT $1, w.product_id, w.companion_id, $2, $3::timestamptz FROM (${WAITING_PAIRS}) AS w
     WHERE $4::json IS NULL OR (w.product_id, w.companion_id) IN (
       SELECT trigger, companion FROM json_to_recordset($4::json) AS g(trigger bigint, companion bigint))
     ON CONFLICT DO NOTHING RETURNING trigger_id::text AS id`,
    ...[tx.shop, kind, at.toISOString(), given],
  );
  return { pairs: rows.length, products: productsOf(rows) };
}

/** Takes back what {@link decideWaiting} stored with a time, unless somebody has decided otherwise since. */
export async function takeBackDecisions(
  tx: ShopTransaction,
  kind: "approve" | "block",
  at: Date,
): Promise<{ pairs: number; products: ProductId[] }> {
  const rows = await selectSql<{ id: string }>(
    tx,
    `DELETE FROM choices WHERE shop = $1 AND kind = $2 AND chosen_at = $3::timestamptz RETURNING trigger_id::text AS id`,
    ...[tx.shop, kind, at.toISOString()],
  );
  return { pairs: rows.length, products: productsOf(rows) };
}

function productsOf(rows: readonly { id: string }[]): ProductId[] {
  return [...new Set(rows.map(({ id }) => id))].map((id) => gid("Product", id));
}

function idsOf({ trigger, companion }: ProposedPair) {
  return { trigger: bareNumber(trigger), companion: bareNumber(companion) };
}
