import type { ShopDomain } from "../../domain/ids.ts";
import type { OfferStatus } from "../../domain/offers/offer.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { type Activity, statusActivity } from "../../domain/shop/activity.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { setStatus } from "../../persistence/offers/offer-changes.ts";
import { readOffers, type StoredOffer } from "../../persistence/offers/offer-rows.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { offersChanged } from "./offers-changed.ts";
import { MOST_OFFERS } from "./save-offer.ts";

/** What became of some offers. `changed` is what undoing it takes back. */
export interface StatusAnswer {
  code: "changed";
  changed: { number: number; version: number }[];
  /** Offers that keep their status, and why: what they lack to be shown, or that this release cannot show them. */
  refused: { number: number; name: string; reason: "unusable" | "incomplete"; errors: Record<string, string> }[];
}

/**
 * Gives some offers a status, and has what follows from it published. Only what can be shown is made active; whatever
 * stands there can be paused and archived. Offers that are gone, or have the status, are passed over.
 */
export function changeStatus(
  shop: ShopDomain,
  numbers: readonly number[],
  status: OfferStatus,
  context: FlowContext,
): Promise<StatusAnswer> {
  return inShop(context.database, shop, async (tx): Promise<StatusAnswer> => {
    await holdShop(tx);
    const offers = await readOffers(tx, [...new Set(numbers)].slice(0, MOST_OFFERS));
    const refused = status === "active" ? offers.flatMap((offer) => refusal(offer) ?? []) : [];
    const kept = new Set(refused.map(({ number }) => number));
    const chosen = offers.map(({ number }) => number).filter((number) => !kept.has(number));
    const changed = await setStatus(tx, chosen, status, context.now());
    if (changed.length > 0) await offersChanged(tx, context.now());
    const kind = statusActivity(status);
    const named = offers.filter((offer) => changed.some(({ number }) => number === offer.number));
    const activities = named.map(({ number, type, name }): Activity => ({ kind, offer: { number, type, name } }));
    await recordActivity(tx, context, ...activities);
    return { code: "changed", changed: changed.toSorted((a, b) => a.number - b.number), refused };
  });
}

/** Why an offer cannot be made active; null where it can. */
function refusal({ number, name, offer }: StoredOffer): StatusAnswer["refused"][number] | null {
  if (offer === null) return { number, name, reason: "unusable", errors: {} };
  const { number: _, type, version: __, ...content } = offer;
  const parsed = contentShape(type as OfferTypeName).parse({ ...content, status: "active" });
  if (parsed.ok) return null;
  const errors = Object.fromEntries(parsed.refusals.map(({ path, code }) => [path, code]));
  return { number, name, reason: "incomplete", errors };
}
