import type { Prisma } from "@prisma/client";
import { ACCESS_NOTICES, type Notice, type NoticeCode, type NoticeDetails } from "../../domain/shop/notice.ts";
import type { Database } from "../database/database.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { shopStays } from "./shops.ts";

/** Raises a notice, or renews it: its first time stays. Of a shop that left nothing is noted. */
export async function raiseNotice(
  tx: ShopTransaction,
  code: NoticeCode,
  details: NoticeDetails,
  now: Date,
): Promise<void> {
  if (!(await shopStays(tx))) return;
  const data = { details: details as Prisma.InputJsonObject, lastAt: now };
  await tx.db.notice.upsert({
    where: { shop_code: { shop: tx.shop, code } },
    create: { shop: tx.shop, code, firstAt: now, ...data },
    update: data,
  });
}

/** Takes notices back: what they were about works. */
export async function clearNotices(tx: ShopTransaction, codes: readonly NoticeCode[]): Promise<void> {
  await tx.db.notice.deleteMany({ where: { shop: tx.shop, code: { in: [...codes] } } });
}

/**
 * Takes back what the success of a job disproves: that Shopify does not let us in at all, and that a scope is missing
 * which that very job needs.
 */
export async function clearAccessNotices(tx: ShopTransaction, job: string): Promise<void> {
  const ofAll = ACCESS_NOTICES.filter((code) => code !== "missing-scope");
  const ofJob = { code: "missing-scope", details: { path: ["job"], equals: job } };
  await tx.db.notice.deleteMany({ where: { shop: tx.shop, OR: [{ code: { in: ofAll } }, ofJob] } });
}

/** The shop's notices, the latest first. */
export async function readNotices(tx: ShopTransaction): Promise<Notice[]> {
  const rows = await tx.db.notice.findMany({
    where: { shop: tx.shop },
    orderBy: [{ firstAt: "desc" }, { code: "asc" }],
  });
  return rows.map(({ code, details, firstAt, lastAt }) => ({
    code: code as NoticeCode,
    details: details as NoticeDetails,
    firstAt,
    lastAt,
  }));
}

/** Returns whether the operator is to be alarmed now: no process has since `earliest`. */
export async function noteAlarm(database: Database, code: NoticeCode, now: Date, earliest: Date): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `INSERT INTO operator_alarms AS a (code, raised_at) VALUES ($1, $2)
     ON CONFLICT (code) DO UPDATE SET raised_at = EXCLUDED.raised_at WHERE a.raised_at < $3`,
    [code, now, earliest],
  );
  return rowCount === 1;
}
