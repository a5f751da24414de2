import type { Due } from "../../domain/customers/repeat-interval.ts";
import { gid, type OrderId, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** A customer who is announced to be due for a product, by an order of theirs. */
export interface AnnouncedDue {
  readonly order: OrderId;
  readonly product: ProductId;
  readonly due: Pick<Due, "lastAt" | "expectedAt" | "ownGaps">;
}

// Of the surest first, as they are listed. Each purchase of a product is announced once: a later one is another interval, and an
// earlier one is the latest again where an order was cancelled.
const ANNOUNCE = `
  WITH listed AS (
    SELECT c.place, c.customer_key, c.order_id, (c.facts->>'product')::bigint AS product_id,
      (c.facts->>'lastAt')::float8 AS last_ms, (c.facts->>'expectedAt')::float8 AS expected_ms,
      (c.facts->>'ownGaps')::int AS own_gaps,
      to_timestamp((c.facts->>'lastAt')::float8 / 1000)::timestamptz(3) AS last_at
    FROM listed_customers c JOIN orders o ON o.shop = $1 AND o.order_id = c.order_id AND o.customer_key = c.customer_key
    WHERE c.shop = $1 AND c.list = 'due'
  ), due AS (
    SELECT l.* FROM listed l JOIN products p ON p.shop = $1 AND p.product_id = l.product_id
    WHERE expected_ms > $2::float8 AND expected_ms <= $3::float8
      AND p.deleted_at IS NULL AND p.status = 'active' AND p.published_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM announced_dues a
        WHERE a.shop = $1 AND a.customer_key = l.customer_key AND a.product_id = l.product_id AND a.last_at >= l.last_at)
    ORDER BY place LIMIT $4::int
  ), noted AS (
    INSERT INTO announced_dues AS a (shop, customer_key, product_id, last_at, announced_at)
    SELECT $1, customer_key, product_id, last_at, $5::timestamptz FROM due
    ON CONFLICT (shop, customer_key, product_id) DO UPDATE SET (last_at, announced_at) =
      (EXCLUDED.last_at, EXCLUDED.announced_at) WHERE a.last_at < EXCLUDED.last_at
    RETURNING customer_key, product_id
  )
  SELECT order_id::text AS "order", product_id::text AS product, last_ms AS "lastAt", expected_ms AS "expectedAt",
    own_gaps AS "ownGaps"
  FROM due JOIN noted USING (customer_key, product_id) ORDER BY place`;

/**
 * Notes that listed customers are announced whose expected time came after `after` and by `now`, and gives them: those who were
 * not for the same purchase, `most` of them.
 */
export async function announceDues(
  tx: ShopTransaction,
  { after, now, most }: { readonly after: Date; readonly now: Date; readonly most: number },
): Promise<AnnouncedDue[]> {
  const values = [tx.shop, after.getTime(), now.getTime(), most, now.toISOString()];
  const rows = await selectSql<{ order: string; product: string } & AnnouncedDue["due"]>(tx, ANNOUNCE, ...values);
  return rows.map(({ order, product, ...due }) => ({
    order: gid("Order", order),
    product: gid("Product", product),
    due,
  }));
}

/** For which purchase of which product a customer was last announced, as whoever asks for their data is given it. */
export interface AnnouncedDueOfCustomer {
  /** Its number. */
  readonly product: string;
  /** ISO times. */
  readonly lastAt: string;
  readonly announcedAt: string;
}

/** What was announced of a customer, by their pseudonym. */
export async function duesOfCustomer(tx: ShopTransaction, customerKey: string): Promise<AnnouncedDueOfCustomer[]> {
  const where = { shop: tx.shop, customerKey };
  const rows = await tx.db.announcedDue.findMany({ where, orderBy: { productId: "asc" } });
  return rows.map(({ productId, lastAt, announcedAt }) => ({
    product: String(productId),
    ...{ lastAt: lastAt.toISOString(), announcedAt: announcedAt.toISOString() },
  }));
}

/** Forgets who was announced before a time. */
export async function forgetAnnouncedDues(tx: ShopTransaction, before: Date): Promise<void> {
  await runSql(tx, "DELETE FROM announced_dues WHERE shop = $1 AND announced_at < $2::timestamptz", tx.shop, before);
}
