import type { ShopDomain } from "../../domain/ids.ts";
import type { Activity } from "../../domain/shop/activity.ts";
import { canBeDismissed, type NoticeCode } from "../../domain/shop/notice.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readNotices, setDismissed } from "../../persistence/shop/notices.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";

/**
 * Hides a notice that staff have seen, until what it is about has ended and begins again, or until it is about more than
 * before. `refused`: it stands in the way of the app, or a law sets a time limit.
 */
export function dismissNotice(
  shop: ShopDomain,
  code: NoticeCode,
  context: FlowContext,
): Promise<{ code: "dismissed" | "not-found" | "refused" }> {
  if (!canBeDismissed(code)) return Promise.resolve({ code: "refused" });
  return inShop(context.database, shop, async (tx) => {
    if (!(await setDismissed(tx, code, context.now()))) return { code: "not-found" };
    await recordActivity(tx, context, { kind: "notice-dismissed", notice: code });
    return { code: "dismissed" };
  });
}

/** Shows a notice that was dismissed, as long as it holds; null for all of them. */
export function restoreNotices(
  shop: ShopDomain,
  code: NoticeCode | null,
  context: FlowContext,
): Promise<{ code: "restored" | "not-found" }> {
  return inShop(context.database, shop, async (tx) => {
    const hidden = (await readNotices(tx)).filter(({ dismissedAt }) => dismissedAt !== null);
    const meant = hidden.filter((notice) => code === null || notice.code === code);
    for (const notice of meant) await setDismissed(tx, notice.code, null);
    const activities = meant.map((notice): Activity => ({ kind: "notice-restored", notice: notice.code }));
    await recordActivity(tx, context, ...activities);
    return { code: meant.length > 0 ? "restored" : "not-found" };
  });
}
