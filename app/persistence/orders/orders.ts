import { bareNumber, gid, type CustomerKey, type LineGroupId, type OrderId } from "../../domain/ids.ts";
import type { OrderHead, OrderNews, ParentedLine, RefundLine } from "../../domain/orders/order-news.ts";
import type { LineRefund } from "../../domain/orders/order-account.ts";
import type { Order, OrderChannel, OrderLine } from "../../domain/orders/order.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { iso, lastById, runSql, selectSql } from "../database/run-sql.ts";

const SAVE_ORDERS = `
  INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, cancelled_at, test, currency,
    presentment_currency, channel, channel_source, customer_key, net_minor, refunded_minor, taxes_included,
    refunded_without_lines_minor)
  SELECT $1, o.order_id, o.name, o.created_at, o.processed_at, o.updated_at, o.cancelled_at, o.test, o.currency,
    o.presentment_currency, o.channel, o.channel_source, CASE WHEN EXISTS (
      SELECT 1 FROM redacted_customers r WHERE r.tombstone = tombstone_of(o.customer_key)) THEN NULL ELSE o.customer_key END,
    o.net_minor, o.refunded_minor, o.taxes_included, o.refunded_without_lines_minor
  FROM json_to_recordset($2::json) AS o(order_id bigint, name text, created_at timestamptz,
    processed_at timestamptz, updated_at timestamptz, cancelled_at timestamptz, test boolean, currency text,
    presentment_currency text, channel text, channel_source text, customer_key text, net_minor bigint,
    refunded_minor bigint, taxes_included boolean, refunded_without_lines_minor bigint)
  ON CONFLICT (shop, order_id) DO UPDATE SET (name, created_at, processed_at, updated_at, cancelled_at, test,
    currency, presentment_currency, channel, channel_source, customer_key, net_minor, refunded_minor, taxes_included,
    refunded_without_lines_minor) = (EXCLUDED.name, EXCLUDED.created_at, EXCLUDED.processed_at, EXCLUDED.updated_at, EXCLUDED.cancelled_at, EXCLUDED.test,
    EXCLUDED.currency, EXCLUDED.presentment_currency, EXCLUDED.channel, EXCLUDED.channel_source,
    EXCLUDED.customer_key, EXCLUDED.net_minor, EXCLUDED.refunded_minor, EXCLUDED.taxes_included,
    EXCLUDED.refunded_without_lines_minor)
  WHERE orders.updated_at <= EXCLUDED.updated_at`;

const SAVE_LINES = `
  INSERT INTO order_lines (shop, line_id, order_id, product_id, variant_id, title, sku, quantity, current_quantity,
    is_gift_card, requires_shipping, unit_price_minor, discount_minor, tax_minor, group_id, offer, version)
  SELECT $1, l.*, $3::timestamptz FROM json_to_recordset($2::json) AS l(line_id bigint, order_id bigint,
    product_id bigint, variant_id bigint, title text, sku text, quantity int, current_quantity int,
    is_gift_card boolean, requires_shipping boolean, unit_price_minor bigint, discount_minor bigint, tax_minor bigint,
    group_id text, offer text)
  ON CONFLICT (shop, line_id) DO UPDATE SET (order_id, product_id, variant_id, title, sku, quantity,
    current_quantity, is_gift_card, requires_shipping, unit_price_minor, discount_minor, tax_minor, group_id, offer, version) =
    (EXCLUDED.order_id, EXCLUDED.product_id, EXCLUDED.variant_id, EXCLUDED.title, EXCLUDED.sku, EXCLUDED.quantity,
    EXCLUDED.current_quantity, EXCLUDED.is_gift_card, EXCLUDED.requires_shipping, EXCLUDED.unit_price_minor,
    EXCLUDED.discount_minor, EXCLUDED.tax_minor, EXCLUDED.group_id, EXCLUDED.offer, EXCLUDED.version)
  WHERE order_lines.version <= EXCLUDED.version`;

const SAVE_REFUND_LINES = `
  INSERT INTO refund_lines (shop, refund_id, line_id, order_id, quantity, subtotal_minor, created_at)
  SELECT $1, r.* FROM json_to_recordset($2::json) AS r(refund_id bigint, line_id bigint, order_id bigint,
    quantity int, subtotal_minor bigint, created_at timestamptz)
  ON CONFLICT (shop, refund_id, line_id) DO UPDATE SET (quantity, subtotal_minor) =
    (EXCLUDED.quantity, EXCLUDED.subtotal_minor)`;

/**
 * Stores orders without their lines. Where a newer one is known it stays. An order of a customer who was forgotten on
 * request is nobody's. Says how many were stored.
 */
export async function saveOrders(tx: ShopTransaction | ShopStream, orders: readonly OrderHead[]): Promise<number> {
  if (orders.length === 0) return 0;
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
  }));
  return runSql(tx, SAVE_ORDERS, tx.shop, JSON.stringify(rows));
}

