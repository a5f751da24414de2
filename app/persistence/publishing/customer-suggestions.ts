import { z } from "zod";
import type { CustomerSuggestion } from "../../domain/mining/model/customer-suggestions.ts";
import { isSuggestionToReplace } from "../../domain/publishing/customer-change.ts";
import type { CustomerRank } from "../../domain/shoppers/shopper.ts";
import { bareNumber, gid, type OrderId, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

type Suggested = Pick<CustomerSuggestion, "adds" | "owned">;

const ROWS_AT_ONCE = 1_000;

// An order is held, so that a redaction which comes meanwhile waits, and then finds these rows; one that came before
// leaves nobody to store.
const SAVE = `
  INSERT INTO customer_suggestions (shop, customer_key, order_id, adds, owned)
  SELECT $1, c.customer, o.order_id, c.adds, c.owned
  FROM json_to_recordset($2::json) AS c(customer text, adds jsonb, owned jsonb)
  CROSS JOIN LATERAL (
    SELECT order_id FROM orders WHERE shop = $1 AND customer_key = c.customer
    ORDER BY processed_at DESC, order_id DESC LIMIT 1 FOR SHARE
  ) o
  ON CONFLICT (shop, customer_key) DO UPDATE SET (order_id, adds, owned, listed, revision) =
    (EXCLUDED.order_id, EXCLUDED.adds, EXCLUDED.owned, true, customer_suggestions.revision + 1)`;

const UNLIST = `
  UPDATE customer_suggestions SET listed = false, revision = revision + 1
  WHERE shop = $1 AND listed AND customer_key NOT IN (SELECT jsonb_array_elements_text($2::jsonb))`;

/**
 * Stores what was learnt of the latest customers where the change is large enough to publish; whoever is not
 * among them any more is unlisted. Says how many rows changed.
 */
export async function saveCustomerSuggestions(
  tx: ShopSql,
  suggestions: readonly CustomerSuggestion[],
): Promise<number> {
  const stored = await readPublished(tx);
  const changed = suggestions.filter((one) => {
    const before = stored.get(one.customer);
    return before === undefined || isSuggestionToReplace(before, one);
  });
  let rows = 0;
  for (let from = 0; from < changed.length; from += ROWS_AT_ONCE) {
    rows += await runSql(tx, SAVE, tx.shop, JSON.stringify(changed.slice(from, from + ROWS_AT_ONCE)));
  }
  return rows + (await runSql(tx, UNLIST, tx.shop, JSON.stringify(suggestions.map(({ customer }) => customer))));
}

/** Has every customer looked at again whose history adds a product. Says how many there are. */
export function reviseSuggestionsOf(tx: ShopTransaction, product: ProductId): Promise<number> {
  return runSql(
    tx,
    "UPDATE customer_suggestions SET revision = revision + 1 WHERE shop = $1 AND adds @> $2::jsonb",
    tx.shop,
    JSON.stringify([{ product: bareNumber(product) }]),
  );
}

async function readPublished(tx: ShopSql): Promise<ReadonlyMap<string, Suggested>> {
  const rows = await selectSql<Suggested & { customer: string }>(
    tx,
    "SELECT customer_key AS customer, adds, owned FROM customer_suggestions WHERE shop = $1 AND listed",
    tx.shop,
  );
  return new Map(rows.map((row) => [row.customer, row]));
}

/** Notes the rank of every customer who is suggested to, or that they have none. Says whether there is any customer. */
export async function saveSuggestedRanks(tx: ShopSql, ranks: ReadonlyMap<string, CustomerRank>): Promise<boolean> {
  const rows = await selectSql<{ customer: string; rank: string | null }>(
    tx,
    "SELECT customer_key AS customer, rank FROM customer_suggestions WHERE shop = $1",
    tx.shop,
  );
  const changed = rows
    .map(({ customer, rank }) => ({ customer, before: rank, rank: ranks.get(customer) ?? null }))
    .filter(({ before, rank }) => before !== rank);
  await runSql(
    tx,
    `UPDATE customer_suggestions s SET rank = r.rank, revision = s.revision + 1
     FROM json_to_recordset($2::json) AS r(customer text, rank text)
     WHERE s.shop = $1 AND s.customer_key = r.customer`,
    tx.shop,
    JSON.stringify(changed),
  );
  return rows.length > 0;
}

/** A customer whose metafield is to be set or deleted. */
export interface SuggestionRow extends Suggested {
  readonly customerKey: string;
  readonly orderId: OrderId;
  readonly rank: CustomerRank | null;
  readonly listed: boolean;
  readonly revision: number;
  readonly digest: string | null;
}

const FIELDS = `customer_key AS "customerKey", order_id::text AS "orderNumber", adds, owned, rank, listed, revision, digest`;

/** Customers whose row changed since Shopify was asked about them, or of whom it was not asked since `askedBefore`. */
export function suggestionsToPublish(tx: ShopTransaction, askedBefore: Date, most: number): Promise<SuggestionRow[]> {
  return readRows(
    tx,
    `SELECT ${FIELDS} FROM customer_suggestions
     WHERE shop = $1 AND (asked_revision <> revision OR asked_at < $3::timestamptz) ORDER BY customer_key LIMIT $2`,
    ...[most, askedBefore.toISOString()],
  );
}

/** Customers of whom Shopify holds something. */
export function suggestionsHeld(tx: ShopTransaction, most: number): Promise<SuggestionRow[]> {
  return readRows(
    tx,
    `SELECT ${FIELDS} FROM customer_suggestions WHERE shop = $1 AND digest IS NOT NULL ORDER BY customer_key LIMIT $2`,
    most,
  );
}

async function readRows(tx: ShopTransaction, sql: string, ...values: unknown[]): Promise<SuggestionRow[]> {
  const rows = await selectSql<Omit<SuggestionRow, "orderId"> & { orderNumber: string }>(tx, sql, tx.shop, ...values);
  return rows.map(({ orderNumber, ...row }) => ({ ...row, orderId: gid("Order", orderNumber) }));
}

/** What became of a customer at Shopify. */
export type PublishedCustomerRow = Pick<SuggestionRow, "customerKey" | "revision" | "digest">;

/**
 * Notes what Shopify holds of some customers now. Whoever is neither listed nor held any more is deleted. Returns the
 * keys of those who are still there: somebody redacted meanwhile is not.
 */
export async function notePublished(
  tx: ShopTransaction,
  published: readonly PublishedCustomerRow[],
  at: Date,
): Promise<Set<string>> {
  const rows = await selectSql<{ customer: string }>(
    tx,
    `UPDATE customer_suggestions s SET asked_revision = t.revision, asked_at = $3::timestamptz, digest = t.digest
     FROM json_to_recordset($2::json) AS t("customerKey" text, revision int, digest text)
     WHERE s.shop = $1 AND s.customer_key = t."customerKey" RETURNING s.customer_key AS customer`,
    ...[tx.shop, JSON.stringify(published), at.toISOString()],
  );
  await runSql(
    tx,
    `DELETE FROM customer_suggestions
     WHERE shop = $1 AND NOT listed AND digest IS NULL AND asked_revision = revision`,
    tx.shop,
  );
  return new Set(rows.map(({ customer }) => customer));
}

/** Deletes every row of whom Shopify holds nothing. */
export function forgetUnpublished(tx: ShopTransaction): Promise<number> {
  return runSql(tx, "DELETE FROM customer_suggestions WHERE shop = $1 AND digest IS NULL", tx.shop);
}

/** Deletes every row, whatever Shopify holds. */
export function forgetSuggestions(tx: ShopTransaction): Promise<number> {
  return runSql(tx, "DELETE FROM customer_suggestions WHERE shop = $1", tx.shop);
}

/** Whether Shopify holds something of a customer. */
export async function isHeldOf(tx: ShopTransaction, customerKey: string): Promise<boolean> {
  const where = { shop: tx.shop, customerKey, digest: { not: null } };
  return (await tx.db.customerSuggestion.count({ where })) > 0;
}

const addition = z.object({ product: z.string(), weight: z.number(), again: z.literal(true).optional() });
const storedSuggestion = z.object({ adds: z.array(addition), owned: z.array(z.string()), rank: z.string().nullable() });

export type StoredSuggestion = z.infer<typeof storedSuggestion>;

/** What is stored about one customer, by their pseudonym; null where there is nothing. */
export async function suggestionOf(tx: ShopTransaction, customerKey: string): Promise<StoredSuggestion | null> {
  const row = await tx.db.customerSuggestion.findUnique({
    where: { shop_customerKey: { shop: tx.shop, customerKey } },
    select: { adds: true, owned: true, rank: true },
  });
  return row === null ? null : storedSuggestion.parse(row);
}
