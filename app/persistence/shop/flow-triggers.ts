import type { Prisma } from "@prisma/client";
import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { FlowTrigger } from "../../domain/shop/flow-trigger.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { shopStays } from "./shops.ts";

/** A trigger that waits, and the order whose customer it is about; null for no customer. */
export interface KeptTrigger {
  readonly trigger: FlowTrigger;
  readonly order: OrderId | null;
}

/** Keeps a trigger to be sent. False where one of this key was kept before: it is about the same thing. */
export async function keepTrigger(
  tx: ShopTransaction,
  key: string,
  { trigger: { handle, payload }, order }: KeptTrigger,
  now: Date,
): Promise<boolean> {
  if (!(await shopStays(tx))) return false;
  const orderId = order === null ? null : BigInt(bareNumber(order));
  const data = { shop: tx.shop, key, handle, payload: payload as Prisma.InputJsonObject, keptAt: now, orderId };
  return (await tx.db.flowTrigger.createMany({ data: [data], skipDuplicates: true })).count > 0;
}

/** Takes a trigger to send it: nobody else is given it. Null where it was sent or taken, or is not kept any more. */
export async function takeTrigger(tx: ShopTransaction, key: string, now: Date): Promise<KeptTrigger | null> {
  const [row] = await selectSql<FlowTrigger & { order: string | null }>(
    tx,
    `UPDATE flow_triggers SET taken_at = $3::timestamptz WHERE shop = $1 AND key = $2 AND taken_at IS NULL
     RETURNING handle, payload, order_id::text AS "order"`,
    ...[tx.shop, key, now.toISOString()],
  );
  if (row === undefined) return null;
  const { order, ...trigger } = row;
  return { trigger, order: order === null ? null : gid("Order", order) };
}

/** Gives a trigger back that surely was not sent, so that it is tried again. */
export async function giveTriggerBack(tx: ShopTransaction, key: string): Promise<void> {
  await tx.db.flowTrigger.updateMany({ where: { shop: tx.shop, key }, data: { takenAt: null } });
}

/** Deletes triggers that were kept before a time. */
export async function forgetTriggers(tx: ShopTransaction, before: Date): Promise<void> {
  await tx.db.flowTrigger.deleteMany({ where: { shop: tx.shop, keptAt: { lt: before } } });
}

/** Deletes triggers about the customers of these orders; bare numbers. */
export async function forgetTriggersOfOrders(tx: ShopTransaction, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return;
  await runSql(tx, "DELETE FROM flow_triggers WHERE shop = $1 AND order_id = ANY ($2::bigint[])", tx.shop, orders);
}