/** Stores lines of any orders, known or not. `version` is the time that they were true at. */
export async function saveLines(
  tx: ShopTransaction | ShopStream,
  lines: readonly ParentedLine[],
  version: number,
): Promise<number> {
  if (lines.length === 0) return 0;
  const rows = inLockOrder(
    lastById(lines, ({ line }) => line.id),
    ({ line }) => line.id,
  ).map(({ orderId, line }) => ({
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
    tax_minor: line.taxMinor ?? null,
    group_id: line.groupId,
    offer: line.offer,
  }));
  return runSql(tx, SAVE_LINES, tx.shop, JSON.stringify(rows), iso(version));
}

/** Rows are locked in one order by everybody: an import and a webhook that store the same ones wait, and never for each other. */
function inLockOrder<Row>(rows: Row[], idOf: (row: Row) => string): Row[] {
  return rows.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/**
 * Stores everything that is known of one order. False where a newer version of it is stored already, in which case
 * nothing is touched.
 */
export async function saveOrderNews(tx: ShopTransaction, news: OrderNews): Promise<boolean> {
  const { order, lines, refunds } = news;
  if ((await saveOrders(tx, [order])) === 0) return false;
  const parented = lines.map((line) => ({ orderId: order.id, line }));
  await saveLines(tx, parented, order.updatedAt);
  const id = BigInt(bareNumber(order.id));
  const kept = lines.map((line) => BigInt(bareNumber(line.id)));
  await tx.db.orderLine.deleteMany({
    where: { shop: tx.shop, orderId: id, lineId: { notIn: kept }, version: { lte: new Date(order.updatedAt) } },
  });
  if (refunds.length > 0) await runSql(tx, SAVE_REFUND_LINES, tx.shop, JSON.stringify(refundRows(order.id, refunds)));
  return true;
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

/** When the stored version of an order changed last, or null for an order that is not stored. */
export async function orderUpdatedAt(tx: ShopTransaction, id: OrderId): Promise<Date | null> {
  const where = { shop_orderId: { shop: tx.shop, orderId: BigInt(bareNumber(id)) } };
  return (await tx.db.order.findUnique({ where, select: { updatedAt: true } }))?.updatedAt ?? null;
}

/** When an order was placed, or null for an order that is not stored. */
export async function orderCreatedAt(tx: ShopTransaction, id: OrderId): Promise<Date | null> {
  const where = { shop_orderId: { shop: tx.shop, orderId: BigInt(bareNumber(id)) } };
  return (await tx.db.order.findUnique({ where, select: { createdAt: true } }))?.createdAt ?? null;
}

/** Deletes an order that Shopify no longer has, with everything that was derived from it. */
export async function deleteOrder(tx: ShopTransaction, id: OrderId): Promise<void> {
  const where = { shop: tx.shop, orderId: BigInt(bareNumber(id)) };
  // The order's own row first: whoever stores or deletes it meanwhile waits there.
  await tx.db.order.deleteMany({ where });
  await tx.db.orderLine.deleteMany({ where });
  await tx.db.refundLine.deleteMany({ where });
  await tx.db.attribution.deleteMany({ where });
}

/** Has whoever else changes the order or what it owes wait until the transaction ends. False where it is not stored. */
export async function holdOrder(tx: ShopTransaction, id: OrderId): Promise<boolean> {
  const sql = "SELECT 1 FROM orders WHERE shop = $1 AND order_id = $2::bigint FOR NO KEY UPDATE";
  return (await runSql(tx, sql, tx.shop, bareNumber(id))) > 0;
}

/** One stored order with its lines, or null. */
export async function findOrder(tx: ShopTransaction, id: OrderId): Promise<Order | null> {
  const where = { shop: tx.shop, orderId: BigInt(bareNumber(id)) };
  const order = await tx.db.order.findUnique({ where: { shop_orderId: where } });
  if (order === null) return null;
  const lines = await tx.db.orderLine.findMany({ where, orderBy: { lineId: "asc" } });
  return {
    ...order,
    id,
    createdAt: order.createdAt.getTime(),
    processedAt: order.processedAt.getTime(),
    updatedAt: order.updatedAt.getTime(),
    cancelledAt: order.cancelledAt?.getTime() ?? null,
    channel: order.channel as OrderChannel,
    customerKey: order.customerKey as CustomerKey | null,
    taxesIncluded: order.taxesIncluded ?? false,
    refundedWithoutLinesMinor: Number(order.refundedWithoutLinesMinor),
    lines: lines.map((line): OrderLine => ({
      id: gid("LineItem", line.lineId),
      productId: line.productId === null ? null : gid("Product", line.productId),
      variantId: line.variantId === null ? null : gid("ProductVariant", line.variantId),
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      currentQuantity: line.currentQuantity,
      isGiftCard: line.isGiftCard,
      ...(line.requiresShipping === null ? {} : { requiresShipping: line.requiresShipping }),
      unitPriceMinor: Number(line.unitPriceMinor),
      discountMinor: Number(line.discountMinor),
      ...(line.taxMinor === null ? {} : { taxMinor: Number(line.taxMinor) }),
      groupId: line.groupId as LineGroupId | null,
      offer: line.offer,
    })),
  };
}

/** Refunded units and amounts of one order, summed by line. */
export async function refundsByLine(tx: ShopTransaction, id: OrderId): Promise<Map<string, LineRefund>> {
  const where = { shop: tx.shop, orderId: BigInt(bareNumber(id)) };
  const sums = await tx.db.refundLine.groupBy({ by: ["lineId"], where, _sum: { quantity: true, subtotalMinor: true } });
  return new Map(
    sums.map(({ lineId, _sum }) => [
      gid("LineItem", lineId),
      { units: _sum.quantity ?? 0, minor: Number(_sum.subtotalMinor ?? 0) },
    ]),
  );
}

/** The greatest number that an id can be. */
export const LAST_ID = "9223372036854775807";

/** An order as {@link readOrders} gives it, and PostgreSQL's mark of its row: another one once the order changed. */
export interface MarkedOrder {
  readonly order: Order;
  readonly mark: string;
}

const READ_ORDERS = `
  SELECT o.order_id::text, (extract(epoch FROM o.processed_at) * 1000)::float8,
    (extract(epoch FROM o.cancelled_at) * 1000)::float8, o.test, o.channel, o.customer_key, o.xmin::text, l.line_id::text,
    l.product_id::text, l.title, l.sku, l.quantity, l.current_quantity, l.is_gift_card, l.requires_shipping,
    l.unit_price_minor::float8, l.discount_minor::float8, l.group_id, l.offer
  FROM orders o LEFT JOIN order_lines l ON l.shop = $1 AND l.order_id = o.order_id AND l.order_id > $2 AND l.order_id <= $3
  WHERE o.shop = $1 AND o.order_id > $2 AND o.order_id <= $3 ORDER BY o.order_id, l.line_id`;

/**
 * The next so many stored orders after one id, by ascending id, and the id that they reach to: {@link LAST_ID} where no
 * more follow. Only what mining reads is filled in: names, currencies and times of change are not.
 */
export async function readOrders(
  tx: ShopStream,
  after: string,
  many: number,
): Promise<{ orders: MarkedOrder[]; upTo: string }> {
  const [last] = await selectSql<{ id: string }>(
    tx,
    `SELECT order_id::text AS id FROM orders WHERE shop = $1 AND order_id > $2 ORDER BY order_id OFFSET $3 LIMIT 1`,
    ...[tx.shop, after, many - 1],
  );
  const upTo = last?.id ?? LAST_ID;
  const values = [tx.shop, after, upTo];
  const { rows } = await tx.client.query<unknown[]>({ text: READ_ORDERS, values, rowMode: "array" });
  const orders: { order: Order & { lines: OrderLine[] }; mark: string }[] = [];
  for (const row of rows) {
    const id = gid("Order", row[0] as string);
    if (orders.at(-1)?.order.id !== id) orders.push({ order: minedOrder(id, row), mark: row[6] as string });
    if (row[7] !== null) orders.at(-1)!.order.lines.push(minedLine(row));
  }
  return { orders, upTo };
}

function minedOrder(id: OrderId, row: unknown[]): Order & { lines: OrderLine[] } {
  const at = row[1] as number;
  return {
    ...{ id, name: "", createdAt: at, processedAt: at, updatedAt: at, currency: "", channelSource: null },
    cancelledAt: row[2] as number | null,
    test: row[3] as boolean,
    channel: row[4] as OrderChannel,
    customerKey: row[5] as CustomerKey | null,
    lines: [],
  };
}

function minedLine(row: unknown[]): OrderLine {
  return {
    id: gid("LineItem", row[7] as string),
    productId: row[8] === null ? null : gid("Product", row[8] as string),
    variantId: null,
    title: row[9] as string,
    sku: row[10] as string | null,
    quantity: row[11] as number,
    currentQuantity: row[12] as number,
    isGiftCard: row[13] as boolean,
    ...(row[14] === null ? {} : { requiresShipping: row[14] as boolean }),
    unitPriceMinor: row[15] as number,
    discountMinor: row[16] as number,
    groupId: row[17] as LineGroupId | null,
    offer: row[18] as string | null,
  };
}

/** How many stored orders have lines. */
export async function countOrdersWithLines(tx: ShopStream): Promise<number> {
  const { rows } = await tx.client.query<{ orders: number }>(
    `SELECT count(*)::int AS orders FROM orders o
     WHERE o.shop = $1 AND EXISTS (SELECT 1 FROM order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id)`,
    [tx.shop],
  );
  return rows[0]!.orders;
}
