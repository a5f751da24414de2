import type { ShopDomain } from "../../domain/ids.ts";
import { isCredit } from "../../domain/offers/rewards/rewards.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { setStatus } from "../../persistence/offers/offer-changes.ts";
import { readOffers, type StoredOffer } from "../../persistence/offers/offer-rows.ts";
import { clearNotices, raiseNotice } from "../../persistence/shop/notices.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import { promisedByOffers } from "../../persistence/store-credit/promised-by-offers.ts";
import { recordActivity } from "../activity/record-activity.ts";
import type { FlowContext } from "../context.ts";
import { offersChanged } from "../offers/offers-changed.ts";

/**
 * Pauses the offers whose orders were promised as much store credit as their budget allows, and has staff notified. What was
 * promised before is still given: a budget ends promises and breaks none.
 */
export function pauseSpentOffers(shop: ShopDomain, context: FlowContext): Promise<void> {
  const now = context.now();
  return inShop(context.database, shop, async (tx) => {
    await holdShop(tx);
    const spent = await spentOffers(tx);
    const active = spent.filter(({ status }) => status === "active");
    for (const { number, type, name } of active) {
      await setStatus(tx, [number], "paused", now);
      const activity = { kind: "offer-paused-budget", offer: { number, type, name } } as const;
      await recordActivity(tx, { now: context.now, staff: null }, activity);
    }
    if (active.length > 0) await offersChanged(tx, now);
    if (spent.length === 0) return clearNotices(tx, ["credit-spent"]);
    const offers = spent.map(({ number, type, name }) => ({ number, type, name }));
    await raiseNotice(tx, "credit-spent", { count: spent.length, offers }, now);
  });
}

/** Active and paused offers that have no budget left in some currency. */
async function spentOffers(tx: ShopTransaction): Promise<StoredOffer[]> {
  const offers = (await readOffers(tx)).filter(
    ({ status, offer }) => (status === "active" || status === "paused") && Object.keys(budgetOf(offer)).length > 0,
  );
  if (offers.length === 0) return [];
  const promised = await promisedByOffers(
    tx,
    offers.map(({ number }) => number),
  );
  return offers.filter(({ number, offer }) =>
    Object.entries(budgetOf(offer)).some(([currency, most]) => (promised.get(number)!.get(currency) ?? 0) >= most),
  );
}

function budgetOf(offer: StoredOffer["offer"]): Readonly<Record<string, number>> {
  return offer !== null && isCredit(offer.reward) ? offer.reward.budget : {};
}
