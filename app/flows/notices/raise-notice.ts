import type { ShopDomain } from "../../domain/ids.ts";
import { whoCanAct, type NoticeCode, type NoticeDetails } from "../../domain/shop/notice.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { noteAlarm, raiseNotice as store } from "../../persistence/shop/notices.ts";
import { AccessDenied, AuthenticationFailed } from "../../shopify/client/errors.ts";
import type { FlowContext } from "../context.ts";

const ALARM_EVERY_MS = 86_400_000;

/**
 * Raises a notice for a shop's staff. Problems of every shop are reported to the operator as well: one
 * line in the log with the field `alarm`, once a day over all shops and processes.
 */
export async function raiseNotice(
  shop: ShopDomain,
  code: NoticeCode,
  details: NoticeDetails,
  context: FlowContext,
): Promise<void> {
  const now = context.now();
  await inShop(context.database, shop, (tx) => store(tx, code, details, now));
  if (whoCanAct(code) !== "operator") return;
  const earliest = new Date(now.getTime() - ALARM_EVERY_MS);
  if (await noteAlarm(context.database, code, now, earliest)) {
    context.log.error({ alarm: code, firstSeenAt: shop, reason: details.reason }, WHAT_TO_DO[code] ?? code);
  }
}

const WHAT_TO_DO: Partial<Record<NoticeCode, string>> = {
  "address-not-allowed":
    "Shopify refuses our server's address: add it to the app's IP allowlist in the Partner Dashboard.",
  "bulk-not-enabled":
    "Shopify runs no bulk operations for this app: request access to bulk queries in the Partner Dashboard.",
  "events-refused":
    "Many shoppers' events of a shop are refused: see the reasons in events.refused (forged, or an old release's pixel).",
  rejected: "Shopify rejects our requests as unsafe: ask Shopify's partner support, naming the request id.",
};

/** The notice that an error of the Admin client is worth, or null where it is not about access. */
export function noticeOf(error: unknown): { code: NoticeCode; details: NoticeDetails } | null {
  if (error instanceof AuthenticationFailed) return { code: "token-lost", details: {} };
  if (error instanceof AccessDenied) return { code: error.problem, details: { reason: error.message } };
  return null;
}
