import type { ShopDomain } from "../../domain/ids.ts";
import { sortEvents, type EventShop, type SentEvent } from "../../domain/measurement/event-batch.ts";
import type { ShopEvent } from "../../domain/measurement/shop-event.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import type { RefusedEvents } from "../../persistence/events/event-store.ts";
import { readOfferTypes } from "../../persistence/offers/offer-types.ts";
import { findShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { readEventToken, secondsOf, visitorHash } from "./event-token.ts";

/** A shop that is installed, and since when. */
export interface KnownEventShop extends EventShop {
  readonly installedSeconds: number;
}

/** Looks up what decides about a shop's events; null for a shop that is not installed. */
export function findEventShop(shop: ShopDomain, context: FlowContext): Promise<KnownEventShop | null> {
  return inShop(context.database, shop, async (tx) => {
    const known = await findShop(tx);
    if (known === null || known.uninstalledAt !== null) return null;
    return { domain: shop, offers: await readOfferTypes(tx), installedSeconds: secondsOf(known.installedAt) };
  });
}

/** The shop whose token it is, by `find`; null where we gave no such token, or gave it to an earlier install. */
export async function shopOfToken(
  token: string,
  find: (shop: ShopDomain) => Promise<KnownEventShop | null>,
  context: FlowContext,
): Promise<KnownEventShop | null> {
  const claimed = readEventToken(token, context.hashKey);
  const shop = claimed && (await find(claimed.shop));
  return shop !== null && shop.installedSeconds === claimed?.installedSeconds ? shop : null;
}

/** Which of the sent events are to be stored, and how many are refused and why. */
export function judgeEvents(
  sent: readonly SentEvent[],
  shop: EventShop,
  context: FlowContext,
): ReturnType<typeof sortEvents> {
  return sortEvents(sent, shop, {
    now: context.now().getTime(),
    visitorOf: (visitor) => visitorHash(shop.domain, visitor, context.hashKey),
  });
}

/** Stores events by one call; they outlive the process once it resolves. */
export function appendEvents(events: readonly ShopEvent[], context: FlowContext): Promise<void> {
  return context.events.append(events);
}

/** Adds to what is known of refused events. */
export function countRefusedEvents(refused: readonly RefusedEvents[], context: FlowContext): Promise<void> {
  return context.events.countRefused(refused, context.now());
}
