import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { forgetJobsOfShop } from "../../persistence/database/job-queue.ts";
import { recordRedaction, type RedactionKind } from "../../persistence/customers/redactions.ts";
import { deleteSessions } from "../../persistence/shop/sessions.ts";
import { deleteShop, findShop } from "../../persistence/shop/shops.ts";
import { isTemporary } from "../../shopify/client/errors.ts";
import type { FlowContext } from "../context.ts";
import { hashOfShop } from "../customers/shop-hash.ts";

/**
 * After an uninstall nothing of the shop is left here: Shopify has removed our metafields' access, discount and
 * tokens on its side. Called any number of times, before or after Shopify's own request to forget the shop.
 */
export function uninstallShop(shop: ShopDomain, context: FlowContext): Promise<void> {
  return forgetShop(shop, "uninstall", context);
}

/** Shopify's request to forget a shop, 48 hours after its uninstall. */
export function redactShop(shop: ShopDomain, context: FlowContext): Promise<void> {
  return forgetShop(shop, "shop", context);
}

/**
 * What Shopify's word of the end of a shop leads to. It comes late at times, and may be about an install before the
 * present one: a shop that Shopify has answered for since then, or answers for now, is left as it is.
 *
 * Throws {@link TransportFailed} or {@link Throttled} where Shopify cannot be asked: the word is looked at again later.
 */
export async function endShop(
  shop: ShopDomain,
  kind: "uninstall" | "shop",
  triggeredAt: Date | null,
  context: FlowContext,
): Promise<{ code: "forgotten" | "out-of-date" }> {
  if ((await isConfirmedSince(shop, triggeredAt, context)) || (await isInstalledNow(shop, context))) {
    context.log.info({ shop, kind, triggeredAt }, "shop kept: it has been installed again");
    return { code: "out-of-date" };
  }
  await forgetShop(shop, kind, context);
  return { code: "forgotten" };
}

async function isConfirmedSince(shop: ShopDomain, time: Date | null, { database }: FlowContext): Promise<boolean> {
  const confirmedAt = (await inShop(database, shop, findShop))?.confirmedAt ?? null;
  return time !== null && confirmedAt !== null && confirmedAt > time;
}

/** Whether Shopify still knows our token. A refusal of any other kind says nothing about that, and is no reason to stay. */
async function isInstalledNow(shop: ShopDomain, context: FlowContext): Promise<boolean> {
  try {
    await context.gateway.shopDetails(shop);
    return true;
  } catch (error) {
    if (isTemporary(error)) throw error;
    return false;
  }
}

async function forgetShop(shop: ShopDomain, kind: RedactionKind, context: FlowContext): Promise<void> {
  const deleted = await inShop(context.database, shop, deleteShop);
  const rows = deleted + (await deleteSessions(context.database, shop));
  await forgetJobsOfShop(context.database, shop);
  await context.events.forgetShop(shop);
  const shopHash = hashOfShop(shop, context.hashKey);
  await recordRedaction(context.database, { shopHash, kind, rows, doneAt: context.now() });
  context.log.info({ kind, rows }, "shop forgotten");
}
