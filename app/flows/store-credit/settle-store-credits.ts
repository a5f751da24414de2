import type { ShopDomain } from "../../domain/ids.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { dueCredits, putOffCredits } from "../../persistence/store-credit/store-credits.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { isMissingScope } from "../../shopify/client/errors.ts";
import type { FlowContext } from "../context.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import { pauseSpentOffers } from "./pause-spent-offers.ts";
import { requestSettling } from "./request-settling.ts";
import { settleCredit } from "./settle-credit.ts";

/** Few enough that a stop never has to wait for long. */
const CREDITS_AT_ONCE = 50;

/**
 * Gives and takes back what is due of a shop's store credit, and ends promises whose budget is used up. Where the merchant has taken back the permission, all of it waits
 * for a day, staff are notified, and the offer's editor asks for the permission.
 */
export async function settleStoreCredits(shop: ShopDomain, context: FlowContext): Promise<void> {
  const now = context.now();
  await pauseSpentOffers(shop, context);
  const due = await inShop(context.database, shop, (tx) => dueCredits(tx, now, CREDITS_AT_ONCE));
  try {
    for (const name of due) await settleCredit(shop, name, context);
  } catch (error) {
    if (!isMissingScope(error)) throw error;
    context.log.warn({ shop, reason: error.message }, "store credit waits: its permission is missing");
    const count = await inShop(context.database, shop, (tx) => putOffCredits(tx, new Date(now.getTime() + DAY_MS)));
    await raiseNotice(shop, "credit-waits", { count }, context);
    return;
  }
  if (due.length > 0) await inShop(context.database, shop, (tx) => clearNotices(tx, ["credit-waits"]));
  await inShop(context.database, shop, (tx) => requestSettling(tx, context.now()));
}
