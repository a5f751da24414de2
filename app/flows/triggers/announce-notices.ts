import type { ShopDomain } from "../../domain/ids.ts";
import { alarmTrigger } from "../../domain/shop/flow-trigger.ts";
import { canBeDismissed, whoCanAct } from "../../domain/shop/notice.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readNotices } from "../../persistence/shop/notices.ts";
import type { FlowContext } from "../context.ts";
import { requestTrigger } from "./send-trigger.ts";

/** What was raised earlier was announced then, or is no longer worth a message. */
const NEW_DAYS = 7;

/** Has Shopify Flow start workflows for notices that were raised lately and that the merchant can act on, once for each. */
export async function announceNotices(shop: ShopDomain, { database, now }: FlowContext): Promise<void> {
  const since = new Date(now().getTime() - NEW_DAYS * DAY_MS);
  await inShop(database, shop, async (tx) => {
    const raised = (await readNotices(tx)).filter(
      ({ code, firstAt, dismissedAt }) =>
        whoCanAct(code) === "merchant" && canBeDismissed(code) && firstAt > since && dismissedAt === null,
    );
    for (const { code, firstAt } of raised) {
      await requestTrigger(tx, `alarm-raised/${code}/${firstAt.getTime()}`, alarmTrigger(code, firstAt), now());
    }
  });
}
