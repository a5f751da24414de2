import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { OrderHead, FetchedOrder, ParentedLine, RefundLine } from "../../domain/orders/fetched-order.ts";
import type { AutomaticDiscount, UtcMs } from "../../domain/orders/order.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { accountOrders } from "./account-orders.ts";
import { iso, lastById, runSql, selectSql } from "../database/run-sql.ts";

const SAVE_ORDERS = `
  INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, cancelled_at, test, currency,
    presentment_currency, channel, channel_source, customer_key, net_minor, refunded_minor, taxes_included,
    refunded_without_lines_minor, shipping_discounts)
  SELECT $1, o.order_id, o.name, o.created_at, o.processed_at, o.updated_at, o.cancelled_at, o.test, o.currency,
    o.presentment_currency, o.channel, o.channel_source, CASE WHEN EXISTS (
      SELECT 1 FROM redacted_customers r WHERE r.tombstone = tombstone_of(o.customer_key)) THEN NULL ELSE o.customer_key END,
    o.net_minor, o.refunded_minor, o.taxes_included, o.refunded_without_lines_minor, o.shipping_discounts
  FROM json_to_recordset($2::json) AS o(order_id bigint, name text, created_at timestamptz,
    processed_at timestamptz, updated_at timestamptz, cancelled_at timestamptz, test boolean, currency text,
    presentment_currency text, channel text, channel_source text, customer_key text, net_minor bigint,
    refunded_minor bigint, taxes_included boolean, refunded_without_lines_minor bigint,
    shipping_discounts jsonb)
  ON CONFLICT (shop, order_id) DO UPDATE SET (name, created_at, processed_at, updated_at, cancelled_at, test,
    currency, presentment_currency, channel, channel_source, customer_key, net_minor, refunded_minor, taxes_included,
    refunded_without_lines_minor, shipping_discounts) =
    (EXCLUDED.name, EXCLUDED.created_at, EXCLUDED.processed_at, EXCLUDED.updated_at, EXCLUDED.cancelled_at, EXCLUDED.test,
    EXCLUDED.currency, EXCLUDED.presentment_currency, EXCLUDED.channel, EXCLUDED.channel_source,
    EXCLUDED.customer_key, EXCLUDED.net_minor, EXCLUDED.refunded_minor, EXCLUDED.taxes_included,
    EXCLUDED.refunded_without_lines_minor, EXCLUDED.shipping_discounts)
  WHERE orders.updated_at <= EXCLUDED.updated_at
  RETURNING order_id::text AS id`;

// Shopify no longer names a product or variant once it is deleted. A line stays what was bought.
const SAVE_LINES = `
  INSERT INTO order_lines (shop, line_id, order_id, product_id, variant_id, title, sku, quantity, current_quantity,
    is_gift_card, requires_shipping, unit_price_minor, discount_minor, automatic_discounts, tax_minor, group_id, offer, version)
  SELECT $1, l.* FROM json_to_recordset($2::json) AS l(line_id bigint, order_id bigint,
    product_id bigint, variant_id bigint, title text, sku text, quantity int, current_quantity int,
    is_gift_card boolean, requires_shipping boolean, unit_price_minor bigint, discount_minor bigint,
    automatic_discounts jsonb, tax_minor bigint,
    group_id text, offer text, version timestamptz)
  ON CONFLICT (shop, line_id) DO UPDATE SET (order_id, product_id, variant_id, title, sku, quantity,
    current_quantity, is_gift_card, requires_shipping, unit_price_minor, discount_minor, automatic_discounts, tax_minor,
    group_id, offer, version) =
    (EXCLUDED.order_id, coalesce(EXCLUDED.product_id, order_lines.product_id),
    coalesce(EXCLUDED.variant_id, order_lines.variant_id), EXCLUDED.title, EXCLUDED.sku, EXCLUDED.quantity,
    EXCLUDED.current_quantity, EXCLUDED.is_gift_card, EXCLUDED.requires_shipping, EXCLUDED.unit_price_minor,
    EXCLUDED.discount_minor, EXCLUDED.automatic_discounts, EXCLUDED.tax_minor, EXCLUDED.group_id, EXCLUDED.offer, EXCLUDED.version)
  WHERE order_lines.version <= EXCLUDED.version`;

const SAVE_REFUND_LINES = `
  INSERT INTO refund_lines (shop, refund_id, line_id, order_id, quantity, subtotal_minor, created_at)
  SELECT $1, r.* FROM json_to_recordset($2::json) AS r(refund_id bigint, line_id bigint, order_id bigint,
    quantity int, subtotal_minor bigint, created_at timestamptz)
  ON CONFLICT (shop, refund_id, line_id) DO UPDATE SET (quantity, subtotal_minor) =
    (EXCLUDED.quantity, EXCLUDED.subtotal_minor)`;

const DELETE_OTHER_LINES = `
  DELETE FROM order_lines l USING json_to_recordset($2::json) AS o(order_id bigint, version timestamptz)
  WHERE l.shop = $1 AND l.order_id = o.order_id AND l.version <= o.version
    AND l.line_id NOT IN (SELECT unnest($3::text::bigint[]))`;

/**
 * Stores orders without their lines, except those of which a newer version is stored. An order of a customer who was
 * redacted is stored without its customer. Returns the ids of the orders that were stored.
 */
