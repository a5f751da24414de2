import { bareNumber, gid, type OrderId, type ProductId } from "../../domain/ids.ts";
import type { LineAttribution } from "../../domain/measurement/attribute-order.ts";
import { SHIPPING_KINDS } from "../../domain/measurement/own-discounts.ts";
import { STORED_OFFER_ID } from "../../domain/offers/offer-id.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** Stores what an order owes to our offers, in place of what was stored for it before. */
export async function replaceAttributions(
  tx: ShopTransaction,
  order: { id: OrderId; name: string; at: number; currency: string },
  lines: readonly LineAttribution[],
): Promise<void> {
  const orderId = BigInt(bareNumber(order.id));
  await deleteAttributions(tx, [order.id]);
  if (lines.length === 0) return;
  await tx.db.attribution.createMany({
    data: lines.map((line) => ({
      shop: tx.shop,
      lineId: BigInt(bareNumber(line.lineId)),
      orderId,
      orderName: order.name,
      at: new Date(order.at),
      offerId: line.offerId,
      surface: line.surface,
      productId: line.productId === null ? null : BigInt(bareNumber(line.productId)),
      variantId: line.variantId === null ? null : BigInt(bareNumber(line.variantId)),
      title: line.title,
      revenueMinor: BigInt(line.revenueMinor),
      refundedMinor: BigInt(line.refundedMinor),
      keptUnits: line.keptUnits,
      netTaxMinor: BigInt(line.netTaxMinor),
      currency: order.currency,
    })),
  });
}

/** Deletes what some orders owe to our offers. */
export async function deleteAttributions(tx: ShopTransaction, ids: readonly OrderId[]): Promise<void> {
  if (ids.length === 0) return;
  const orderId = { in: ids.map((id) => BigInt(bareNumber(id))) };
  await tx.db.attribution.deleteMany({ where: { shop: tx.shop, orderId } });
}

/** Which of these products the order's customer bought in an earlier order; none where nobody knows who that is. */
export async function productsBoughtBefore(
  tx: ShopTransaction,
  order: { id: OrderId; customerKey: string | null; processedAt: number },
  products: readonly ProductId[],
): Promise<Set<ProductId>> {
  const ids = products.map((id) => BigInt(bareNumber(id)));
  const rows = await tx.db.$queryRaw<{ product_id: bigint }[]>`
    SELECT DISTINCT l.product_id FROM orders o JOIN order_lines l USING (shop, order_id)
    WHERE o.shop = ${tx.shop} AND o.customer_key = ${order.customerKey} AND o.order_id <> ${BigInt(bareNumber(order.id))}
      AND o.processed_at <= ${new Date(order.processedAt)} AND NOT o.test AND o.cancelled_at IS NULL
      AND l.product_id = ANY(${ids})`;
  return new Set(rows.map((row) => gid("Product", row.product_id)));
}

/** Products of this order that are attributed already as what its customer buys again and again. */
export async function attributedAgain(tx: ShopTransaction, id: OrderId): Promise<Set<ProductId>> {
  const where = { shop: tx.shop, orderId: BigInt(bareNumber(id)), offerId: { startsWith: STORED_OFFER_ID.againStart } };
  const rows = await tx.db.attribution.findMany({ where, select: { productId: true } });
  return new Set(rows.flatMap(({ productId }) => (productId === null ? [] : gid("Product", productId))));
}

/** What one order owes to our offers: which lines came through which offer, and where shoppers met it. */
export async function attributionsOfOrder(
  tx: ShopTransaction,
  id: OrderId,
): Promise<{ title: string; surface: string; offerId: string }[]> {
  const where = { shop: tx.shop, orderId: BigInt(bareNumber(id)) };
  const select = { title: true, surface: true, offerId: true };
  return tx.db.attribution.findMany({ where, select, orderBy: { lineId: "asc" } });
}

export interface AttributionRow {
  readonly orderName: string;
  readonly at: Date;
  readonly title: string;
  readonly surface: LineAttribution["surface"];
  readonly revenueMinor: number;
  readonly refundedMinor: number;
  /** What both amounts are in. */
  readonly currency: string;
}

/** The latest attributed lines. */
export async function latestAttributions(tx: ShopTransaction, limit: number): Promise<AttributionRow[]> {
  const rows = await tx.db.attribution.findMany({
    where: { shop: tx.shop },
    orderBy: [{ at: "desc" }, { lineId: "desc" }],
    take: limit,
  });
  return rows.map((row) => ({
    ...row,
    surface: row.surface as AttributionRow["surface"],
    revenueMinor: Number(row.revenueMinor),
    refundedMinor: Number(row.refundedMinor),
  }));
}

