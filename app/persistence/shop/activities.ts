import { ACTIVITY_KINDS, type Activity, type ActivityKind, type RecordedActivity } from "../../domain/shop/activity.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** Adds changes to the shop's log, in their order. */
export async function saveActivities(
  tx: ShopTransaction,
  activities: readonly Activity[],
  by: { readonly userId: string | null; readonly at: Date },
): Promise<void> {
  const userId = by.userId === null ? null : BigInt(by.userId);
  const data = activities.map(({ kind, ...details }) => ({ shop: tx.shop, at: by.at, userId, kind, details }));
  if (data.length > 0) await tx.db.activity.createMany({ data });
}

/** A part of the shop's log from a time on, the latest change first. Kinds that only another release knows are left out. */
export async function readActivities(
  tx: ShopTransaction,
  { since, offset, limit }: { readonly since: Date; readonly offset: number; readonly limit: number },
): Promise<{ total: number; activities: RecordedActivity[] }> {
  const where = { shop: tx.shop, at: { gte: since }, kind: { in: [...ACTIVITY_KINDS] } };
  const total = await tx.db.activity.count({ where });
  const rows = await tx.db.activity.findMany({ where, orderBy: { id: "desc" }, skip: offset, take: limit });
  const activities = rows.map(({ at, userId, kind, details }) => ({
    at,
    userId: userId?.toString() ?? null,
    // Only `saveActivities` writes the column.
    activity: { ...(details as object), kind: kind as ActivityKind } as Activity,
  }));
  return { total, activities };
}

/** Deletes what was changed before a time. */
export async function forgetActivities(tx: ShopTransaction, before: Date): Promise<void> {
  await tx.db.activity.deleteMany({ where: { shop: tx.shop, at: { lt: before } } });
}
