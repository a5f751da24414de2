import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** An order that visitors' browsers named. Amounts are in the smallest unit of its currency. */
export interface NamedOrder {
  readonly order: string;
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
  readonly currency: string;
  /** Price of the goods, discounts off, before refunds; without taxes. */
  readonly soldMinor: number;
  /** Given back for goods so far, by refunds of both kinds; without taxes. */
  readonly refundedMinor: number;
}

// What an order still holds is known without taxes and gift cards (`order_sales`). Of what was given back for a line its own
// share of taxes is left out, of what was given back without naming one that of all lines.
const NAMED = `
  SELECT s.order_id::text AS "order", (extract(epoch FROM o.created_at) * 1000)::float8 AS "createdAt", o.currency,
    (s.sold_minor + back.minor)::float8 AS "soldMinor", back.minor::float8 AS "refundedMinor"
  FROM order_sales s JOIN orders o USING (shop, order_id) CROSS JOIN LATERAL (
    SELECT round(coalesce(sum(refunded * own / nullif(minor, 0)), 0)
      + o.refunded_without_lines_minor * coalesce(sum(own) / nullif(sum(minor), 0), 0)) AS minor
    FROM (
      SELECT minor, CASE WHEN is_gift_card THEN 0 WHEN o.taxes_included THEN greatest(minor - tax, 0) ELSE minor END AS own,
        (SELECT coalesce(sum(subtotal_minor), 0) FROM refund_lines r
          WHERE r.shop = o.shop AND r.order_id = o.order_id AND r.line_id = line.line_id) AS refunded
      FROM (
        SELECT line_id, is_gift_card, greatest(unit_price_minor::numeric * quantity - discount_minor, 0) AS minor,
          greatest(coalesce(tax_minor, 0), 0)::numeric AS tax
        FROM order_lines WHERE shop = o.shop AND order_id = o.order_id AND quantity > 0
      ) line
    ) priced
  ) back
  WHERE s.shop = $1 AND s.order_id = ANY ($2::bigint[])`;

/** Orders by their numbers; without test orders, cancelled ones and those that are not known. */
export async function readNamedOrders(
  tx: ShopTransaction,
  orders: readonly string[],
): Promise<ReadonlyMap<string, NamedOrder>> {
  if (orders.length === 0) return new Map();
  const rows = await selectSql<NamedOrder>(tx, NAMED, tx.shop, orders);
  return new Map(rows.map((row) => [row.order, row]));
}
