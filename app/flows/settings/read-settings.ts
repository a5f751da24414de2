import type { ShopDomain } from "../../domain/ids.ts";
import type { SettingsView } from "../../views/settings-view.ts";
import { isOfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { offerType } from "../../domain/offers/offer-types.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/** What the settings page shows. */
export function readSettings(shop: ShopDomain, context: FlowContext): Promise<SettingsView> {
  return inShop(context.database, shop, async (tx) => {
    const known = await theShop(tx);
    const { shippingRates: _, reset, ...settings } = await readShopSettings(tx);
    return {
      shopCurrency: known.currency,
      timezone: known.timezone,
      ...settings,
      modes: await readModes(tx),
      reset: [...reset],
      publishedAt: known.publishedAt?.toISOString() ?? null,
      publishing: known.publishRequested !== null,
    };
  });
}

/** Which offers follow the shop's mode, and which have one of their own, of those that suggest something by themselves. */
async function readModes(tx: ShopTransaction): Promise<SettingsView["modes"]> {
  const modes: SettingsView["modes"] = { following: [], own: [] };
  for (const { number, type, name, status, content } of await readOffers(tx)) {
    if (status === "archived" || content === null || !isOfferTypeName(type)) continue;
    if (offerType(type).modes.length === 1) continue;
    const { mode } = content;
    if (mode === "shop") modes.following.push({ number, type, name });
    else modes.own.push({ number, type, name, mode });
  }
  return modes;
}
