import type { FreeRate } from "../../domain/offers/free-rate.ts";
import { rateDifferences } from "../../domain/offers/types/goal/rate-differences.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { clearNotices, raiseNotice, readNotices } from "../../persistence/shop/notices.ts";
import { readRunningOffers } from "./running-offers.ts";

/**
 * Notifies staff of goals that do not match the shop's own shipping rates, or takes it back. `before`: the rates as they
 * were read the last time.
 */
export async function reportRateDifferences(
  tx: ShopTransaction,
  before: readonly FreeRate[],
  now: Date,
): Promise<void> {
  const { goals: running } = await readRunningOffers(tx, now);
  const { shippingRates } = await readShopSettings(tx);
  const known = (await readNotices(tx)).find(({ code }) => code === "goal-differs")?.details.goals ?? [];
  const goals = rateDifferences(running, shippingRates, before, known);
  if (goals.length > 0) await raiseNotice(tx, "goal-differs", { goals }, now);
  else await clearNotices(tx, ["goal-differs"]);
}
