import type { Prisma } from "@prisma/client";
import {
  ACCESS_NOTICES,
  subjectsOf,
  type Notice,
  type NoticeCode,
  type NoticeDetails,
} from "../../domain/shop/notice.ts";
import type { Database } from "../database/database.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { shopStays } from "./shops.ts";

/**
 * Raises a notice, or renews it: its first time stays, and it stays dismissed unless it is about more than before. Of a shop
 * that left nothing is noted.
 */
export async function raiseNotice(
  tx: ShopTransaction,
  code: NoticeCode,
  details: NoticeDetails,
  now: Date,
): Promise<void> {
  if (!(await shopStays(tx))) return;
  const data = { details: details as Prisma.InputJsonObject, lastAt: now };
  const where = { shop_code: { shop: tx.shop, code } };
  const before = await tx.db.notice.findUnique({ where, select: { details: true, dismissedAt: true } });
  const seen = before === null ? [] : subjectsOf(before.details as NoticeDetails);
  const isMore = subjectsOf(details).some((subject) => !seen.includes(subject));
  await tx.db.notice.upsert({
    where,
    create: { shop: tx.shop, code, firstAt: now, ...data },
    update: { ...data, ...(isMore ? { dismissedAt: null } : {}) },
  });
}

/** Hides a notice, or shows it again (null). False where there is no such notice. */
export async function setDismissed(tx: ShopTransaction, code: NoticeCode, at: Date | null): Promise<boolean> {
  return (await tx.db.notice.updateMany({ where: { shop: tx.shop, code }, data: { dismissedAt: at } })).count > 0;
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
  return rows.map(({ code, details, firstAt, lastAt, dismissedAt }) => ({
    code: code as NoticeCode,
    details: details as NoticeDetails,
    ...{ firstAt, lastAt, dismissedAt },
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