/** What came through offers, of orders in one currency; amounts in its smallest unit. */
export interface AttributedFigures {
  /** Orders and lines of which something that came through an offer is still sold. */
  readonly orders: number;
  readonly lines: number;
  /** Before refunds. */
  readonly revenueMinor: number;
  readonly refundedMinor: number;
  /** Taxes that are part of what is left. */
  readonly taxMinor: number;
}

/** Attributed lines of orders placed in [from, to). Only those in `currency`: amounts in two are never added. */
export async function readAttributed(
  tx: ShopTransaction,
  currency: string,
  from: Date,
  to: Date,
): Promise<AttributedFigures> {
  const [row] = await tx.db.$queryRaw<AttributedFigures[]>`
    SELECT count(DISTINCT order_id) FILTER (WHERE kept_units > 0)::int AS orders,
      count(*) FILTER (WHERE kept_units > 0)::int AS lines, coalesce(sum(revenue_minor), 0)::float8 AS "revenueMinor",
      coalesce(sum(refunded_minor), 0)::float8 AS "refundedMinor", coalesce(sum(net_tax_minor), 0)::float8 AS "taxMinor"
    FROM attributions WHERE shop = ${tx.shop} AND currency = ${currency} AND at >= ${from} AND at < ${to}`;
  return row!;
}

/** Orders with lines that claim an offer and have not earned anything by it. */
export async function ordersWithOpenClaims(tx: ShopTransaction): Promise<OrderId[]> {
  const rows = await tx.db.$queryRaw<{ order_id: bigint }[]>`
    SELECT DISTINCT l.order_id FROM order_lines l LEFT JOIN attributions a USING (shop, line_id)
    WHERE l.shop = ${tx.shop} AND l.offer IS NOT NULL AND a.line_id IS NULL`;
  return rows.map((row) => gid("Order", row.order_id));
}

// What an earlier version of an order owed counts as well: it may owe nothing any more.
const OF_OFFERS = `
  WITH claimed AS (
    SELECT order_id FROM order_lines WHERE shop = $1 AND offer IS NOT NULL
    UNION SELECT l.order_id FROM order_lines l JOIN LATERAL jsonb_array_elements(l.automatic_discounts) taken ON true
      JOIN discount_names n ON n.shop = $1 AND n.name = taken ->> 0
      WHERE l.shop = $1 AND l.automatic_discounts IS NOT NULL AND l.automatic_discounts <> '[]'
    UNION SELECT o.order_id FROM orders o JOIN LATERAL jsonb_array_elements(o.shipping_discounts) taken ON true
      JOIN discount_names n ON n.shop = $1 AND n.name = taken ->> 0
      WHERE o.shop = $1 AND o.shipping_discounts IS NOT NULL AND o.shipping_discounts <> '[]'
        AND o.processed_at >= (SELECT min(created_at) FROM offers WHERE shop = $1 AND type = ANY ($2))
    UNION SELECT order_id FROM attributions WHERE shop = $1
    UNION SELECT order_id FROM offer_discounts WHERE shop = $1
    UNION SELECT order_id FROM offer_shipping WHERE shop = $1
  ), named AS (
    SELECT line_id, sum(quantity) AS units FROM refund_lines WHERE shop = $1 GROUP BY line_id
  )
  SELECT o.order_id::text AS id, NOT o.test AND o.cancelled_at IS NULL AND EXISTS (
    SELECT FROM order_lines l LEFT JOIN named USING (line_id)
    WHERE l.shop = $1 AND l.order_id = o.order_id AND l.quantity - l.current_quantity > coalesce(named.units, 0)
  ) AS "lacksRefunds"
  FROM orders o JOIN claimed USING (order_id) WHERE o.shop = $1 ORDER BY o.order_id`;

/** An order that owes something to our offers, or may. */
export interface OrderOfOffers {
  readonly id: OrderId;
  /** Whether units are gone of which no stored refund is: they were edited away, or their refunds are not known. */
  readonly lacksRefunds: boolean;
}

/** Orders with lines that claim an offer, or with a discount of ours; by ascending id. */
export async function ordersOfOffers(tx: ShopTransaction): Promise<OrderOfOffers[]> {
  const rows = await selectSql<{ id: string; lacksRefunds: boolean }>(tx, OF_OFFERS, tx.shop, SHIPPING_KINDS);
  return rows.map(({ id, lacksRefunds }) => ({ id: gid("Order", id), lacksRefunds }));
}
