import type { CustomerKey } from "../../domain/ids.ts";
import type { CustomerOrder } from "../../domain/customers/rfm.ts";
import type { ShopStream } from "../database/in-shop.ts";

/** An order of a known customer, with its id as a bare number. */
export interface StoredCustomerOrder {
  readonly id: string;
  readonly order: CustomerOrder;
}

// Not what was cancelled. Amounts of another currency, from before the shop changed its own, cannot be added to the
// rest.
const PLACED = `o.shop = $1 AND o.currency = $2 AND NOT o.test AND o.cancelled_at IS NULL`;
/** Given back as a whole: nothing was bought. */
const RETURNED = "(o.net_minor <= 0 AND o.refunded_minor > 0)";
const COUNTED = `${PLACED} AND NOT ${RETURNED}`;

/** Taxes on the units that each order kept, refunded ones taken off as `orderAccount` does. */
const KEPT_TAXES = `
  SELECT l.order_id, sum(l.tax_minor - (2 * l.tax_minor * (l.quantity - greatest(l.current_quantity, 0)) + l.quantity)
    / (2 * l.quantity)) AS tax_minor
  FROM order_lines l WHERE l.shop = $1 AND l.tax_minor > 0 AND l.quantity > 0 GROUP BY l.order_id`;

/** Those that are part of an order's `net_minor`: what was refunded without lines took its share of them. */
const NET_TAX = `CASE WHEN o.taxes_included AND t.tax_minor IS NOT NULL AND o.net_minor > 0 THEN round(
  t.tax_minor * o.net_minor / (o.net_minor + o.refunded_without_lines_minor)) ELSE 0 END`;

const STREAM = `
  DECLARE customer_orders NO SCROLL CURSOR FOR
  SELECT o.order_id::text, o.customer_key, (extract(epoch FROM o.processed_at) * 1000)::float8,
    (o.net_minor - ${NET_TAX})::float8, array_to_string(b.products, ','), ${RETURNED}
  FROM orders o LEFT JOIN baskets b USING (shop, order_id) LEFT JOIN (${KEPT_TAXES}) t USING (order_id)
  WHERE ${PLACED} AND o.customer_key IS NOT NULL
  ORDER BY o.customer_key COLLATE "C", o.processed_at, o.order_id`;
const FETCH_SIZE = 5_000;

/**
 * Every order of a known customer, those given back as a whole marked: customer after customer, each one's orders in
 * the order of time, with what it brought in before taxes and the products of its basket. A batch at a time in memory.
 */
export async function* streamCustomerOrders(tx: ShopStream, currency: string): AsyncGenerator<StoredCustomerOrder> {
  await tx.client.query(STREAM, [tx.shop, currency]);
  for (;;) {
    const { rows } = await tx.client.query<[string, string, number, number, string | null, boolean]>({
      text: `FETCH ${FETCH_SIZE} FROM customer_orders`,
      rowMode: "array",
    });
    for (const [id, customer, at, revenueMinor, products, returned] of rows) {
      const list = products === null || products === "" ? [] : products.split(",");
      const order = { customer: customer as CustomerKey, at, revenueMinor, products: list };
      yield { id, order: returned ? { ...order, returned } : order };
    }
    if (rows.length < FETCH_SIZE) break;
  }
  await tx.client.query("CLOSE customer_orders");
}

/** What the shop sells in; null where it has left. */
export async function shopCurrency(tx: ShopStream): Promise<string | null> {
  const { rows } = await tx.client.query<{ currency: string }>("SELECT currency FROM shops WHERE domain = $1", [
    tx.shop,
  ]);
  return rows[0]?.currency ?? null;
}

/** Counted orders of nobody known (guests, the till), and orders in a currency that is not the shop's any more. */
export async function countOtherOrders(
  tx: ShopStream,
  currency: string,
): Promise<{ unknownCustomer: number; otherCurrency: number }> {
  const { rows } = await tx.client.query<{ unknown_customer: number; other_currency: number }>(
    `SELECT count(*) FILTER (WHERE ${COUNTED} AND o.customer_key IS NULL)::int AS unknown_customer,
       count(*) FILTER (WHERE o.currency <> $2)::int AS other_currency
     FROM orders o WHERE o.shop = $1`,
    [tx.shop, currency],
  );
  return { unknownCustomer: rows[0]!.unknown_customer, otherCurrency: rows[0]!.other_currency };
}

/**
 * What is left of each unit of revenue, before taxes, after unit costs, and how much of the revenue has a known cost.
 */
export interface KnownMargin {
  readonly marginShare: number;
  readonly knownShare: number;
}

const MARGIN = `
  SELECT sum(revenue)::float8 AS revenue, sum(revenue) FILTER (WHERE cost IS NOT NULL)::float8 AS known,
    sum(cost)::float8 AS cost
  FROM (
    SELECT l.unit_price_minor * l.current_quantity - (l.discount_minor
        + CASE WHEN o.taxes_included THEN coalesce(l.tax_minor, 0) ELSE 0 END) * l.current_quantity / l.quantity AS revenue,
      v.cost_minor * l.current_quantity AS cost
    FROM orders o JOIN order_lines l USING (shop, order_id)
      LEFT JOIN variants v ON v.shop = l.shop AND v.variant_id = l.variant_id
    WHERE ${COUNTED} AND o.processed_at > $3 AND o.processed_at <= $4 AND l.current_quantity > 0 AND l.quantity > 0
      AND NOT l.is_gift_card
  ) sold`;

/** The margin of what was sold in a time, by the unit costs of today; null where nothing with a cost was sold. */
export async function marginSince(
  tx: ShopStream,
  currency: string,
  period: { from: Date; to: Date },
): Promise<KnownMargin | null> {
  const { rows } = await tx.client.query<{ revenue: number | null; known: number | null; cost: number | null }>(
    MARGIN,
    [tx.shop, currency, period.from, period.to],
  );
  const { revenue, known, cost } = rows[0]!;
  if (revenue === null || known === null || cost === null || revenue <= 0 || known <= 0) return null;
  return { marginShare: (known - cost) / known, knownShare: known / revenue };
}
