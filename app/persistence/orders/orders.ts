import { bareNumber, gid, type CustomerKey, type LineGroupId, type OrderId } from "../../domain/ids.ts";
import type { LineRefund } from "../../domain/orders/order-account.ts";
import type { AutomaticDiscount, Order, OrderChannel, OrderLine } from "../../domain/orders/order.ts";
import type { OrderLine as StoredLine } from "@prisma/client";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { accountOrders } from "./account-orders.ts";

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

/** The pseudonym of an order's customer; null where nobody knows who that is, or the order is not stored. */
export async function customerOfOrder(tx: ShopTransaction, id: OrderId): Promise<CustomerKey | null> {
  const where = { shop_orderId: { shop: tx.shop, orderId: BigInt(bareNumber(id)) } };
  const order = await tx.db.order.findUnique({ where, select: { customerKey: true } });
  return (order?.customerKey ?? null) as CustomerKey | null;
}

/** Deletes an order that Shopify no longer has, with everything that was derived from it. */
export async function deleteOrder(tx: ShopTransaction, id: OrderId): Promise<void> {
  const where = { shop: tx.shop, orderId: BigInt(bareNumber(id)) };
  // The order's own row first: whoever stores or deletes it meanwhile waits there.
  await tx.db.order.deleteMany({ where });
  await tx.db.orderLine.deleteMany({ where });
  await tx.db.refundLine.deleteMany({ where });
  await tx.db.attribution.deleteMany({ where });
  await tx.db.offerDiscount.deleteMany({ where });
  await tx.db.offerShipping.deleteMany({ where });
  await accountOrders(tx, [id]);
  await tx.db.orderTouch.deleteMany({ where });
  await tx.db.orderVisit.deleteMany({ where });
}

const HOLD = `
  SELECT 1 FROM orders WHERE shop = $1 AND order_id = ANY ($2::text::bigint[])
  ORDER BY order_id::text COLLATE "C" FOR NO KEY UPDATE`;

/** Has whoever else changes these orders or what they owe wait until the transaction ends. */
export async function holdOrders(tx: ShopTransaction, ids: readonly OrderId[]): Promise<void> {
  await runSql(tx, HOLD, tx.shop, `{${ids.map(bareNumber).join(",")}}`);
}

/** One stored order with its lines, or null. */
export async function findOrder(tx: ShopTransaction, id: OrderId): Promise<Order | null> {
  return (await findOrders(tx, [id]))[0] ?? null;
}

/** Those of some orders that are stored, with their lines, by ascending id. */
export async function findOrders(tx: ShopTransaction, ids: readonly OrderId[]): Promise<Order[]> {
  if (ids.length === 0) return [];
  const where = { shop: tx.shop, orderId: { in: ids.map((id) => BigInt(bareNumber(id))) } };
  const orders = await tx.db.order.findMany({ where, orderBy: { orderId: "asc" } });
  const lines = await tx.db.orderLine.findMany({ where, orderBy: { lineId: "asc" } });
  const linesOf = Map.groupBy(lines, ({ orderId }) => orderId);
  return orders.map(({ shippingDiscounts, ...order }) => ({
    ...order,
    id: gid("Order", order.orderId),
    createdAt: order.createdAt.getTime(),
    processedAt: order.processedAt.getTime(),
    updatedAt: order.updatedAt.getTime(),
    cancelledAt: order.cancelledAt?.getTime() ?? null,
    channel: order.channel as OrderChannel,
    customerKey: order.customerKey as CustomerKey | null,
    taxesIncluded: order.taxesIncluded ?? false,
    refundedWithoutLinesMinor: Number(order.refundedWithoutLinesMinor),
    ...(shippingDiscounts === null ? {} : { shippingDiscounts: storedDiscounts(shippingDiscounts) }),
    lines: (linesOf.get(order.orderId) ?? []).map(storedLine),
  }));
}

function storedLine(line: StoredLine): OrderLine {
  return {
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
    ...(line.automaticDiscounts === null ? {} : { automaticDiscounts: storedDiscounts(line.automaticDiscounts) }),
    ...(line.taxMinor === null ? {} : { taxMinor: Number(line.taxMinor) }),
    groupId: line.groupId as LineGroupId | null,
    offer: line.offer,
  };
}

function storedDiscounts(stored: unknown): AutomaticDiscount[] {
  return (stored as [string, number][]).map(([title, minor]) => ({ title, minor }));
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
