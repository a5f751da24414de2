import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { Database } from "../database/database.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql } from "../database/run-sql.ts";
import { describeOrders } from "../orders/account-orders.ts";

export type RedactionKind = "customer" | "shop" | "data-request" | "uninstall";

/** Notes that a redaction was carried out: proof that outlives the shop, with nothing in it that names anyone. */
export async function recordRedaction(
  database: Database,
  redaction: { shopHash: string; kind: RedactionKind; rows: number; doneAt: Date },
): Promise<void> {
  await database.prisma.redaction.create({ data: redaction });
}

/** Whether a shop was forgotten before, at an uninstall or at Shopify's request. */
export async function wasForgotten(database: Database, shopHash: string): Promise<boolean> {
  const kind = { in: ["uninstall", "shop"] satisfies RedactionKind[] };
  return (await database.prisma.redaction.findFirst({ where: { shopHash, kind }, select: { id: true } })) !== null;
}

/** Notes that a customer was forgotten, by the hash of their pseudonym: from now on no order of theirs is stored as theirs. */
export async function buryCustomer(tx: ShopTransaction, customerKey: string): Promise<void> {
  const sql = "INSERT INTO redacted_customers (tombstone) VALUES (tombstone_of($1)) ON CONFLICT DO NOTHING";
  await runSql(tx, sql, customerKey);
}

/** Takes a customer's pseudonym off their orders and baskets, and them off every list. The orders stay: they name nobody. */
export async function forgetCustomer(tx: ShopTransaction, customerKey: string): Promise<number> {
  const where = { shop: tx.shop, customerKey };
  const data = { customerKey: null };
  const theirs = await tx.db.order.findMany({ where, select: { orderId: true } });
  const orders = await tx.db.order.updateMany({ where, data });
  await describeOrders(tx, numbersOf(theirs));
  const baskets = await tx.db.basket.updateMany({ where, data });
  const listed = await tx.db.listedCustomer.deleteMany({ where });
  const suggested = await tx.db.customerSuggestion.deleteMany({ where });
  const announced = await tx.db.announcedDue.deleteMany({ where });
  return orders.count + baskets.count + listed.count + suggested.count + announced.count;
}

/**
 * As {@link forgetCustomer}, for orders that Shopify names: the pseudonym may stem from an earlier key. Orders that have
 * changed since it was asked for (`until`) are left alone.
 */
export async function forgetCustomerOfOrders(
  tx: ShopTransaction,
  orders: readonly OrderId[],
  until: Date | null,
): Promise<number> {
  const orderId = { in: orders.map((id) => BigInt(bareNumber(id))) };
  const unchanged = until === null ? {} : { updatedAt: { lte: until } };
  const where = { shop: tx.shop, orderId, customerKey: { not: null }, ...unchanged };
  const named = await tx.db.order.findMany({ where, select: { orderId: true, customerKey: true } });
  const changed = await tx.db.order.updateMany({ where, data: { customerKey: null } });
  await describeOrders(tx, numbersOf(named));
  const theirs = { shop: tx.shop, orderId: { in: named.map((order) => order.orderId) } };
  await tx.db.basket.updateMany({ where: theirs, data: { customerKey: null } });
  const keys = named.flatMap((order) => order.customerKey ?? []);
  const learnt = { shop: tx.shop, customerKey: { in: keys } };
  const listed = await tx.db.listedCustomer.deleteMany({ where: learnt });
  const suggested = await tx.db.customerSuggestion.deleteMany({ where: learnt });
  const announced = await tx.db.announcedDue.deleteMany({ where: learnt });
  return changed.count + listed.count + suggested.count + announced.count;
}

function numbersOf(orders: readonly { readonly orderId: bigint }[]): string[] {
  return orders.map(({ orderId }) => String(orderId));
}

/** What is stored about one customer: order numbers and times, by their pseudonym. */
export async function ordersOfCustomer(tx: ShopTransaction, customerKey: string): Promise<CustomerOrder[]> {
  const where = { shop: tx.shop, customerKey };
  const orders = await tx.db.order.findMany({ where, orderBy: { orderId: "asc" } });
  return orders.map(({ orderId, name, processedAt, channel }) => ({
    orderId: gid("Order", orderId),
    name,
    processedAt: processedAt.toISOString(),
    channel,
  }));
}

/** In which lists a customer stands, by their pseudonym, and what is noted there. */
export async function listingsOfCustomer(tx: ShopTransaction, customerKey: string): Promise<CustomerListing[]> {
  const where = { shop: tx.shop, customerKey };
  const rows = await tx.db.listedCustomer.findMany({ where, orderBy: [{ list: "asc" }, { place: "asc" }] });
  return rows.map(({ list, facts }) => ({ list, facts }));
}

export interface CustomerListing {
  /** `due`, or a rank. */
  readonly list: string;
  /** What was learnt from the customer's orders. */
  readonly facts: unknown;
}

export interface CustomerOrder {
  readonly orderId: OrderId;
  readonly name: string;
  readonly processedAt: string;
  readonly channel: string;
}
