import type { Prisma } from "@prisma/client";
import type { FlowTrigger } from "../../domain/shop/flow-trigger.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { shopStays } from "./shops.ts";

/** Keeps a trigger to be sent. False where one of this key was kept before: it is about the same thing. */
export async function keepTrigger(
  tx: ShopTransaction,
  key: string,
  { handle, payload }: FlowTrigger,
  now: Date,
): Promise<boolean> {
  if (!(await shopStays(tx))) return false;
  const data = { shop: tx.shop, key, handle, payload: payload as Prisma.InputJsonObject, keptAt: now };
  return (await tx.db.flowTrigger.createMany({ data: [data], skipDuplicates: true })).count > 0;
}

/** Takes a trigger to send it: nobody else is given it. Null where it was sent or taken, or is not kept any more. */
export async function takeTrigger(tx: ShopTransaction, key: string, now: Date): Promise<FlowTrigger | null> {
  const rows = await selectSql<FlowTrigger>(
    tx,
    `UPDATE flow_triggers SET taken_at = $3::timestamptz WHERE shop = $1 AND key = $2 AND taken_at IS NULL
     RETURNING handle, payload`,
    ...[tx.shop, key, now.toISOString()],
  );
  return rows[0] ?? null;
}

/** Gives a trigger back that surely was not sent, so that it is tried again. */
export async function giveTriggerBack(tx: ShopTransaction, key: string): Promise<void> {
  await tx.db.flowTrigger.updateMany({ where: { shop: tx.shop, key }, data: { takenAt: null } });
}

/** Deletes triggers that were kept before a time. */
export async function forgetTriggers(tx: ShopTransaction, before: Date): Promise<void> {
  await tx.db.flowTrigger.deleteMany({ where: { shop: tx.shop, keptAt: { lt: before } } });
}