async function saveHeads(tx: ShopSql, orders: readonly OrderHead[]): Promise<Set<OrderId>> {
  if (orders.length === 0) return new Set();
  const rows = inLockOrder(
    lastById(orders, (order) => order.id),
    (order) => order.id,
  ).map((order) => ({
    order_id: bareNumber(order.id),
    name: order.name,
    created_at: iso(order.createdAt),
    processed_at: iso(order.processedAt),
    updated_at: iso(order.updatedAt),
    cancelled_at: iso(order.cancelledAt),
    test: order.test,
    currency: order.currency,
    presentment_currency: order.presentmentCurrency,
    channel: order.channel,
    channel_source: order.channelSource,
    customer_key: order.customerKey,
    net_minor: order.netMinor,
    refunded_minor: order.refundedMinor,
    taxes_included: order.taxesIncluded ?? null,
    refunded_without_lines_minor: order.refundedWithoutLinesMinor ?? 0,
    shipping_discounts: storableDiscounts(order.shippingDiscounts),
  }));
  const stored = await selectSql<{ id: string }>(tx, SAVE_ORDERS, tx.shop, JSON.stringify(rows));
  return new Set(stored.map(({ id }) => gid("Order", id)));
}

/** Null for what was not read. */
function storableDiscounts(discounts: readonly AutomaticDiscount[] | undefined): [string, number][] | null {
  return discounts?.map(({ title, minor }) => [title, minor]) ?? null;
}

/** A line and the time that it was true at. */
export interface VersionedLine extends ParentedLine {
  readonly version: UtcMs;
}

/** Stores lines of any orders, stored or not, except those of which a newer version is stored. */
export async function saveLines(tx: ShopSql, lines: readonly VersionedLine[]): Promise<number> {
  if (lines.length === 0) return 0;
  const rows = inLockOrder(
    lastById(lines, ({ line }) => line.id),
    ({ line }) => line.id,
  ).map(({ orderId, line, version }) => ({
    line_id: bareNumber(line.id),
    order_id: bareNumber(orderId),
    product_id: line.productId === null ? null : bareNumber(line.productId),
    variant_id: line.variantId === null ? null : bareNumber(line.variantId),
    title: line.title,
    sku: line.sku ?? null,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    is_gift_card: line.isGiftCard,
    requires_shipping: line.requiresShipping ?? null,
    unit_price_minor: line.unitPriceMinor,
    discount_minor: line.discountMinor,
    automatic_discounts: storableDiscounts(line.automaticDiscounts),
    tax_minor: line.taxMinor ?? null,
    group_id: line.groupId,
    offer: line.offer,
    version: iso(version),
  }));
  return runSql(tx, SAVE_LINES, tx.shop, JSON.stringify(rows));
}

/**
 * Stores one part of a history: orders, and lines of these and of any others. Orders whose lines come in another part are
 * accounted for without them; `accountNextOrders` makes up for that.
 */
export async function saveHistory(
  tx: ShopSql,
  orders: readonly OrderHead[],
  lines: readonly VersionedLine[],
): Promise<void> {
  const stored = await saveHeads(tx, orders);
  await saveLines(tx, lines);
  await accountOrders(tx, stored);
}

/** Every writer locks rows in this order, so that an import and a webhook that store the same rows cannot deadlock. */
function inLockOrder<Row>(rows: Row[], idOf: (row: Row) => string): Row[] {
  return rows.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/**
 * Stores everything that is known of some orders, each given once. Nothing is changed of an order of which a newer
 * version is stored. Returns the ids of the orders that were stored.
 */
export async function saveFetchedOrders(tx: ShopTransaction, fetched: readonly FetchedOrder[]): Promise<Set<OrderId>> {
  const stored = await saveHeads(
    tx,
    fetched.map(({ order }) => order),
  );
  const newer = fetched.filter(({ order }) => stored.has(order.id));
  if (newer.length === 0) return stored;
  const lines = newer.flatMap(({ order, lines }) =>
    lines.map((line) => ({ orderId: order.id, line, version: order.updatedAt })),
  );
  await saveLines(tx, lines);
  const versions = newer.map(({ order }) => ({ order_id: bareNumber(order.id), version: iso(order.updatedAt) }));
  const kept = `{${lines.map(({ line }) => bareNumber(line.id)).join(",")}}`;
  await runSql(tx, DELETE_OTHER_LINES, tx.shop, JSON.stringify(versions), kept);
  const refunds = newer.flatMap(({ order, refunds }) => refundRows(order.id, refunds));
  if (refunds.length > 0) await runSql(tx, SAVE_REFUND_LINES, tx.shop, JSON.stringify(refunds));
  await accountOrders(tx, stored);
  return stored;
}

/** One row for each refund and line: Shopify names a line twice where its units go back to two places. */
function refundRows(orderId: OrderId, refunds: readonly RefundLine[]) {
  const byLine = Map.groupBy(refunds, ({ refundId, lineId }) => `${refundId} ${lineId}`);
  return [...byLine.values()].map((parts) => {
    const { refundId, lineId, createdAt } = parts[0]!;
    return {
      refund_id: refundId,
      line_id: bareNumber(lineId),
      order_id: bareNumber(orderId),
      quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0),
      subtotal_minor: parts.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0),
      created_at: iso(createdAt),
    };
  });
}
